import { expect, it } from "vitest";
import { withTautomers } from "#core/orchestration/libraries/tautomers.ts";

it("the forms left out are counted among those that are looked at, and the note says so", () => {
  const file = { name: "a.smi" } as never;
  const row = { file: 0, line: 1, name: null, smiles: "NC=O", data: {} };
  const found = [{ smiles: ["N=CO"], more: 49 }];
  const { files, rows } = withTautomers({ files: [file], rows: [row] }, found);
  expect(files[0]?.notes).toEqual([
    "with 1 tautomer of 1 molecule as further rows; of up to 50 forms of each, 49 less likely ones are left out.",
  ]);
  expect(rows.map(({ tautomer }) => tautomer)).toEqual([undefined, 2]);
});
