import { describe, expect, it } from "vitest";
import { DEFAULT_PROPERTY } from "#shared/properties/find.ts";
import { ownComposite } from "#shared/properties/own-composite.ts";
import { shownAs } from "#shared/properties/property.ts";
import { protonAffinity } from "#shared/properties/proton-affinity.ts";
import {
  differenceIn,
  energyUnitOf,
  measuredText,
  READABLE_UNITS,
  readAs,
  readValue,
} from "../../../src/renderer/src/text/energy-unit.ts";
import { NONE } from "../../../src/renderer/src/text/format.ts";

/** 0.4 Hartree by the factors of CODATA 2022, as published (doi:10.1103/RevModPhys.97.025002); kcal by 4.184 kJ. */
const IN_UNIT = {
  eV: 0.4 * 27.211386245981,
  "kcal/mol": (0.4 * 2625.4996394792) / 4.184,
  "kJ/mol": 0.4 * 2625.4996394792,
  Eh: 0.4,
  "cm⁻¹": 0.4 * 219474.63136314,
};

describe("the unit that energies are read in", () => {
  const ionisation = shownAs(DEFAULT_PROPERTY);

  it("is the usual one until another is chosen", () => {
    expect(energyUnitOf("")).toBe("usual");
    expect(energyUnitOf("furlong")).toBe("usual");
    expect(readAs(ionisation, "usual")).toBe(ionisation);
    expect(readValue(ionisation, 0.4)).toBe("10.88");
  });

  it.each(READABLE_UNITS)("converts to %s, as finely as before or finer", (unit) => {
    const shown = readAs(ionisation, unit);
    expect(shown.unit).toBe(unit);
    expect(shown.fromStored(0.4)).toBeCloseTo(IN_UNIT[unit], 10);
    expect(readValue(shown, 0.4)).toBe(IN_UNIT[unit].toFixed(shown.digits));
    const step = (one: typeof shown) => 10 ** -one.digits / one.fromStored(1);
    expect(step(shown)).toBeLessThanOrEqual(step(ionisation) * 1.000001);
    if (shown.digits > 0) expect(step(shown)).toBeGreaterThan(step(ionisation) / 10.5);
  });

  it("converts from whichever unit a number is declared in", () => {
    const affinity = shownAs(protonAffinity);
    expect(affinity.unit).not.toBe(ionisation.unit);
    expect(readAs(affinity, "eV").fromStored(0.4)).toBeCloseTo(IN_UNIT.eV, 10);
  });

  it("is that of errors against measurements too, with no digit less", () => {
    const comparison = {
      ...{ column: "IE", unit: "eV", molecules: 3, repeated: 0, rankCorrelation: 1, unreadable: 0 },
      ...{ meanAbsoluteError: 0.5, meanSignedError: -0.25 },
    };
    expect(measuredText(comparison, ionisation, "usual")).toContain("mean absolute error 0.50 eV");
    const inKcal = (0.5 / 27.211386245981) * (2625.4996394792 / 4.184);
    expect(measuredText(comparison, ionisation, "kcal/mol")).toContain(
      `mean absolute error ${inKcal.toFixed(2)} kcal/mol`,
    );
    expect(measuredText(comparison, ionisation, "Eh")).toContain("mean absolute error 0.0184 Eh");
    const none = { ...comparison, meanAbsoluteError: null };
    expect(measuredText(none, ionisation, "Eh")).toContain("mean absolute error –");
  });

  it("leaves what is no energy as it is", () => {
    const composite = shownAs(ownComposite);
    expect(readAs(composite, "cm⁻¹")).toBe(composite);
  });

  it("an absent or impossible number is a dash", () => {
    for (const value of [null, undefined, Number.NaN]) expect(readValue(ionisation, value)).toBe(NONE);
    expect(differenceIn("eV").textOf(undefined)).toBe(NONE);
  });
});

describe("a difference of energies", () => {
  it("is read in thousandths of large units, and says where it is too small to show", () => {
    expect(differenceIn("usual")).toMatchObject({ unit: "mEh" });
    expect(differenceIn("usual").textOf(1.5e-3)).toBe("1.500");
    expect(differenceIn("usual").textOf(2e-9)).toBe("< 0.001");
    expect(differenceIn("eV")).toMatchObject({ unit: "meV" });
    expect(differenceIn("eV").textOf(1e-3)).toBe("27.211");
    expect(differenceIn("kcal/mol").textOf(1)).toBe("627.509");
    expect(differenceIn("kJ/mol").textOf(-1e-3)).toBe("−2.625");
    expect(differenceIn("cm⁻¹").textOf(1e-3)).toBe("219.475");
  });
});
