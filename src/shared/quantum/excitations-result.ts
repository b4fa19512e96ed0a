/** Excitations of a closed shell by single excitations of its field. JSON-safe throughout. */
import { z } from "zod";
import { Outcome } from "./state-result.ts";

export const SingleExcitation = z.strictObject({
  /** 1 or 3. */
  multiplicity: z.number().int(),
  /** Of its multiplicity, from 1, the lowest first. */
  root: z.number().int().min(1),
  /** Above the ground state, vertical. */
  excitation_hartree: z.number(),
  /** In the dipole length form; null of triplets, which light does not reach without spin–orbit coupling. */
  oscillatorStrength: z.number().nullable(),
  /** Orbitals, from 0, that lose and gain the electron, with the share of this excitation, the largest first; down to a tenth. */
  leading: z.array(z.strictObject({ from: z.number().int(), to: z.number().int(), share: z.number() })),
});
export type SingleExcitation = z.infer<typeof SingleExcitation>;

export const ExcitationsResult = z.strictObject({
  /** Configuration interaction with singles on Hartree–Fock, or the Tamm–Dancoff approximation of a functional. */
  method: z.enum(["cis", "tda"]),
  outcome: Outcome,
  states: z.array(SingleExcitation),
  wallTime_ms: z.number(),
});
export type ExcitationsResult = z.infer<typeof ExcitationsResult>;
