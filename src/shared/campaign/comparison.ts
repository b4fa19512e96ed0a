/** A few candidates in space, laid on the first of them. */
import { z } from "zod";
import { CandidateId } from "../ids.ts";
import { Alignment } from "../molecule/alignment.ts";

/** As many as fit side by side. */
export const MOST_COMPARED = 6;

/** Where a candidate lies; null for one that has no geometry. */
export const ComparedCandidate = z.strictObject({
  id: CandidateId,
  /** V2000 with all hydrogens, Å, as it was embedded but for where it lies. */
  molblock: z.string().nullable(),
  /** null for the reference, which is the first that has a geometry, and for one that has none. */
  alignment: Alignment.nullable(),
});
export type ComparedCandidate = z.infer<typeof ComparedCandidate>;
