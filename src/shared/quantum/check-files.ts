/** What others need to check an energy with programs of their own, as text. */
import { z } from "zod";

export const CheckFiles = z.strictObject({
  /** FCIDUMP of the Hamiltonian that was correlated; absent where there is none. */
  fcidump: z.string().exactOptional(),
  /** The lowest state of selected CI: core/quantum/files/wavefunction.ts. */
  wavefunction: z.string().exactOptional(),
  /** A script for PySCF that computes the energy anew, or, where it cannot be told the method, that of the field. */
  pyscf: z.strictObject({ of: z.enum(["energy", "field"]), text: z.string() }).exactOptional(),
});
export type CheckFiles = z.infer<typeof CheckFiles>;
