import { describe, expect, it } from "vitest";
import { readDefinition } from "#shared/properties/definition.ts";
import { ELECTRON_VOLT_PER_HARTREE } from "#shared/units.ts";
import { readRange } from "../../../src/cli/search-options.ts";

const score = readDefinition(
  JSON.stringify({
    id: "score",
    title: "Score",
    parts: [{ property: "triplet-energy", desirability: { shape: "larger", low: 0, high: 1 } }],
  }),
  "c.json",
);
const PLAIN = JSON.stringify({
  id: "plain",
  title: "Plain",
  unit: "eV",
  better: "maximise",
  states: { cation: { charge: 1 } },
  formula: "E(cation)",
});
const plain = readDefinition(PLAIN, "d.json");

describe("--range", () => {
  it("takes a property by its id, in the unit that it is shown in", () => {
    expect(readRange("vertical-ionisation-energy:9:12")).toEqual({
      property: "verticalIonisation_hartree",
      min: 9 / ELECTRON_VOLT_PER_HARTREE,
      max: 12 / ELECTRON_VOLT_PER_HARTREE,
    });
  });

  it("takes what documents call it as it is kept, and descriptors; a bound may be left out", () => {
    expect(readRange("verticalIonisation_hartree:0.3")).toEqual({
      property: "verticalIonisation_hartree",
      min: 0.3,
    });
    expect(readRange("score:0.5", [{ definition: score, version: 1 }])).toEqual({
      property: "ownComposite_dimensionless",
      definition: "score",
      version: 1,
      min: 0.5,
    });
    expect(readRange("plain:0:1", [{ definition: plain, version: 1 }])).toEqual({
      property: "ownProperty_hartree",
      definition: "plain",
      version: 1,
      min: 0,
      max: expect.closeTo(1 / 27.211386245981, 12),
    });
    expect(readRange("logP::3")).toEqual({ property: "logP", max: 3 });
    expect(readRange("IE (eV): x:9.5:12")).toEqual({ property: "IE (eV): x", min: 9.5, max: 12 });
    expect(() => readRange("logP")).toThrow(/--range: expected/);
    expect(() => readRange("logP:a:3")).toThrow(/--range: expected/);
  });

  it("takes the newest definition of an id, or the one that is named", () => {
    const of = (unit: string) =>
      readDefinition(JSON.stringify({ ...JSON.parse(PLAIN), unit }), `${unit}.json`);
    const own = [
      { definition: of("eV"), version: 1 },
      { definition: of("kJ/mol"), version: 2 },
    ];
    expect(readRange("plain:0:1", own)).toMatchObject({
      version: 2,
      max: expect.closeTo(1 / 2625.499639, 9),
    });
    expect(readRange("plain@1:0:1", own)).toMatchObject({
      version: 1,
      max: expect.closeTo(1 / 27.211386245981, 12),
    });
    expect(() => readRange("plain@3:0:1", own)).toThrow("expected plain@1 to plain@2");
    expect(readRange("c@home:1", own)).toEqual({ property: "c@home", min: 1 });
  });
});
