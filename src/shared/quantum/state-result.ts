/** What diagonalisation and VQE find in an active space, and how a calculation ended. Energies in Hartree. */
import { z } from "zod";
import { BackendName } from "./backend-names.ts";
import { Ansatz } from "./vqe.ts";

/** How a calculation ended; an expected scientific failure is a value. */
export const Outcome = z.enum(["converged", "not-converged"]);
export type Outcome = z.infer<typeof Outcome>;

/** The energy of a calculation that reached its goal; null of one that did not. */
export const reached = (part: { outcome: Outcome; energy_hartree: number } | null): number | null =>
  part?.outcome === "converged" ? part.energy_hartree : null;

/** A state above the lowest. */
export const ExcitedState = z.strictObject({
  energy_hartree: z.number(),
  spinSquare: z.number(),
  outcome: Outcome,
});
export type ExcitedState = z.infer<typeof ExcitedState>;

/** A number that is absent from records of before it was kept, or where it does not apply. */
const laterNumber = z.number().nullable().default(null);

export const SqdResult = z.strictObject({
  outcome: Outcome,
  energy_hartree: z.number(),
  /** Spanned by the strings that were kept. */
  determinants: z.number().int(),
  shots: z.number().int(),
  /** Shots with the right number of electrons of each spin; the others were repaired. */
  validShots: z.number().int(),
});
export type SqdResult = z.infer<typeof SqdResult>;

/** A job of a device, as its vendor names it. */
export const JobReceipt = z.strictObject({
  id: z.string(),
  /** Of the device when the job ran; null where it has none. */
  calibrationId: z.string().nullable(),
  /** Why the local simulator made its shots and not the device that was asked for; absent where the device did. */
  fallback: z.string().exactOptional(),
  /** Shots that were asked for and failed there, so that the error is larger; absent: none. */
  lostShots: z.number().int().min(1).exactOptional(),
});
export type JobReceipt = z.infer<typeof JobReceipt>;

/** One VQE minimisation. */
export const VqeResult = z.strictObject({
  outcome: Outcome,
  /** The lowest energy seen; with shots, the energy measured at the parameters of the lowest. */
  energy_hartree: z.number(),
  /** Largest absolute component of the gradient at that energy. */
  gradientNorm: z.number(),
  iterations: z.number().int(),
  /** Energies with gradient that were computed. */
  evaluations: z.number().int(),
  nParameters: z.number().int(),
  /** Occupied active orbitals of the determinant it started from, counted from 0 in the active space. */
  reference: z.strictObject({ alpha: z.array(z.number().int()), beta: z.array(z.number().int()) }),
  /** ⟨S²⟩ of the state: the ansatz keeps the number of α and of β electrons, not the spin. null in earlier records. */
  spinSquare: z.number().nullable().default(null),
  /** Largest absolute parameter: far from small where one determinant is a poor start. */
  largestAmplitude_radian: z.number(),
  qubits: z.number().int(),
  /** Qubits left when the Hamiltonian's Z₂ symmetries are tapered off. */
  qubitsTapered: z.number().int(),
  /** CNOT and CZ gates of the ansatz as a circuit. */
  twoQubitGates: z.number().int(),
  /** Gates of the circuit, and its depth. */
  gates: laterNumber,
  depth: laterNumber,
  ansatz: Ansatz.default("uccsd"),
  backend: BackendName.default("exact"),
  /** Seed of random starts and shots; null where nothing was random. */
  seed: laterNumber,
  /** null without shots, as the two below. */
  shots: laterNumber,
  /** Standard error of energy_hartree by the spread of its shots: it does not hold what noise adds. */
  statedError_hartree: laterNumber,
  /** Upper bound of ‖ψ − ψ_exact‖ by single precision, of the circuit that errs most; null in double precision and with gate errors. */
  stateErrorBound: laterNumber,
  /** Energy at the same parameters without shots and noise. */
  noiseless_hartree: laterNumber,
  /** ⟨N⟩ of the active electrons where the ansatz does not keep their number. */
  electronNumber: laterNumber,
  /** Sample-based diagonalisation of shots of the same circuit, where asked for: variational whatever the noise. */
  sqd: SqdResult.nullable().default(null),
  /** States above, by deflation, where asked for. */
  excited: z.array(ExcitedState).default([]),
  /** Energy after each iteration, the first entry at the starting parameters. */
  trace_hartree: z.array(z.number()),
  wallTime_ms: z.number(),
  /** In the order in which they were sent; absent where no vendor keeps jobs. */
  jobs: z.array(JobReceipt).exactOptional(),
});
export type VqeResult = z.infer<typeof VqeResult>;

export const CasciResult = z.strictObject({
  outcome: Outcome,
  energy_hartree: z.number(),
  determinants: z.number().int(),
  /**
   * The lowest state of the same numbers of α and β electrons whatever its spin, where VQE went below energy_hartree:
   * what bounds VQE, which keeps those numbers and not the spin. Otherwise null.
   */
  lowestOfAnySpin: z
    .strictObject({ energy_hartree: z.number(), spinSquare: z.number() })
    .nullable()
    .default(null),
  /** ⟨S²⟩ */
  spinSquare: laterNumber,
  /** Of the largest determinant in the lowest state, 0 to 1; absent from earlier records. */
  leadingWeight: z.number().exactOptional(),
  /** States above, where asked for. */
  excited: z.array(ExcitedState).default([]),
  wallTime_ms: z.number(),
});
export type CasciResult = z.infer<typeof CasciResult>;

/** Whether each calculation that was asked for converged, with its states above. */
export const allConverged = (
  parts: readonly ({ outcome: Outcome; excited?: readonly ExcitedState[] } | null | undefined)[],
): boolean =>
  parts.every(
    (part) => !part || [part, ...(part.excited ?? [])].every(({ outcome }) => outcome === "converged"),
  );

/** The exact energy that VQE cannot go below. */
export const vqeBound = ({ energy_hartree, lowestOfAnySpin }: CasciResult): number =>
  lowestOfAnySpin?.energy_hartree ?? energy_hartree;

/** Exact diagonalisation bounds only states of the same numbers of electrons that were not measured with shots. */
export const noiselessEnergy = ({ noiseless_hartree, energy_hartree }: VqeResult): number =>
  noiseless_hartree ?? energy_hartree;
