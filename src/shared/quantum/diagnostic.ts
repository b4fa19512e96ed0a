/** Whether one determinant is a fair start for a molecule. JSON-safe throughout. */
import { z } from "zod";

/**
 * single-reference: one determinant will do; active-space: the orbitals named want one; beyond-this-machine: they do, and are more than
 * exact diagonalisation holds here; unknown: what decides did not converge.
 */
export const DiagnosticRoute = z.enum(["single-reference", "active-space", "beyond-this-machine", "unknown"]);
export type DiagnosticRoute = z.infer<typeof DiagnosticRoute>;

/** As people read them. */
export const ROUTE_TITLES: Readonly<Record<DiagnosticRoute, string>> = {
  "single-reference": "single reference suffices",
  "active-space": "active space needed",
  "beyond-this-machine": "beyond this machine",
  unknown: "not known whether a single reference suffices",
};

/** Of the lowest state of the molecule's multiplicity. */
export const Diagnostic = z.strictObject({
  route: DiagnosticRoute,
  reason: z.string(),
  /** Of the natural orbitals of UHF that hold neither 2 nor 0 electrons, falling, both spins together; those between the thresholds. */
  naturalOccupations: z.array(z.number()),
  /** Electrons in the emptiest of the occupied pairs' orbitals less than 2; the rule decides by it. 0 where UHF breaks no spin. */
  largestDeviation: z.number(),
  /** The active space of these orbitals, unpaired electrons included; null where there are none. */
  activeSpace: z.strictObject({ nelec: z.number().int(), norb: z.number().int() }).nullable(),
  /** ⟨S²⟩ of UHF less S(S+1). */
  spinContamination: z.number(),
  /** How far UHF lies below the restricted field; null where that was not computed. */
  belowRestricted_hartree: z.number().nullable(),
  /** Lowest empty less highest occupied orbital, of either spin, of UHF. */
  gap_hartree: z.number().nullable(),
  /** Of MP2 where it was computed. */
  largestAmplitude: z.number().nullable(),
  thresholds: z.strictObject({
    /** Deviations beyond this ask for an active space. */
    deviation: z.number(),
    /** Orbitals that hold more, and less than 2 less this, belong into it. */
    occupation: z.number(),
  }),
});
export type Diagnostic = z.infer<typeof Diagnostic>;
