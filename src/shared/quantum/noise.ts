/** Errors of a device, and the precision with which its states are simulated. */
import { z } from "zod";
import { DomainError } from "../errors.ts";

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

/**
 * Reads "depolarizing2=1e-3,readout01=0.02"; what is not named is 0.
 *
 * @param what names the field or flag in the refusal
 * @throws DomainError `invalid-input` with the names
 */
export function readNoise(text: string, what: string): NoiseSettings {
  const pairs = text.split(",").map((part) => part.split("=").map((word) => word.trim()));
  const read = Object.fromEntries(
    pairs.map(([name = "", value = ""]) => [name, value === "" ? Number.NaN : Number(value)]),
  );
  const parsed = NoiseSettings.safeParse(read);
  if (parsed.success) return parsed.data;
  const names = Object.keys(NoiseSettings.shape).join(", ");
  throw new DomainError(
    "invalid-input",
    `${what}: expected name=probability with names ${names} and probabilities from 0 to 0.5, got "${text}".`,
  );
}

/** Of the amplitudes of a simulated state. single: half the memory and time, with a bound of its error in the result. */
export const Precision = z.enum(["double", "single"]);
export type Precision = z.infer<typeof Precision>;
