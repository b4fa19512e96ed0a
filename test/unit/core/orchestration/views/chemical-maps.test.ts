import { afterAll, expect, it } from "vitest";
import { openChemistry } from "#core/chemistry/chemistry.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { moleculesIn } from "#core/notebook/tables/fingerprints.ts";
import { keepView, keptViews } from "#core/notebook/tables/kept-views.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import type { MapInput } from "#core/orchestration/dispatch/tasks.ts";
import { createChemicalMaps } from "#core/orchestration/views/chemical-maps.ts";
import type { Search } from "#core/orchestration/views/searching.ts";
import { chemicalMap } from "#core/orchestration/worker/chemical-map.ts";
import { CampaignId } from "#shared/ids.ts";
import { sampleNotebook } from "../../notebook/sample-notebook.ts";

const chemistry = await openChemistry({ filtersDirectory: "resources/filters" });
afterAll(() => chemistry[Symbol.dispose]());

const CAMPAIGN = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-000000000000");

/** Maps of a notebook, and what was asked of a worker for them. */
function mapsOf(notebook: Notebook) {
  const asked: MapInput[] = [];
  const smiles = new Map(
    notebook.db
      .all(notebook.db.sql.selectFrom("molecule").select(["id", "canonical_smiles"]))
      .map(({ id, canonical_smiles }) => [Number(id), String(canonical_smiles)]),
  );
  const search = {
    async morganOf(molecules: readonly number[]) {
      const bytes = new Uint8Array(256 * molecules.length);
      for (const [k, molecule] of molecules.entries()) {
        const made = chemistry.fingerprints(smiles.get(molecule)!);
        if (made.outcome === "valid") bytes.set(made.morgan, 256 * k);
      }
      return bytes;
    },
  } as Search;
  const run = async (_: string, input: MapInput) => {
    asked.push(input);
    return chemicalMap(input);
  };
  return {
    asked,
    maps: createChemicalMaps({ notebook, search, dispatcher: { run } as unknown as Dispatcher }),
  };
}

it("makes a map once, keeps it in the notebook, and finds it there", async () => {
  using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 12 });
  const { asked, maps } = mapsOf(notebook);
  const [map, again] = await Promise.all([maps.of(CAMPAIGN), maps.of(CAMPAIGN)]);
  const candidates = moleculesIn(notebook.db, CAMPAIGN);
  expect([...map.indices]).toEqual(candidates.map(({ index }) => index));
  expect(map.x.every(Number.isFinite) && map.y.every(Number.isFinite)).toBe(true);
  expect(map.made).toMatchObject({ molecules: candidates.length, sample: candidates.length, seed: 1 });
  expect(again).toBe(map);
  const later = mapsOf(notebook);
  expect(await later.maps.of(CAMPAIGN)).toEqual(map);
  expect([asked.length, later.asked.length]).toEqual([1, 0]);
});

it("places molecules that come later, moves none that stands, and begins anew where they have doubled", async () => {
  using small = sampleNotebook(":memory:", { campaigns: 1, candidates: 12 });
  const before = await mapsOf(small).maps.of(CAMPAIGN);
  const [kept] = keptViews(small.db, CAMPAIGN, "map");
  const grown = async (candidates: number) => {
    using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates });
    keepView(notebook.db, CAMPAIGN, "map", kept!);
    const { asked, maps } = mapsOf(notebook);
    return { asked, map: await maps.of(CAMPAIGN), count: moleculesIn(notebook.db, CAMPAIGN).length };
  };
  const more = await grown(17);
  expect(more.count).toBeGreaterThan(before.indices.length);
  expect(more.asked.map(({ places }) => places !== null)).toEqual([true]);
  expect(more.map.made.molecules).toBe(before.made.molecules);
  expect(more.map.x.every(Number.isFinite)).toBe(true);
  for (const [k, index] of before.indices.entries()) {
    const at = more.map.indices.indexOf(index);
    expect([more.map.x[at], more.map.y[at]]).toEqual([before.x[k], before.y[k]]);
  }
  const doubled = await grown(30);
  expect(doubled.asked.map(({ places }) => places)).toEqual([null]);
  expect(doubled.map.made.molecules).toBe(doubled.count);
});

it("makes it anew where what is kept cannot be read, and keeps none where a notebook is only read", async () => {
  using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 12 });
  keepView(notebook.db, CAMPAIGN, "map", { name: "", content: '{"made":{}}' });
  const { asked, maps } = mapsOf({ ...notebook, readonly: true });
  const map = await maps.of(CAMPAIGN);
  expect(await maps.of(CAMPAIGN)).toEqual(map);
  expect(asked).toHaveLength(1);
  expect(keptViews(notebook.db, CAMPAIGN, "map")).toEqual([{ name: "", content: '{"made":{}}' }]);
});

it("says that there are too few molecules", async () => {
  using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 3 });
  await expect(mapsOf(notebook).maps.of(CAMPAIGN)).rejects.toMatchObject({ code: "not-supported" });
});
