import { bindingProtocol } from "./binding.ts";
import { ion } from "./probes.ts";

export const sodiumAffinityProtocol = bindingProtocol(ion("Na", 1), "sodiumAffinity");
