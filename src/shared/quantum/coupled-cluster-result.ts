/** What coupled cluster finds. Energies in Hartree. */
import { z } from "zod";
import { Outcome } from "./state-result.ts";

export const CoupledClusterResult = z.strictObject({
  /** Of the amplitudes of single and double excitations. */
  outcome: Outcome,
  /** Reference and correlation; of amplitudes that did not converge the last of their iterations, without triples. */
  energy_hartree: z.number(),
  /** All of it, triples included. */
  correlation_hartree: z.number(),
  /** What (T) adds to CCSD; null where it was not asked for, or CCSD did not converge. */
  triples_hartree: z.number().nullable(),
  /** Of the singles, doi:10.1002/qua.560360824. */
  t1Diagnostic: z.number(),
  /** Of the singles, doi:10.1016/S0009-2614(98)00504-1. */
  d1Diagnostic: z.number(),
  /** Of the doubles, of any pair of spins. */
  largestAmplitude: z.number(),
  iterations: z.number().int(),
  /** Correlation energies of the iterations, that of MP2 first. */
  trace_hartree: z.array(z.number()),
  nFrozenCore: z.number().int(),
  wallTime_ms: z.number(),
});
export type CoupledClusterResult = z.infer<typeof CoupledClusterResult>;

/** Above it one determinant is a poor start, by the rule that is in use: of closed shells, and of open ones. */
export const T1_THRESHOLDS = { closed: 0.02, open: 0.044 } as const;
/** The same of D1. */
export const D1_THRESHOLD = 0.05;
