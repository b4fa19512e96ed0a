import { describe, expect, it } from "vitest";
import { ELECTRON_VOLT_PER_HARTREE } from "#shared/units.ts";
import { readRange } from "../../../src/cli/commands/notebook/search.ts";

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
    expect(readRange("logP::3")).toEqual({ property: "logP", max: 3 });
    expect(readRange("IE (eV): x:9.5:12")).toEqual({ property: "IE (eV): x", min: 9.5, max: 12 });
    expect(() => readRange("logP")).toThrow(/--range: expected/);
    expect(() => readRange("logP:a:3")).toThrow(/--range: expected/);
  });
});
