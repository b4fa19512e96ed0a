import { expect, it } from "vitest";
import { rungsFromFlags } from "../../../src/cli/rung-options.ts";

it("reads rungs from flags, a property's settings by their names", () => {
  const rung = ["keep=20,basis=STO-3G", "keep=5, objective=triplet-energy", "keep=3,method=vqe"];
  expect(rungsFromFlags({ rung })).toEqual([
    { keep: 20, basis: "sto-3g" },
    { keep: 5, property: "triplet-energy" },
    { keep: 3, propertySettings: { method: "vqe" } },
  ]);
  expect(rungsFromFlags({})).toEqual([]);
});

it.each([
  ["basis=sto-3g", '--rung: expected keep=N, how many go up, got "basis=sto-3g"'],
  ["keep=some", '--rung: expected keep=N, how many go up, got "keep=some"'],
  ["keep=2,objective=colour", '--rung: no property is called "colour"'],
  ["keep=2,colour=red", "--rung: expected name=value with one of: method, activeSpace"],
])("refuses %s with what is expected", (text, message) => {
  expect(() => rungsFromFlags({ rung: [text] })).toThrow(message);
});
