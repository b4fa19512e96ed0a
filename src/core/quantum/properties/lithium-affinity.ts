import { bindingProtocol } from "./binding.ts";
import { ion } from "./probes.ts";

export const lithiumAffinityProtocol = bindingProtocol(ion("Li", 1), "lithiumAffinity");
