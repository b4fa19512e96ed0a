import { bindingProtocol } from "./binding.ts";
import { ion } from "./probes.ts";

export const zincAffinityProtocol = bindingProtocol(ion("Zn", 2), "zincAffinity");
