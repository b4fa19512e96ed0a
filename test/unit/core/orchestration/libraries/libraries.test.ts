import { expect, it } from "vitest";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { readLibrary } from "#core/generation/molecules/library/read-library.ts";
import { createLibraries } from "#core/orchestration/libraries/libraries.ts";
import { FilterSettings } from "#shared/campaign/campaign.ts";
import { libraryNotes } from "#shared/campaign/library.ts";
import { OWN_MOLECULES } from "#shared/campaign/sources/library.ts";

const rdkit = await loadRdkit();

/** What is held of a file named t.csv. */
async function summaryOf(text: string) {
  const dispatcher = {
    run: async (_: string, { files, reading }: never) => readLibrary(rdkit, files, { reading }),
  };
  const libraries = createLibraries({ notebook: { db: {} as never }, dispatcher: dispatcher as never });
  return libraries.read({ files: [{ name: "t.csv", bytes: Buffer.from(text) }], reading: {} });
}

it("a summary names the first rows that hold no molecule, and what they hold", async () => {
  const bad = Array.from({ length: 15 }, (_, k) => `C,,x${k}\n`).join("");
  const text = `smiles,name,charge\nO,water,neutral\nC,,0\n,,\n${bad},hole,0\n`;
  const [, ...notes] = libraryNotes(await summaryOf(text));
  expect(notes).toEqual([
    'No molecule in 16 rows: charge (row 1 "water": expected a whole number, got "neutral"; row 4: expected a whole number, got "x0"; row 5: expected a whole number, got "x1"; 13 more).',
    "No molecule in 1 row: an empty row (row 3).",
    'No molecule in 1 row: no SMILES in the row (row 19 "hole").',
  ]);
});

it("a summary shows the first ten rows, the first ten without a molecule, and three of each reason", async () => {
  const broken = [...Array(12).fill("C,neutral"), ...Array(4).fill(",0")];
  const rowsOf = async (molecules: number) => {
    const text = ["smiles,charge", ...Array(molecules).fill("C,0"), ...broken].join("\n");
    return (await summaryOf(text)).sample.map(({ row }) => row);
  };
  const toTen = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  expect(await rowsOf(0)).toEqual([...toTen, 13, 14, 15]);
  expect(await rowsOf(20)).toEqual([...toTen, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 33, 34, 35]);
});

it("a preview counts what a filter would reject, rule by rule, and names the first of it", async () => {
  const verdicts = ["ring", "mass", "", "ring"].map((rule) =>
    rule === "" ? { outcome: "accepted" } : { outcome: "rejected", rejection: { rule, detail: `a ${rule}` } },
  );
  const dispatcher = {
    run: async (task: string, { files, reading }: never) =>
      task === "filter" ? verdicts : readLibrary(rdkit, files, { reading }),
  };
  const libraries = createLibraries({ notebook: { db: {} as never }, dispatcher: dispatcher as never });
  const text = "smiles,name\nC1CC1,small\nCCCCCC,heavy\nC,fine\nC1CCC1,\n";
  const { hash } = await libraries.read({
    files: [{ name: "t.csv", bytes: Buffer.from(text) }],
    reading: {},
  });
  const preview = await libraries.preview({ library: hash, filter: FilterSettings.parse(OWN_MOLECULES) });
  expect(preview).toEqual({
    ...{ looked: 4, accepted: 1, rejected: { ring: 2, mass: 1 } },
    examples: [
      { row: 1, name: "small", smiles: "C1CC1", rule: "ring", detail: "a ring" },
      { row: 2, name: "heavy", smiles: "CCCCCC", rule: "mass", detail: "a mass" },
      { row: 4, name: null, smiles: "C1CCC1", rule: "ring", detail: "a ring" },
    ],
  });
});
