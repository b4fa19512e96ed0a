import { describe, expect, it } from "vitest";
import { compareMeasured, measuredSentence, readMeasured } from "#shared/campaign/measured.ts";
import { fromElectronVolt } from "#shared/units.ts";

const property = { unit: "eV" } as const;
const row = (cell: string, computed_eV?: number) => ({
  cell,
  value: computed_eV === undefined ? null : fromElectronVolt(computed_eV),
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
    expect(measuredSentence({ ...found, unit: "dimensionless" })).toContain(
      "mean absolute error 0.00, mean signed error 0.00 (n",
    );
  });
});
