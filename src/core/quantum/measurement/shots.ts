import { hasGateNoise, NOISELESS, type NoiseSettings, type Precision } from "#shared/quantum/noise.ts";
import { type Circuit, packCircuit } from "../circuit/circuit.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import { callNative } from "../native/native.ts";

export interface SamplingOptions extends NativeContext {
  readonly shots: number;
  /** 32-bit seed: same seed, same shots. */
  readonly seed: number;
  readonly noise?: NoiseSettings;
  /** Of the amplitudes; default double. singlePrecisionBound says what single loses. */
  readonly precision?: Precision | undefined;
  /** Independent error histories over which shots are spread; default 1 without gate errors, else up to 100. */
  readonly trajectories?: number;
}

/** Bit strings measured in the computational basis, bit q for qubit q. Cost: gates · 2^qubits a trajectory. */
export function sampleCircuit(
  circuit: Circuit,
  parameters: Float64Array,
  options: SamplingOptions,
): Int32Array {
  const { shots, seed, noise = NOISELESS, threads = 1, control, precision } = options;
  const trajectories = options.trajectories ?? (hasGateNoise(noise) ? Math.min(shots, 100) : 1);
  return callNative((addon) =>
    addon.sampleCircuit({
      ...packCircuit(circuit),
      parameters,
      shots,
      trajectories,
      seed,
      noise,
      threads,
      control,
      singlePrecision: precision === "single",
    }),
  );
}
