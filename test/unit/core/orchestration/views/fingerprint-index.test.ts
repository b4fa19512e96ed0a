import { afterAll, expect, it } from "vitest";
import { openChemistry } from "#core/chemistry/chemistry.ts";
import { withoutFingerprint } from "#core/notebook/tables/fingerprints.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { openFingerprintIndex } from "#core/orchestration/views/fingerprint-index.ts";
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
