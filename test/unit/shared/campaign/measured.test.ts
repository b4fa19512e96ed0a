import { describe, expect, it } from "vitest";
import { compareMeasured, measuredSentence, readMeasured, unitProblem } from "#shared/campaign/measured.ts";
import { fromElectronVolt } from "#shared/units.ts";

const property = { unit: "eV" } as const;
let count = 0;
/** Of a molecule of its own, unless it is named. */
const row = (cell: string, computed_eV?: number, molecule = `row ${count++}`) => ({
  cell,
  value: computed_eV === undefined ? null : fromElectronVolt(computed_eV),
  molecule,
});

describe("a measured column", () => {
  it.each([
    ["IE", { column: "IE" }],
    ["IE:kJ/mol", { column: "IE", unit: "kJ/mol" }],
    ["IE: EV", { column: "IE", unit: "eV" }],
    ["a:b", { column: "a:b" }],
    ["a:b:kcal/mol", { column: "a:b", unit: "kcal/mol" }],
  ])("is named with or without its unit: %s", (text, column) => expect(readMeasured(text)).toEqual(column));

  it("is compared with what was computed, over rows that have both", () => {
    const rows = [row("10", 11), row("9,5", 9), row("\u22121", 2), row("n/a", 3), row("8"), row("", 4)];
    const found = compareMeasured(property, { column: "m" }, rows);
    expect(found).toMatchObject({ column: "m", unit: "eV", molecules: 3, unreadable: 1 });
    expect(found.rankCorrelation).toBeCloseTo(1, 12);
    expect(found.meanAbsoluteError).toBeCloseTo((1 + 0.5 + 3) / 3, 12);
    expect(found.meanSignedError).toBeCloseTo((1 - 0.5 + 3) / 3, 12);
  });

  it("is taken to the property's unit: 1000 kJ/mol are 10.3643 eV", () => {
    const found = compareMeasured(property, { column: "m", unit: "kJ/mol" }, [row("1000", 10.3643)]);
    expect(found.meanAbsoluteError).toBeCloseTo(0, 4);
    expect(found.rankCorrelation).toBeNull();
    expect(measuredSentence(found)).toContain("rank correlation (Spearman) –, mean absolute error 0.00 eV");
    for (const unit of ["kj/mol", " KJ/MOL "])
      expect(compareMeasured(property, { column: "m", unit }, [row("1000", 10.3643)])).toEqual(found);
    expect(measuredSentence({ ...found, unit: "dimensionless" })).toContain(
      "mean absolute error 0.00, mean signed error 0.00 (n",
    );
  });

  it.each(["IP (kJ/mol)", "IE [kJ/mol]", "IE / kJ/mol", "ie_kj/mol"])(
    "is in the unit that its head ends in: %s",
    (column) => {
      const [{ meanAbsoluteError }, dimensionless] = [
        compareMeasured(property, { column }, [row("1000", 10.3643)]),
        compareMeasured({ unit: "dimensionless" }, { column }, [{ cell: "2", value: 3, molecule: "a" }]),
      ];
      expect(meanAbsoluteError).toBeCloseTo(0, 4);
      expect(dimensionless.meanAbsoluteError).toBe(1);
      expect(unitProblem(property, { column, unit: "kj/mol" })).toBeUndefined();
      expect(unitProblem(property, { column, unit: "meV" })).toBe(
        'expected kJ/mol, as its head says, got "meV"',
      );
      expect(unitProblem(property, { column: "IE (Eh)", unit: "hartree" })).toBeUndefined();
    },
  );

  it("is as it stands where the property has no unit, and refused in one", () => {
    const dimensionless = { unit: "dimensionless" } as const;
    const scores = [0.5, 0.75].map((value, k) => ({ cell: String(value - 0.25), value, molecule: `${k}` }));
    expect(compareMeasured(dimensionless, { column: "m" }, scores)).toMatchObject({
      molecules: 2,
      meanAbsoluteError: 0.25,
      meanSignedError: 0.25,
    });
    expect(unitProblem(dimensionless, { column: "m" })).toBeUndefined();
    expect(unitProblem(dimensionless, { column: "m", unit: "eV" })).toBe('expected no unit, got "eV"');
    expect(unitProblem(property, { column: "m", unit: "EV" })).toBeUndefined();
    expect(unitProblem(property, { column: "m", unit: "volts" })).toBe(
      'expected one of Eh, hartree, eV, meV, kJ/mol, kcal/mol, or none, got "volts"',
    );
    // Of a campaign that began before units were looked at.
    const told = compareMeasured(property, { column: "m", unit: "volts" }, [row("1", 2), row("2", 3)]);
    expect(told).toMatchObject({ rankCorrelation: 1, meanAbsoluteError: null, meanSignedError: null });
  });

  it("of one molecule in several rows is their mean, and said to be so", () => {
    const several = [
      row("", 10, "a"),
      row("9", undefined, "a"),
      row("10", undefined, "a"),
      row("12", 11, "b"),
    ];
    const found = compareMeasured(property, { column: "m" }, several);
    expect(found).toMatchObject({ molecules: 2, repeated: 1 });
    expect(found.meanAbsoluteError).toBeCloseTo((0.5 + 1) / 2, 12);
    expect(measuredSentence(found)).toContain("(n = 2). The mean of a molecule's cells is compared (1 more");
  });
});
