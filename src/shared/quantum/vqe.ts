/** How a VQE is run: the ansatz, what runs it, shots and noise, and the seed of all that is random. */
import { z } from "zod";

export const Ansatz = z.enum([
  "uccsd",
  "puccd",
  "k-upccgsd",
  "adapt",
  "qubit-adapt",
  "lucj",
  "hardware-efficient",
]);
export type Ansatz = z.infer<typeof Ansatz>;

/** exact: no shots, no noise. statevector: the same gate by gate. sampler: shots of a device, with noise where given. */
export const BackendName = z.enum(["exact", "statevector", "sampler"]);
export type BackendName = z.infer<typeof BackendName>;

const probability = z.number().min(0).max(0.5).default(0);

/** Probabilities of a device's errors: after a gate on one and on two qubits, decay of |1⟩ a gate, and in reading. */
export const NoiseSettings = z.strictObject({
  depolarizing1: probability,
  depolarizing2: probability,
  amplitudeDamping: probability,
  /** Reading 1 from |0⟩. */
  readout01: probability,
  /** Reading 0 from |1⟩. */
  readout10: probability,
});
export type NoiseSettings = z.infer<typeof NoiseSettings>;

/** readout: takes known reading errors out of each shot. zero-noise: extrapolates from 1 and 3 times the gates. */
export const Mitigation = z.enum(["readout", "zero-noise"]);
export type Mitigation = z.infer<typeof Mitigation>;

export const MAX_SHOTS = 100_000_000;

/** Of the amplitudes of a simulated state. single: half the memory and time, with a bound of its error in the result. */
export const Precision = z.enum(["double", "single"]);
export type Precision = z.infer<typeof Precision>;

/** How the sampler measures. */
export const SamplingSettings = z.strictObject({
  /** Shots in all; null: as many as statedError_hartree needs. */
  shots: z.number().int().min(1000).max(MAX_SHOTS).nullable().default(null),
  /** Standard error of the energy asked for. */
  statedError_hartree: z.number().min(1e-5).max(1).default(1e-3),
  noise: NoiseSettings.prefault({}),
  mitigation: z.array(Mitigation).default([]),
  /**
   * Strings of each spin that sample-based diagonalisation keeps of as many shots as `shots`, or 10,000; null: none is done.
   */
  sqdStrings: z.number().int().min(1).max(10_000).nullable().default(null),
  /** Absent: double. Shots hide what single precision loses. */
  precision: Precision.exactOptional(),
});
export type SamplingSettings = z.infer<typeof SamplingSettings>;

export const VqeSettings = z.strictObject({
  ansatz: Ansatz.default("uccsd"),
  /** Repetitions of k-UpCCGSD, LUCJ and the hardware-efficient circuit. */
  layers: z.number().int().min(1).max(20).default(2),
  /** Random starts of the ansätze with many minima (those with layers) and of excited states; the lowest counts. */
  starts: z.number().int().min(1).max(1000).default(4),
  backend: BackendName.default("exact"),
  sampling: SamplingSettings.prefault({}),
  /** 32-bit seed of random starts and of shots. */
  seed: z.number().int().min(0).max(0xffffffff).default(1),
});
export type VqeSettings = z.infer<typeof VqeSettings>;

export const DEFAULT_VQE: VqeSettings = VqeSettings.parse({});

/** Ansätze that repeat a layer and start from random parameters. */
export const isLayered = (ansatz: Ansatz): boolean =>
  ansatz === "k-upccgsd" || ansatz === "lucj" || ansatz === "hardware-efficient";

const WRITTEN: Readonly<Record<Ansatz, string>> = {
  uccsd: "UCCSD",
  puccd: "pUCCD",
  "k-upccgsd": "k-UpCCGSD",
  adapt: "ADAPT",
  "qubit-adapt": "qubit-ADAPT",
  lucj: "LUCJ",
  "hardware-efficient": "hardware-efficient",
};

/** The name as the literature writes it. */
export const ansatzTitle = (ansatz: Ansatz): string => WRITTEN[ansatz];

/** Why pUCCD gives no ionisation energy. */
export const PAIRS_AND_CATIONS =
  "pUCCD moves electron pairs only and a cation has an unpaired electron: expected uccsd, k-upccgsd, adapt, qubit-adapt, lucj or hardware-efficient.";

export const hasGateNoise = ({
  depolarizing1,
  depolarizing2,
  amplitudeDamping,
}: Readonly<NoiseSettings>): boolean => depolarizing1 + depolarizing2 + amplitudeDamping > 0;
const hasReadoutNoise = ({ readout01, readout10 }: NoiseSettings): boolean => readout01 + readout10 > 0;

interface VqeProblemFound {
  /** The setting at fault, as a path from VqeSettings. */
  path: "sampling.noise" | "sampling.mitigation" | "backend" | "ansatz";
  message: string;
}

/** What does not go together in VQE settings that are each within their range; undefined where all does. */
export function findVqeProblem({
  backend,
  sampling,
}: Pick<VqeSettings, "backend" | "sampling">): VqeProblemFound | undefined {
  const { noise, mitigation } = sampling;
  const isNoisy = hasGateNoise(noise) || hasReadoutNoise(noise);
  if (backend !== "sampler" && sampling.sqdStrings !== null)
    return {
      path: "backend",
      message: `Sample-based diagonalisation belongs to the sampler: expected the backend sampler, got ${backend}.`,
    };
  if (backend !== "sampler" && sampling.precision === "single")
    return {
      path: "backend",
      message: `Single precision is for shots, which hide its error: expected the backend sampler, got ${backend}.`,
    };
  if (backend !== "sampler" && (isNoisy || mitigation.length > 0))
    return {
      path: "backend",
      message: `Noise and mitigation belong to the sampler: expected the backend sampler, got ${backend}.`,
    };
  if (mitigation.includes("readout") && !hasReadoutNoise(noise))
    return {
      path: "sampling.mitigation",
      message:
        "Readout mitigation needs a readout error to take out: expected readout01 or readout10 above 0.",
    };
  if (mitigation.includes("zero-noise") && !hasGateNoise(noise))
    return {
      path: "sampling.mitigation",
      message:
        "Zero-noise extrapolation needs gate errors to extrapolate: expected depolarizing1, depolarizing2 or amplitudeDamping above 0.",
    };
  return undefined;
}
