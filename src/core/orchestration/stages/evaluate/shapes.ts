/** The shapes of a candidate over which its numbers are averaged. */
import type { Database } from "#core/notebook/file/database.ts";
import { ConformerContent } from "#core/notebook/tables/contents.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import type { Conformation } from "#core/quantum/properties/conformers.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import type { Dispatcher } from "../../dispatch/dispatcher.ts";
import { readConformer } from "../embed/records.ts";
import { structuresOf } from "./structures.ts";

interface Asked {
  readonly db: Database;
  /** The candidate's own conformer. */
  readonly record: number;
  /** At most; absent: its own alone. */
  readonly conformers?: number | undefined;
}

/**
 * The lowest shapes by MMFF94, of the isomer and by the seed of the candidate's own; its own alone where it was given, or MMFF94 could not
 * relax it.
 */
export async function shapesOfCandidate(
  candidate: Candidate,
  { db, record, conformers: count = 1 }: Asked,
  { dispatcher, signal }: { readonly dispatcher: Dispatcher; readonly signal?: AbortSignal | undefined },
): Promise<Conformation[]> {
  const own: Conformation = { candidate, images: 1 };
  const { seed, isomer, forceFieldEnergy_kcal_per_mol: energy } = readConformer(db, record);
  if (count < 2 || energy === null) return [own];
  const { smiles, marked } = ConformerContent.parse(readRecord(db, record).content).input;
  const asked = {
    smiles: isomer?.canonicalSmiles ?? smiles,
    seed,
    count,
    ...(marked !== undefined && { marked }),
  };
  const shapes = await dispatcher.run("conformers", asked, signal && { signal });
  if (shapes.length < 2) return [own];
  return shapes.map(({ conformer: { geometry, molblock }, images, bond }) => ({
    candidate: { ...candidate, geometry, molblock, structures: structuresOf(molblock, bond) },
    images,
  }));
}
