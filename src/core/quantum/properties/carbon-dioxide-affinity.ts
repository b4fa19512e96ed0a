import { bindingProtocol } from "./binding.ts";
import { CARBON_DIOXIDE } from "./probes.ts";

export const carbonDioxideAffinityProtocol = bindingProtocol(CARBON_DIOXIDE, "carbonDioxideAffinity");
