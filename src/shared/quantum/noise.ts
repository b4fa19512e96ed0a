/** Errors of a device, and the precision with which its states are simulated. */
import { z } from "zod";

const probability = z.number().min(0).max(0.5).default(0);

/** Probabilities of a device's errors: after a gate on one and on two qubits, decay of |1⟩ a gate, and in reading. */
export const NoiseSettings = z.strictObject({
  /** A Pauli error after a gate on one qubit. */
  depolarizing1: probability,
  /** One of the 15 pairs of Pauli errors after a gate on two qubits. */
  depolarizing2: probability,
  /** Decay of |1⟩ on each qubit of a gate. */
  amplitudeDamping: probability,
  /** Reading 1 from |0⟩. */
  readout01: probability,
  /** Reading 0 from |1⟩. */
  readout10: probability,
});
export type NoiseSettings = z.infer<typeof NoiseSettings>;

export const NOISELESS: Readonly<NoiseSettings> = NoiseSettings.parse({});

export const hasGateNoise = (noise: Readonly<NoiseSettings>): boolean =>
  noise.depolarizing1 + noise.depolarizing2 + noise.amplitudeDamping > 0;

export const hasReadoutNoise = ({ readout01, readout10 }: Readonly<NoiseSettings>): boolean =>
  readout01 + readout10 > 0;

/** Of the amplitudes of a simulated state. single: half the memory and time, with a bound of its error in the result. */
export const Precision = z.enum(["double", "single"]);
export type Precision = z.infer<typeof Precision>;
