/** How a VQE is run: the ansatz, what runs it, shots and noise, and the seed of all that is random. */
import { z } from "zod";
import {
  anyOf,
  BackendName,
  backendsWith,
  ESTIMATORS,
  isRemote,
  OWN_SETTINGS,
  REMOTE_BACKENDS,
  simulatorOf,
  takesSetting,
} from "./backend-names.ts";
import { hasGateNoise, hasReadoutNoise } from "./noise.ts";

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

/** readout: takes known reading errors out of each shot. zero-noise: extrapolates from 1 and 3 times the gates. */
export const Mitigation = z.enum(["readout", "zero-noise"]);
export type Mitigation = z.infer<typeof Mitigation>;

export const MAX_SHOTS = 100_000_000;

// A notebook's rows are compared as text: noise stays in its place, later settings come at the end.
const { noise, ...otherSettings } = OWN_SETTINGS;

/** How an estimator measures, with the settings of each backend. */
export const SamplingSettings = z.strictObject({
  /** Shots in all; null: as many as statedError_hartree needs. */
  shots: z.number().int().min(1000).max(MAX_SHOTS).nullable().default(null),
  /** Standard error of the energy asked for. */
  statedError_hartree: z.number().min(1e-5).max(1).default(1e-3),
  noise,
  mitigation: z.array(Mitigation).default([]),
  /**
   * Strings of each spin that sample-based diagonalisation keeps of as many shots as `shots`, or 10,000; null: none is done.
   */
  sqdStrings: z.number().int().min(1).max(10_000).nullable().default(null),
  ...otherSettings,
  /** Measures these strings alone, by one circuit; an energy takes one for each setting. VQE then has its exact energy. */
  sqdOnly: z.literal(true).exactOptional(),
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

/** Why pUCCD gives no energy of a cation. */
export const PAIRS_AND_CATIONS =
  "pUCCD moves electron pairs only and a cation has an unpaired electron: expected uccsd, k-upccgsd, adapt, qubit-adapt, lucj or hardware-efficient.";

interface VqeProblemFound {
  /** The setting at fault, as a path from VqeSettings. */
  path: "sampling.noise" | "sampling.mitigation" | "sampling.sqdOnly" | "backend" | "ansatz";
  message: string;
}

/** What only some backends do. */
interface Demand {
  readonly isAsked: boolean;
  readonly backends: readonly BackendName[];
  /** Begins the sentence of the refusal, up to the names. */
  readonly says: string;
}

function demands({ noise, mitigation, sqdStrings, precision, qpu, deadline_s }: SamplingSettings): Demand[] {
  const isNoisy = hasGateNoise(noise) || hasReadoutNoise(noise);
  const noisy = backendsWith("noise");
  const precise = backendsWith("precision");
  return [
    {
      isAsked: sqdStrings !== null,
      backends: ESTIMATORS,
      says: `Sample-based diagonalisation belongs to the ${anyOf(ESTIMATORS)}`,
    },
    {
      isAsked: precision === "single",
      backends: precise,
      says: "Single precision is for shots, which hide its error",
    },
    {
      isAsked: qpu !== undefined || deadline_s !== undefined,
      backends: REMOTE_BACKENDS,
      says: "A device and a deadline belong to providers",
    },
    { isAsked: isNoisy, backends: noisy, says: `Noise and mitigation belong to the ${anyOf(noisy)}` },
    {
      isAsked: mitigation.length > 0,
      backends: ESTIMATORS,
      says: `Noise and mitigation belong to the ${anyOf(ESTIMATORS)}`,
    },
  ];
}

/** What does not go together in VQE settings that are each within their range; undefined where all does. */
export function findVqeProblem({
  backend,
  sampling,
}: Pick<VqeSettings, "backend" | "sampling">): VqeProblemFound | undefined {
  const unmet = demands(sampling).find(({ isAsked, backends }) => isAsked && !backends.includes(backend));
  if (unmet)
    return {
      path: "backend",
      message: `${unmet.says}: expected the backend ${anyOf(unmet.backends)}, got ${backend}.`,
    };
  if (sampling.sqdOnly && sampling.sqdStrings === null)
    return {
      path: "sampling.sqdOnly",
      message:
        "Only strings are to be measured, and it is not said how many are kept: expected sqdStrings (--sqd), got none.",
    };
  const { noise, mitigation, qpu } = sampling;
  if (isRemote(backend) && qpu === undefined && simulatorOf(backend) === undefined)
    return {
      path: "backend",
      message: `${backend} has no simulator of its own: expected the name of a device (--qpu), got none.`,
    };
  // Every provider's circuits are compiled for the device: what is undone and done again would be left out.
  if (isRemote(backend) && mitigation.includes("zero-noise"))
    return {
      path: "sampling.mitigation",
      message: `Zero-noise extrapolation needs gates that are done as they are written, and circuits for ${backend} are compiled once more: expected readout mitigation or none.`,
    };
  // A device has errors of its own.
  if (!takesSetting(backend, "noise")) return undefined;
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
