/** What a conformer's record says of how it is made, and what the embedding task is given for it. */
import type { Database } from "#core/notebook/file/database.ts";
import type { ConformerInput } from "#core/notebook/tables/contents.ts";
import { readPart } from "#core/notebook/tables/records.ts";
import type { Species } from "#shared/campaign/molecule-key.ts";
import type { MoleculeIdentity } from "#shared/molecule/molecule.ts";
import type { EmbedInput } from "../../dispatch/tasks.ts";

/** @param proposed the SMILES as it was proposed @param isMarked whether its atom maps are to mark a bond: it is refused where they mark none */
export const conformerInput = (
  { canonicalSmiles }: Pick<MoleculeIdentity, "canonicalSmiles">,
  { electrons, coordinates }: Species,
  { proposed, seed, isMarked }: { proposed: string; seed: number; isMarked: boolean },
): ConformerInput => ({
  smiles: canonicalSmiles,
  seed,
  ...(electrons && { electrons }),
  ...(coordinates !== undefined && { coordinates }),
  ...(isMarked && { marked: proposed }),
});

/** The molblock that a candidate was given: a part of its own record. */
export const givenMolblock = (db: Database, { candidate }: { candidate: number }): string =>
  readPart(db, candidate, "molblock").toString("utf8");

/** @param molblock that was given; asked for where its coordinates are taken */
export function embedInput(
  { smiles, seed, electrons, coordinates, marked }: ConformerInput,
  molblock: () => string,
): EmbedInput {
  return {
    smiles,
    seed,
    ...electrons,
    ...(marked !== undefined && { marked }),
    ...(coordinates !== undefined && { molblock: molblock() }),
  };
}
