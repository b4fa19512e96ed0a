import type { Precision } from "#shared/quantum/vqe.ts";
import type { Circuit } from "../circuit/circuit.ts";
import { estimateEnergy } from "../measurement/estimate.ts";
import type { NoiseModel } from "../measurement/shots.ts";
import { extrapolateToZeroNoise } from "../measurement/zero-noise.ts";
import type { Backend } from "./backend.ts";
import { exactBackend } from "./exact.ts";
import { onQubits } from "./statevector.ts";

interface SamplerSettings {
  /** Standard error of the energy asked for, Hartree; shots are chosen to reach it. */
  readonly standardError: number;
  /** Shots to spend instead, in all. */
  readonly shots?: number;
  /** 32-bit seed: same seed, same shots. */
  readonly seed: number;
  readonly noise?: NoiseModel;
  readonly precision?: Precision | undefined;
  readonly mitigateReadout?: boolean;
  /** Extrapolates to no gate errors from the circuit and from three times its gates. */
  readonly extrapolateNoise?: boolean;
}

/** Circuits of 1 and 3 times the gates: more points lose more to shots than they gain. */
const EXTRAPOLATION_POINTS = 2;

/**
 * A device with shots and, where given, noise: parameters are found by exact simulation, the energy at them is measured.
 *
 * The energy is an estimate: it may lie below exact diagonalisation by its standard error, and noise biases it.
 */
export const samplerBackend = (settings: SamplerSettings): Backend => ({
  name: "sampler",
  async minimise(problem, options) {
    const run = await exactBackend.minimise(problem, options);
    const measurement = await this.measure!(problem, run.parameters, options);
    return { ...run, energy_hartree: measurement.energy_hartree, measurement };
  },
  measure(problem, parameters, context) {
    const { operator, circuit } = onQubits(problem);
    const { shots, extrapolateNoise = false } = settings;
    const points = extrapolateNoise ? EXTRAPOLATION_POINTS : 1;
    const share = shots === undefined ? {} : { shots: Math.floor(shots / points) };
    const estimate = (one: Circuit) =>
      estimateEnergy(operator, one, parameters, { ...context, ...settings, ...share });
    return extrapolateNoise ? extrapolateToZeroNoise(circuit, points, estimate) : estimate(circuit);
  },
});
