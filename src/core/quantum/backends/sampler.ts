import { estimateEnergy } from "../measurement/estimate.ts";
import type { NoiseModel } from "../measurement/sampler.ts";
import { minimiseVqe } from "../vqe.ts";
import type { Backend } from "./backend.ts";
import { onQubits } from "./statevector.ts";

export interface SamplerSettings {
  /** Standard error of the energy asked for, Hartree. */
  readonly standardError: number;
  readonly seed: number;
  readonly noise?: NoiseModel;
  readonly mitigateReadout?: boolean;
}

/**
 * A device with shots and, where given, noise: parameters are found by exact simulation, the energy at them is measured.
 *
 * The energy is an estimate: it may lie below exact diagonalisation by its standard error, and noise biases it.
 */
export const samplerBackend = (settings: SamplerSettings): Backend => ({
  name: settings.noise ? "sampler with noise" : "sampler",
  minimise(problem, options) {
    const run = minimiseVqe(problem.hamiltonian, problem.ansatz, options);
    const { operator, circuit } = onQubits(problem);
    const estimate = estimateEnergy(operator, circuit, run.parameters, { ...options, ...settings });
    const { energy_hartree, standardError_hartree, shots } = estimate;
    return { ...run, energy_hartree, measurement: { standardError_hartree, shots } };
  },
});
