/** Some of the molecules that a campaign will evaluate, as it will have them: drawn, filtered and embedded. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import { marksBond } from "#shared/molecule/marked-bond.ts";
import type { Electrons } from "#shared/molecule/molecule.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import type { EmbedInput } from "../dispatch/tasks.ts";
import type { Drawn, Source } from "../sources/source.ts";
import { structuresOf } from "../stages/evaluate/structures.ts";

/** Molecules that are drawn and filtered, and of those that pass the ones that are embedded. */
const DRAWN = 40;
const EMBEDDED = 6;

export type PlannedMolecule = Omit<Candidate, "level" | "settings">;

export interface PlannedMolecules {
  molecules: readonly PlannedMolecule[];
  /** Of the molecules that were drawn, 0 to 1. */
  shareAccepted: number;
  /** To embed one, by the clock. */
  embedSeconds: number;
}

export interface MoleculeServices {
  dispatcher: Dispatcher;
  openSource: (settings: GenerationSettings) => Promise<Source>;
}

/** So many of `count` numbers from 0, evenly spaced. */
const spaced = (count: number, most: number): number[] => {
  const some = Math.min(count, most);
  return Array.from({ length: some }, (_, k) => Math.floor((k * count) / some));
};

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** Rows of a library from all over it, for files may be in order of size; of a model the first that it writes, without steering. */
async function drawSome(generation: GenerationSettings, { openSource }: MoleculeServices): Promise<Drawn[]> {
  if (generation.source === "model") {
    const source = await openSource({ ...generation, steering: null });
    return all(source.draw({ first: 0, count: Math.min(generation.count, DRAWN) }, {}));
  }
  const source = await openSource(generation);
  const rows = spaced(generation.count, DRAWN).map((first) => all(source.draw({ first, count: 1 }, {})));
  return (await Promise.all(rows)).flat();
}

type Accepted = Extract<FilterVerdict, { outcome: "accepted" }> & { drawn: Drawn };

function embedInputOf({ identity, electrons, drawn }: Accepted, seed: number): EmbedInput {
  return {
    smiles: identity.canonicalSmiles,
    seed,
    ...electrons,
    ...(marksBond(drawn.smiles) && { marked: drawn.smiles }),
    ...(drawn.molblock !== undefined && { molblock: drawn.molblock }),
  };
}

const NEUTRAL: Electrons = { charge: 0, multiplicity: 1 };

/** undefined where no geometry was found. */
async function embedOne(
  accepted: Accepted,
  { dispatcher, seed }: { dispatcher: Dispatcher; seed: number },
): Promise<PlannedMolecule | undefined> {
  const found = await dispatcher.run("embed", embedInputOf(accepted, seed));
  if (found.outcome === "failed") return undefined;
  const { geometry, molblock } = found.conformer;
  const structures = structuresOf(molblock, found.bond);
  return { geometry, molblock, structures, ...(accepted.electrons ?? NEUTRAL) };
}

/** @throws DomainError as the source does */
export async function plannedMolecules(
  { generation, filter, embedding }: Pick<CampaignSettings, "generation" | "filter" | "embedding">,
  services: MoleculeServices,
): Promise<PlannedMolecules> {
  const { dispatcher } = services;
  const molecules = await drawSome(generation, services);
  const verdicts = await dispatcher.run("filter", { molecules, settings: filter, known: [] });
  const accepted = verdicts.flatMap((verdict, k): Accepted[] =>
    // One verdict for each molecule, in the same order.
    verdict.outcome === "accepted" ? [{ ...verdict, drawn: molecules[k]! }] : [],
  );
  // Indices of accepted ones.
  const some = spaced(accepted.length, EMBEDDED).map((k) => accepted[k]!);
  const began = performance.now();
  const asked = { dispatcher, seed: embedding.seed };
  const embedded = await Promise.all(some.map((one) => embedOne(one, asked)));
  return {
    molecules: embedded.filter((one) => one !== undefined),
    shareAccepted: molecules.length === 0 ? 0 : accepted.length / molecules.length,
    embedSeconds: some.length === 0 ? 0 : (performance.now() - began) / 1000 / some.length,
  };
}
