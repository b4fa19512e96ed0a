/** What the embedding task is given, from what a conformer's record says of it. */
import type { Database } from "#core/notebook/file/database.ts";
import type { ConformerInput } from "#core/notebook/tables/contents.ts";
import { readPart } from "#core/notebook/tables/records.ts";
import type { EmbedInput } from "../../dispatch/tasks.ts";

/** @param records of the candidate: its own holds the coordinates that it was given */
export function embedInput(
  db: Database,
  records: { candidate: number },
  { smiles, seed, electrons, coordinates, marked }: ConformerInput,
): EmbedInput {
  return {
    smiles,
    seed,
    ...electrons,
    ...(marked !== undefined && { marked }),
    ...(coordinates !== undefined && {
      molblock: readPart(db, records.candidate, "molblock").toString("utf8"),
    }),
  };
}
