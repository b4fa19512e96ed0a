import { hasGateNoise, type Precision } from "#shared/quantum/vqe.ts";
import { type Circuit, packCircuit } from "../circuit/circuit.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import { callNative } from "../native/native.ts";

/** Probabilities of errors of a device. */
export interface NoiseModel {
  /** After a one-qubit gate, a Pauli error; after a two-qubit gate, one of the 15 pairs. */
  readonly depolarizing1: number;
  readonly depolarizing2: number;
  /** Decay of |1⟩ on each qubit of a gate. */
  readonly amplitudeDamping: number;
  /** Reading 1 from |0⟩, and 0 from |1⟩. */
  readonly readout01: number;
  readonly readout10: number;
}

export const NOISELESS: NoiseModel = {
  ...{ depolarizing1: 0, depolarizing2: 0, amplitudeDamping: 0, readout01: 0, readout10: 0 },
};

export interface SamplingOptions extends NativeContext {
  readonly shots: number;
  /** 32-bit seed: same seed, same shots. */
  readonly seed: number;
  readonly noise?: NoiseModel;
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
      ...{ ...packCircuit(circuit), parameters, shots, trajectories, seed, noise },
      ...{ threads, control, singlePrecision: precision === "single" },
    }),
  );
}

/** Keeps the shots with `nelec` electrons of each spin (Jordan–Wigner, α first): errors that change the number show. */
export function postSelect(
  samples: Int32Array,
  norb: number,
  [nalpha, nbeta]: readonly [number, number],
): Int32Array {
  const low = 2 ** norb - 1;
  const count = (mask: number) => {
    let bits = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1) bits++;
    return bits;
  };
  return samples.filter((bits) => count(bits & low) === nalpha && count(bits >>> norb) === nbeta);
}
