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

interface Services {
  readonly dispatcher: Dispatcher;
  readonly signal?: AbortSignal | undefined;
}

/** The lowest shapes by MMFF94, as many as there are up to `count`; none where it was given, or MMFF94 could not relax it. */
async function lowestShapes(
  candidate: Candidate,
  { db, record }: Asked,
  { dispatcher, signal, count }: Services & { readonly count: number },
): Promise<Conformation[]> {
  const { seed, isomer, forceFieldEnergy_kcal_per_mol: energy } = readConformer(db, record);
  if (energy === null) return [];
  const { smiles, marked } = ConformerContent.parse(readRecord(db, record).content).input;
  const asked = {
    smiles: isomer?.canonicalSmiles ?? smiles,
    seed,
    count,
    ...(marked !== undefined && { marked }),
  };
  const shapes = await dispatcher.run("conformers", asked, signal && { signal });
  return shapes.map(({ conformer: { geometry, molblock }, images, bond }) => ({
    candidate: { ...candidate, geometry, molblock, structures: structuresOf(molblock, bond) },
    images,
  }));
}

/**
 * The lowest shapes by MMFF94, of the isomer and by the seed of the candidate's own; its own alone where it was given, or MMFF94 could not
 * relax it.
 */
export async function shapesOfCandidate(
  candidate: Candidate,
  asked: Asked,
  services: Services,
): Promise<Conformation[]> {
  const { conformers: count = 1 } = asked;
  const shapes = count < 2 ? [] : await lowestShapes(candidate, asked, { ...services, count });
  return shapes.length < 2 ? [{ candidate, images: 1 }] : shapes;
}

/** The next shape by MMFF94 after so many; undefined where there is none. */
export async function otherShape(
  candidate: Candidate,
  asked: Asked,
  { beyond, ...services }: Services & { readonly beyond: number },
): Promise<Conformation | undefined> {
  const shapes = await lowestShapes(candidate, asked, { ...services, count: beyond + 1 });
  return shapes[beyond];
}
