import type { VqeSettings } from "#shared/quantum/vqe.ts";
import type { Backend } from "./backend.ts";
import { exactBackend } from "./exact.ts";
import { samplerBackend } from "./sampler.ts";
import { statevectorBackend } from "./statevector.ts";

/** The backend that the settings name, with its shots, noise and seed. */
export function backendOf({ backend, sampling, seed }: VqeSettings): Backend {
  if (backend === "exact") return exactBackend;
  if (backend === "statevector") return statevectorBackend;
  const { shots, statedError_hartree, noise, mitigation, precision } = sampling;
  return samplerBackend({
    ...{ standardError: statedError_hartree, seed, noise, precision },
    ...(shots !== null && { shots }),
    mitigateReadout: mitigation.includes("readout"),
    extrapolateNoise: mitigation.includes("zero-noise"),
  });
}
