/** How a molecule was laid on another one. */
import { z } from "zod";

/** By which atoms: alike in element and bonds, alike in bonds alone, or none, centre on centre. */
export const Alignment = z.strictObject({
  by: z.enum(["elements", "skeleton", "centres"]),
  /** Atoms of the reference and of the molecule, from 0, pair by pair. */
  pairs: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()])),
  /** Root of the mean square distance of the pairs; null where there are none. */
  rmsd_angstrom: z.number().nonnegative().nullable(),
});
export type Alignment = z.infer<typeof Alignment>;
