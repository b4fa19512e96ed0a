import { bindingProtocol } from "./binding.ts";
import { ion } from "./probes.ts";

export const magnesiumAffinityProtocol = bindingProtocol(ion("Mg", 2), "magnesiumAffinity");
