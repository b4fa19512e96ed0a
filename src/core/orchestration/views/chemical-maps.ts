/** Maps of the molecules of campaigns: made where there is none, kept in the notebook, and gone on with as molecules come. */
import { z } from "zod";
import { KEPT_OF, LEAST_MAPPED, MAP_NEIGHBOURS } from "#core/chemistry/similarity/chemical-map.ts";
import { FINGERPRINT_BYTES } from "#core/chemistry/similarity/fingerprint.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { moleculesIn } from "#core/notebook/tables/fingerprints.ts";
import { keepView, keptViews } from "#core/notebook/tables/kept-views.ts";
import { type ChemicalMap, LARGEST_MAP_SAMPLE, MapMade } from "#shared/campaign/chemical-map.ts";
import { DomainError } from "#shared/errors.ts";
import type { CampaignId } from "#shared/ids.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import type { Search } from "./searching.ts";

export interface ChemicalMaps {
  /** @throws DomainError not-supported where there are too few molecules */
  of(campaign: CampaignId): Promise<ChemicalMap>;
}

const SEED = 1;
/** A map is made anew when there are so many times as many molecules as it was laid out of. */
const OUTGROWN = 2;

/** Molecules of a campaign, rising, and where each stands, x and y in turn. */
interface Laid {
  made: MapMade;
  /** Those that were laid out. */
  sample: Int32Array;
  molecules: Int32Array;
  places: Float32Array;
}

const base64 = (numbers: Int32Array | Float32Array): string =>
  Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength).toString("base64");

const bytesOf = z.string().transform((text) => Uint8Array.from(Buffer.from(text, "base64")).buffer);

const Kept = z
  .strictObject({ made: MapMade, sample: bytesOf, molecules: bytesOf, places: bytesOf })
  .transform(
    ({ made, sample, molecules, places }): Laid => ({
      made,
      sample: new Int32Array(sample),
      molecules: new Int32Array(molecules),
      places: new Float32Array(places),
    }),
  )
  .refine(({ molecules, places }) => places.length === 2 * molecules.length);

/** What the notebook keeps; undefined where that is nothing, or nothing of this program's. */
function readKept(notebook: Notebook, campaign: CampaignId): Laid | undefined {
  const [kept] = keptViews(notebook.db, campaign, "map");
  try {
    return kept && Kept.parse(JSON.parse(kept.content));
  } catch {
    return undefined;
  }
}

/** So many of them, the same of the same molecules: by a hash that spreads their numbers (Knuth, multiplicative). */
function sampleOf(molecules: readonly number[], count: number): number[] {
  const spread = (molecule: number): number => Math.imul(molecule + SEED, 0x9e3779b1) >>> 0;
  return molecules
    .toSorted((a, b) => spread(a) - spread(b))
    .slice(0, count)
    .sort((a, b) => a - b);
}

interface Services {
  notebook: Notebook;
  dispatcher: Dispatcher;
  search: Search;
}

/** Lays a sample out and places the others among it. */
async function layOut({ dispatcher, search }: Services, all: readonly number[]): Promise<Laid> {
  const bytes = await search.morganOf(all);
  const isEmpty = (k: number): boolean =>
    bytes.subarray(k * FINGERPRINT_BYTES, (k + 1) * FINGERPRINT_BYTES).every((byte) => byte === 0);
  const readable = all.filter((_, k) => !isEmpty(k));
  if (readable.length < LEAST_MAPPED) {
    const message = `A map takes ${LEAST_MAPPED} different molecules that can be read, got ${readable.length}. It can be made when the campaign has more.`;
    throw new DomainError("not-supported", message, { molecules: readable.length });
  }
  const sample = sampleOf(readable, LARGEST_MAP_SAMPLE);
  const isMember = new Set(sample);
  const others = all.filter((molecule) => !isMember.has(molecule));
  const made = await dispatcher.run("chemicalMap", {
    sample: await search.morganOf(sample),
    places: null,
    seed: SEED,
    others: await search.morganOf(others),
  });
  return joined(
    {
      made: {
        molecules: all.length,
        sample: sample.length,
        seed: SEED,
        neighbours: Math.min(MAP_NEIGHBOURS, sample.length - 1),
        keptOf: KEPT_OF,
        kept: made.kept,
      },
      sample: Int32Array.from(sample),
      molecules: Int32Array.from(sample),
      places: made.places,
    },
    { molecules: others, places: made.others },
  );
}

/** A map with more molecules on it. */
function joined(laid: Laid, more: { molecules: readonly number[]; places: Float32Array }): Laid {
  const molecules = [...laid.molecules, ...more.molecules];
  const places = [...laid.places, ...more.places];
  const order = [...molecules.keys()].sort((a, b) => molecules[a]! - molecules[b]!);
  return {
    ...laid,
    molecules: Int32Array.from(order, (k) => molecules[k]!),
    places: Float32Array.from(order.flatMap((k) => [places[2 * k]!, places[2 * k + 1]!])),
  };
}

/** Places what has come since; none that stands already moves. */
async function goOn({ dispatcher, search }: Services, laid: Laid, all: readonly number[]): Promise<Laid> {
  const known = new Map(Array.from(laid.molecules, (molecule, k) => [molecule, k]));
  const others = all.filter((molecule) => !known.has(molecule));
  if (others.length === 0) return laid;
  const sample = Array.from(laid.sample);
  const made = await dispatcher.run("chemicalMap", {
    sample: await search.morganOf(sample),
    places: Float32Array.from(
      sample.flatMap((molecule) => {
        const k = known.get(molecule)!; // the sample is among them
        return [laid.places[2 * k]!, laid.places[2 * k + 1]!];
      }),
    ),
    seed: SEED,
    others: await search.morganOf(others),
  });
  const kept = { ...laid.made.kept, placed: laid.made.kept.placed ?? made.kept.placed };
  const next = { ...laid, made: { ...laid.made, kept } };
  return joined(next, { molecules: others, places: made.others });
}

export function createChemicalMaps(services: Services): ChemicalMaps {
  const { notebook } = services;
  const held = new Map<CampaignId, Laid>();
  const making = new Map<CampaignId, Promise<ChemicalMap>>();
  const make = async (campaign: CampaignId): Promise<ChemicalMap> => {
    const candidates = moleculesIn(notebook.db, campaign);
    const all = [...new Set(candidates.map(({ molecule }) => molecule))].sort((a, b) => a - b);
    const before = held.get(campaign) ?? readKept(notebook, campaign);
    const isOutgrown = before === undefined || all.length >= OUTGROWN * before.made.molecules;
    const laid = await (isOutgrown ? layOut(services, all) : goOn(services, before, all));
    held.set(campaign, laid);
    if (laid !== before && !notebook.readonly)
      notebook.transaction(() => keepView(notebook.db, campaign, "map", { name: "", content: textOf(laid) }));
    const places = new Map(Array.from(laid.molecules, (molecule, k) => [molecule, k]));
    // All that the campaign has were placed just now.
    const at = (side: 0 | 1) =>
      Float64Array.from(candidates, ({ molecule }) => laid.places[2 * places.get(molecule)! + side]!);
    return {
      indices: Int32Array.from(candidates, ({ index }) => index),
      x: at(0),
      y: at(1),
      made: laid.made,
    };
  };
  return {
    of(campaign) {
      const now = making.get(campaign) ?? make(campaign).finally(() => making.delete(campaign));
      making.set(campaign, now);
      return now;
    },
  };
}

const textOf = ({ made, sample, molecules, places }: Laid): string =>
  JSON.stringify({ made, sample: base64(sample), molecules: base64(molecules), places: base64(places) });
