import { bindingProtocol } from "./binding.ts";
import { WATER } from "./probes.ts";

export const waterAffinityProtocol = bindingProtocol(WATER, "waterAffinity");
