/** The shapes of a candidate: those over which its numbers are averaged, and another where these do not converge. */
import { SAME_KCAL_PER_MOL } from "#core/chemistry/shape/conformers.ts";
import type { Database } from "#core/notebook/file/database.ts";
import { ConformerContent } from "#core/notebook/tables/contents.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import type { Conformation } from "#core/quantum/properties/conformers.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import type { Conformer } from "#shared/molecule/molecule.ts";
import type { Dispatcher } from "../../dispatch/dispatcher.ts";
import type { Shape } from "../../dispatch/tasks.ts";
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

export interface CandidateShapes {
  /** At least one. */
  readonly averaged: readonly Conformation[];
  /** The lowest by MMFF94 that is none of these; undefined where there is none. Cost: the shapes made anew, one more of them. */
  readonly other: () => Promise<Conformation | undefined>;
}

const energyOf = ({ forceFieldEnergy_kcal_per_mol: energy }: Conformer): number =>
  energy ?? Number.POSITIVE_INFINITY;

/** The lowest by MMFF94, up to `count`; none where the candidate's own was given, or MMFF94 could not relax it. */
async function lowestShapes(
  own: Conformer,
  { db, record }: Asked,
  { dispatcher, signal, count }: Services & { readonly count: number },
): Promise<Shape[]> {
  const { seed, isomer, forceFieldEnergy_kcal_per_mol: energy } = own;
  if (energy === null) return [];
  const { smiles, marked } = ConformerContent.parse(readRecord(db, record).content).input;
  const asked = {
    smiles: isomer?.canonicalSmiles ?? smiles,
    seed,
    count,
    ...(marked !== undefined && { marked }),
  };
  return dispatcher.run("conformers", asked, signal && { signal });
}

/**
 * The lowest shapes by MMFF94, of the isomer and by the seed of the candidate's own; its own alone where it was given, or MMFF94 could not
 * relax it.
 */
export async function shapesOfCandidate(
  candidate: Candidate,
  asked: Asked,
  services: Services,
): Promise<CandidateShapes> {
  const { conformers: count = 1 } = asked;
  const own = readConformer(asked.db, asked.record);
  const lowest = count < 2 ? [] : await lowestShapes(own, asked, { ...services, count });
  const isAveraged = lowest.length > 1;
  const tried = isAveraged ? lowest.map(({ conformer }) => energyOf(conformer)) : [energyOf(own)];
  const inShape = ({ conformer: { geometry, molblock }, images, bond }: Shape): Conformation => ({
    candidate: { ...candidate, geometry, molblock, structures: structuresOf(molblock, bond) },
    images,
  });
  return {
    averaged: isAveraged ? lowest.map(inShape) : [{ candidate, images: 1 }],
    other: async () => {
      // More starts may have found lower ones: the last of them need not be the new one.
      const more = await lowestShapes(own, asked, { ...services, count: tried.length + 1 });
      const isNew = ({ conformer }: Shape): boolean =>
        tried.every((energy) => Math.abs(energyOf(conformer) - energy) > SAME_KCAL_PER_MOL);
      const found = more.find(isNew);
      return found && inShape(found);
    },
  };
}
