import { expect, it } from "vitest";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { readLibrary } from "#core/generation/molecules/library/read-library.ts";
import { createLibraries } from "#core/orchestration/libraries/libraries.ts";
import { libraryNotes } from "#shared/campaign/library.ts";

const rdkit = await loadRdkit();

it("a summary names the first rows that hold no molecule, and what they hold", async () => {
  const dispatcher = {
    run: async (_: string, { files, reading }: never) => readLibrary(rdkit, files, { reading }),
  };
  const libraries = createLibraries({ notebook: { db: {} as never }, dispatcher: dispatcher as never });
  const bad = Array.from({ length: 15 }, (_, k) => `C,,x${k}\n`).join("");
  const text = `smiles,name,charge\nO,water,neutral\nC,,0\n,,\n${bad},hole,0\n`;
  const files = [{ name: "t.csv", bytes: Buffer.from(text) }];
  const [, ...notes] = libraryNotes(await libraries.read({ files, reading: {} }));
  expect(notes).toEqual([
    'No molecule in 16 rows: charge (row 1 "water": expected a whole number, got "neutral"; row 4: expected a whole number, got "x0"; row 5: expected a whole number, got "x1"; 13 more).',
    "No molecule in 1 row: an empty row (row 3).",
    'No molecule in 1 row: no SMILES in the row (row 19 "hole").',
  ]);
});
