/** What selected configuration interaction finds. Energies in Hartree, JSON-safe throughout. */
import { z } from "zod";
import { Outcome } from "./state-result.ts";

/** Of a determinant space that grows: what of it is stored, and where it ends. */
export const SciSettings = z.strictObject({
  /** Determinants of the largest space; whole configurations are taken, so that it may end a few above. */
  determinants: z.number().int().min(1).max(1e9).optional(),
  /** What the calculation may hold, GiB. */
  memory_gib: z.number().min(0.01).max(4096).optional(),
});
export type SciSettings = z.infer<typeof SciSettings>;

export const SciState = z.strictObject({
  /** 2S + 1 */
  multiplicity: z.number().int(),
  /** From 1, the lowest of its multiplicity. */
  root: z.number().int(),
  /** ⟨H⟩ in the selected space: an upper bound. */
  energy_hartree: z.number(),
  /** What all determinants outside add, to second order. */
  pt2_hartree: z.number(),
  /** To all determinants; null where the spaces were too few to tell. */
  extrapolated_hartree: z.number().nullable(),
  extrapolatedError_hartree: z.number().nullable(),
  /** ⟨S²⟩ */
  spinSquare: z.number(),
  /** Both spins together, falling, 0 … 2. */
  naturalOccupations: z.array(z.number()),
});
export type SciState = z.infer<typeof SciState>;

/** Why the space did not grow further; `complete`: nothing outside interacts with it. */
export const SelectionEnd = z.enum(["complete", "determinants", "memory"]);
export type SelectionEnd = z.infer<typeof SelectionEnd>;

export const SciResult = z.strictObject({
  outcome: Outcome,
  end: SelectionEnd,
  /** Of the largest space, where there is one for each spin. */
  determinants: z.number().int(),
  states: z.array(SciState).min(1),
  /** Sizes of the space on the way, of the spin of the lowest state and of the lowest root there. */
  rounds: z.array(
    z.strictObject({ determinants: z.number().int(), energy_hartree: z.number(), pt2_hartree: z.number() }),
  ),
  /** The most that was held at once, by estimate. */
  memory_bytes: z.number(),
  wallTime_ms: z.number(),
});
export type SciResult = z.infer<typeof SciResult>;

/** Energy with what perturbation theory adds, Hartree: not an upper bound. */
export const sciTotal = ({ energy_hartree, pt2_hartree }: SciState): number => energy_hartree + pt2_hartree;

/** The lowest state by that energy. */
export const lowestSciState = ({ states }: Pick<SciResult, "states">): SciState =>
  states.reduce((lowest, state) => (sciTotal(state) < sciTotal(lowest) ? state : lowest));
