import { expect, it } from "vitest";
import { rungsFromFlags } from "../../../src/cli/rung-options.ts";
import { planFromFlags } from "../../../src/cli/screen-plan.ts";

it("reads rungs from flags, a property's settings by their names", () => {
  const rung = ["keep=20,basis=STO-3G", "keep=5, objective=triplet-energy", "keep=3,method=vqe"];
  expect(rungsFromFlags(rung)).toEqual([
    { keep: 20, basis: "sto-3g" },
    { keep: 5, property: "triplet-energy" },
    { keep: 3, propertySettings: { method: "vqe" } },
  ]);
  expect(rungsFromFlags()).toEqual([]);
});

it.each([
  [{ property: "proton-affinity" }, "tautomers=false", { tautomers: false }],
  [{ objective: "proton-affinity" }, "tautomers=false", { tautomers: false }],
])("reads a rung's settings as those of %j", (flags, setting, propertySettings) => {
  const evaluated = planFromFlags({ name: "a", ...flags, rung: [`keep=2,${setting}`] });
  expect(evaluated.rungs).toEqual([{ keep: 2, propertySettings }]);
});

it("refuses settings that the campaign's own property has not, however it was named", () => {
  const rung = ["keep=2,activeSpace=false"];
  expect(() => planFromFlags({ name: "a", property: "proton-affinity", rung })).toThrow(
    "--rung: expected name=value with one of: method, tautomers",
  );
  expect(() => planFromFlags({ name: "a", probe: "[Na+]", rung })).toThrow(
    "for the property has no settings",
  );
});

it.each([
  ["basis=sto-3g", '--rung: expected keep=N, how many go up, got "basis=sto-3g"'],
  ["keep=some", '--rung: expected keep=N, how many go up, got "keep=some"'],
  ["keep=2,objective=colour", '--rung: no property is called "colour"'],
  ["keep=2,method=rhf", "--rung: expected one of mp2, vqe, svwn5,"],
  ["keep=2,colour=red", "--rung: expected name=value with one of: method, activeSpace"],
])("refuses %s with what is expected", (text, message) => {
  expect(() => rungsFromFlags([text])).toThrow(message);
});

it("reads shapes of a rung, in place of those of the campaign", () => {
  expect(rungsFromFlags(["keep=9,relax=no,conformers=1", "keep=3,relax=yes"])).toEqual([
    { keep: 9, relaxed: null, conformers: 1 },
    { keep: 3, relaxed: "hartree-fock" },
  ]);
  expect(() => rungsFromFlags(["keep=9,relax=maybe"])).toThrow(
    '--rung: expected relax=yes or relax=no, got "relax=maybe"',
  );
  expect(() => rungsFromFlags(["keep=9,conformers=none"])).toThrow(
    "--rung: expected conformers=N, 1 or more",
  );
});
