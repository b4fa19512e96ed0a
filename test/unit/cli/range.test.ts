import { describe, expect, it } from "vitest";
import { readDefinition } from "#shared/properties/definition.ts";
import { ELECTRON_VOLT_PER_HARTREE } from "#shared/units.ts";
import { readRange } from "../../../src/cli/commands/notebook/search.ts";

const score = readDefinition(
  JSON.stringify({
    id: "score",
    title: "Score",
    parts: [{ property: "triplet-energy", desirability: { shape: "larger", low: 0, high: 1 } }],
  }),
  "c.json",
);
const plain = readDefinition(
  JSON.stringify({
    id: "plain",
    title: "Plain",
    unit: "eV",
    better: "maximise",
    states: { cation: { charge: 1 } },
    formula: "E(cation)",
  }),
  "d.json",
);

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
    expect(readRange("score:0.5", [score])).toEqual({
      property: "ownComposite_dimensionless",
      definition: "score",
      min: 0.5,
    });
    expect(readRange("plain:0:1", [plain])).toEqual({
      property: "ownProperty_hartree",
      definition: "plain",
      min: 0,
      max: expect.closeTo(1 / 27.211386245981, 12),
    });
    expect(readRange("logP::3")).toEqual({ property: "logP", max: 3 });
    expect(readRange("IE (eV): x:9.5:12")).toEqual({ property: "IE (eV): x", min: 9.5, max: 12 });
    expect(() => readRange("logP")).toThrow(/--range: expected/);
    expect(() => readRange("logP:a:3")).toThrow(/--range: expected/);
  });
});
