import { describe, expect, it } from "vitest";
import {
  conductorFactor,
  continuumOf,
  readSolvent,
  SolventRequest,
  solventTitle,
} from "#shared/quantum/solvents.ts";

describe("a solvent as people write it", () => {
  it.each([
    ["acetonitrile", { name: "acetonitrile" }],
    [" Ethylene Carbonate ", { name: "ethylene-carbonate" }],
    ["37.5", { dielectric: 37.5 }],
    ["eps=2", { dielectric: 2 }],
    ["1e9", { dielectric: 1e9 }],
  ])("is read: %s", (text, expected) => {
    expect(readSolvent(text)).toEqual(expected);
    expect(SolventRequest.safeParse(expected).success).toBe(true);
  });

  it.each(["wine", "", "eps=", "37,5", "eps=water"])(
    "is refused with the names that there are: %s",
    (text) => {
      expect(() => readSolvent(text)).toThrow(/expected a name or a relative permittivity.*acetonitrile/);
    },
  );

  it.each([
    ["1", "the gas phase"],
    ["0.9", "above 1"],
    ["-3", "above 1"],
    ["inf", "1e9"],
  ])("is refused where no solvent has such a permittivity: %s", (text, why) => {
    expect(() => readSolvent(text)).toThrow(why);
  });
});

describe("a solvent that is asked for", () => {
  it("is C-PCM unless another model is named", () => {
    expect(continuumOf({ name: "water" })).toEqual({ name: "water", dielectric: 78.3553, model: "c-pcm" });
    expect(solventTitle(continuumOf({ dielectric: 4, model: "cosmo" }))).toBe("a solvent (COSMO, ε = 4)");
  });

  it("weakens a conductor's charges, in COSMO more", () => {
    expect(conductorFactor({ dielectric: 4, model: "c-pcm" })).toBeCloseTo(0.75, 12);
    expect(conductorFactor({ dielectric: 4, model: "cosmo" })).toBeCloseTo(2 / 3, 12);
  });

  it("is not named and given by a number at once", () => {
    expect(SolventRequest.safeParse({ name: "water", dielectric: 80 }).success).toBe(false);
    expect(SolventRequest.safeParse({ dielectric: 1 }).success).toBe(false);
  });
});
