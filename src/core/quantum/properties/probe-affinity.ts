import { bindingProtocol } from "./binding.ts";

/** Of the candidate's own probe, which its definition says. */
export const probeAffinityProtocol = bindingProtocol(undefined, "probeAffinity");
