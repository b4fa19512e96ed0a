/** A geometry of a SMILES, outside any campaign. */
import { z } from "zod";
import { Geometry } from "./molecule.ts";

export const EmbedRequest = z.strictObject({
  smiles: z.string().max(100_000),
  seed: z.number().int().min(0).max(0xffffffff).default(1),
  /** 2S+1 of a relaxation by Hartree–Fock; of the SMILES where it is left out. */
  multiplicity: z.exactOptional(z.number().int().min(1)),
  /** Of which that multiplicity is; of the SMILES where it is left out, whose own charge is relaxed in any case. */
  charge: z.exactOptional(z.number().int()),
});
export type EmbedRequest = z.infer<typeof EmbedRequest>;

export const EmbeddedMolecule = z.strictObject({
  geometry: Geometry,
  formalCharge: z.number().int(),
  unpairedElectrons: z.number().int(),
  /** How the geometry was made. */
  origin: z.string(),
  /** What a person should know of its stereo. */
  notes: z.array(z.string()),
});
export type EmbeddedMolecule = z.infer<typeof EmbeddedMolecule>;
