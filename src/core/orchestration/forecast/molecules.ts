/** Some of the molecules that a campaign will evaluate: drawn and filtered as it would, embedded only where their shape is asked for. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import type { Database } from "#core/notebook/file/database.ts";
import { fromHex, resultKey } from "#core/notebook/proof/hash.ts";
import type { ConformerInput } from "#core/notebook/tables/contents.ts";
import { findResult } from "#core/notebook/tables/projection.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import type { Candidate, Structures } from "#core/quantum/properties/protocol.ts";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import { marksBond } from "#shared/molecule/marked-bond.ts";
import { CLOSED_SHELL } from "#shared/molecule/molecule.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import type { Drawn, Source } from "../sources/source.ts";
import { conformerInput, embedInput } from "../stages/embed/input.ts";
import { embedStage } from "../stages/embed/run.ts";
import { candidateInSpace } from "../stages/evaluate/request.ts";
import { structuresOf } from "../stages/evaluate/structures.ts";
import { mixingOf, routingOf, symbolsOf } from "./likelihoods.ts";

/** Molecules that are drawn and filtered: rows are there, a model writes its molecules first. Those that pass are looked at. */
const MOST_ROWS = 100;
const MOST_WRITTEN = 40;

/** A candidate before it is asked anything. */
export type InSpace = Omit<Candidate, "level" | "settings">;

/** Thrown where a protocol asks a molecule without a shape for starts in space. */
export class ShapeAsked extends Error {}

export interface PlannedMolecule {
  /** As the notebook holds it now; undefined where no campaign embedded it. */
  known(): InSpace | undefined;
  /** Its atoms alone, at the origin; asked for its structures, it throws ShapeAsked. */
  readonly atoms: InSpace;
  /** How likely its ions mix spins, 0 to 1. */
  readonly mixing: number;
  /** How likely one determinant fails for it, 0 to 1. */
  readonly routing: number;
  /** In space; undefined where no geometry is found. Cost: seconds the first time. */
  embed(): Promise<InSpace | undefined>;
}

export interface PlannedMolecules {
  molecules: readonly PlannedMolecule[];
  /** Of the molecules that were drawn, 0 to 1. */
  shareAccepted: number;
}

export interface MoleculeServices {
  db: Database;
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
    return all(source.draw({ first: 0, count: Math.min(generation.count, MOST_WRITTEN) }, {}));
  }
  const source = await openSource(generation);
  const rows = spaced(generation.count, MOST_ROWS).map((first) => all(source.draw({ first, count: 1 }, {})));
  return (await Promise.all(rows)).flat();
}

type Accepted = Extract<FilterVerdict, { outcome: "accepted" }> & { drawn: Drawn };

const askShape = (): never => {
  throw new ShapeAsked();
};
const NO_SHAPE: Structures = {
  protomers: askShape,
  tautomers: askShape,
  bondBreaks: askShape,
  probePoses: askShape,
  lostBond: () => undefined,
  newBond: askShape,
  at: askShape,
  marksBond: false,
};

/** Its atoms, all at the origin. */
function atomsOf(formula: string): InSpace["geometry"] {
  const symbols = symbolsOf(formula);
  return { symbols, coordinates_angstrom: symbols.flatMap(() => [0, 0, 0]) };
}

/** The geometry that an earlier campaign made. */
function knownShape(db: Database, input: ConformerInput): InSpace | undefined {
  const record = findResult(db, fromHex(resultKey(embedStage.name, embedStage.version, input)));
  const isThere = record !== undefined && readRecord(db, record).kind === "conformer";
  return isThere ? candidateInSpace(db, record) : undefined;
}

function planned(accepted: Accepted, seed: number, { db, dispatcher }: MoleculeServices): PlannedMolecule {
  const { electrons = CLOSED_SHELL, identity, drawn } = accepted;
  // Rows that marks make no candidates of are too few to be foretold.
  const input = conformerInput(identity, accepted, {
    proposed: drawn.smiles,
    seed,
    isMarked: marksBond(drawn.smiles),
  });
  let embedded: Promise<InSpace | undefined> | undefined;
  const embed = async (): Promise<InSpace | undefined> => {
    // Asked for where its coordinates are taken.
    const given = (): string => drawn.molblock!;
    const found = await dispatcher.run("embed", embedInput(input, given));
    if (found.outcome === "failed") return undefined;
    const { geometry, molblock } = found.conformer;
    return { geometry, molblock, structures: structuresOf(molblock, found.bond), ...electrons };
  };
  const geometry = atomsOf(accepted.descriptors.formula);
  return {
    known: () => knownShape(db, input),
    atoms: { geometry, molblock: "", structures: NO_SHAPE, ...electrons },
    mixing: mixingOf(accepted.descriptors),
    routing: routingOf(accepted.descriptors),
    embed: () => {
      embedded ??= embed();
      return embedded;
    },
  };
}

/** @throws DomainError as the source does */
export async function plannedMolecules(
  { generation, filter, embedding }: Pick<CampaignSettings, "generation" | "filter" | "embedding">,
  services: MoleculeServices,
): Promise<PlannedMolecules> {
  const molecules = await drawSome(generation, services);
  const verdicts = await services.dispatcher.run("filter", { molecules, settings: filter, known: [] });
  const accepted = verdicts.flatMap((verdict, k): Accepted[] =>
    // One verdict for each molecule, in the same order.
    verdict.outcome === "accepted" ? [{ ...verdict, drawn: molecules[k]! }] : [],
  );
  return {
    molecules: accepted.map((one) => planned(one, embedding.seed, services)),
    shareAccepted: molecules.length === 0 ? 0 : accepted.length / molecules.length,
  };
}
