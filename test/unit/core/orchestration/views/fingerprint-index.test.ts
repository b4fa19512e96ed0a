import { afterAll, expect, it } from "vitest";
import { openChemistry } from "#core/chemistry/chemistry.ts";
import type { Fingerprints } from "#core/chemistry/similarity/fingerprint.ts";
import { withoutFingerprint } from "#core/notebook/tables/fingerprints.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { keepFingerprints, takeFingerprints } from "#core/orchestration/stages/filter/fresh-fingerprints.ts";
import { openFingerprintIndex } from "#core/orchestration/views/fingerprint-index.ts";
import { FilterSettings } from "#shared/campaign/campaign.ts";
import { OWN_MOLECULES } from "#shared/campaign/sources/library.ts";
import { sampleNotebook } from "../../notebook/sample-notebook.ts";

const chemistry = await openChemistry({ filtersDirectory: "resources/filters" });
afterAll(() => chemistry[Symbol.dispose]());

const dispatcher = {
  run: async (_: string, { smiles }: { smiles: readonly string[] }) =>
    smiles.map((one) => chemistry.fingerprints(one)),
} as unknown as Dispatcher;

it.each([false, true])(
  "missing fingerprints are made and found, and written unless a notebook is only read: %s",
  async (readonly) => {
    using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 4 });
    const missing = withoutFingerprint(notebook.db, 100);
    expect(missing.length).toBeGreaterThan(0);
    await using index = openFingerprintIndex({ notebook: { ...notebook, readonly }, dispatcher });
    await index.complete();
    expect(withoutFingerprint(notebook.db, 100)).toEqual(readonly ? missing : []);
    for (const { molecule, smiles } of missing) {
      const query = chemistry.fingerprints(smiles);
      if (query.outcome === "invalid") throw new Error(query.reason);
      const found = index.similar(query.morgan, { threshold: 1, limit: 100 });
      expect(found).toContainEqual({ molecule, similarity: 1 });
      expect(index.mayContain(query.pattern)).toContain(molecule);
    }
  },
);

it("takes what a filter made by the way, the same as of the canonical SMILES, and asks a thread for the others", async () => {
  using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 4 });
  const missing = withoutFingerprint(notebook.db, 100);
  const settings = FilterSettings.parse(OWN_MOLECULES);
  const [first, ...others] = missing.map(({ smiles }) => smiles);
  const verdict = chemistry.filter(first!, { settings, withFingerprints: true });
  if (verdict.outcome === "rejected") throw new Error(verdict.rejection.detail);
  const { outcome: _, ...own } = chemistry.fingerprints(first!) as Fingerprints;
  expect(verdict.fingerprints).toEqual(own);
  keepFingerprints(notebook.db, [verdict]);
  const asked: string[] = [];
  const asking = {
    run: (task: string, input: { smiles: readonly string[] }) => {
      asked.push(...input.smiles);
      return dispatcher.run(task as "fingerprints", input as { smiles: string[] });
    },
  } as unknown as Dispatcher;
  await using index = openFingerprintIndex({ notebook, dispatcher: asking });
  await index.complete();
  expect(asked).toEqual(others);
  expect(withoutFingerprint(notebook.db, 100)).toEqual([]);
  expect(takeFingerprints(notebook.db, first!)).toBeUndefined();
  expect(index.similar(own.morgan, { threshold: 1, limit: 9 })).toContainEqual({
    molecule: missing[0]!.molecule,
    similarity: 1,
  });
});

it.each([
  ["OC(=O)c1ccccc1", "another order of atoms"],
  ["[H]C([H])([H])O", "hydrogens written out"],
  ["C[C@H](N)C(=O)O", "stereo"],
  ["C1=CC=CC=C1O", "Kekulé bonds"],
  ["[O-][N+](=O)CC", "charges"],
])("the filter's fingerprints are those of the canonical SMILES: %s, %s", (smiles) => {
  const verdict = chemistry.filter(smiles, {
    settings: FilterSettings.parse(OWN_MOLECULES),
    withFingerprints: true,
  });
  if (verdict.outcome === "rejected") throw new Error(verdict.rejection.detail);
  const { outcome: _, ...again } = chemistry.fingerprints(verdict.identity.canonicalSmiles) as Fingerprints;
  expect(verdict.fingerprints).toEqual(again);
});
