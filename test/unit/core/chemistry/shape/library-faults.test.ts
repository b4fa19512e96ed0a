import { AssertionError } from "node:assert";
import { expect, it, vi } from "vitest";
import { conformersOf } from "#core/chemistry/shape/conformers.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";

const fault = vi.hoisted(() => ({ error: new Error() }));
vi.mock("#core/chemistry/shape/conformer-ways.ts", () => ({
  libraryWay: () => ({
    starts() {
      throw fault.error;
    },
  }),
}));

const rdkit = await loadRdkit();
const found = () => conformersOf(rdkit, "CO", { seed: 1, count: 1 });

it("there are no conformers where OpenChemLib fails; faults of this program are not hidden", () => {
  fault.error = new TypeError("Cannot read properties of null");
  expect(found()).toEqual([]);
  fault.error = new AssertionError({ message: "atoms in another order" });
  expect(found).toThrow("atoms in another order");
});
