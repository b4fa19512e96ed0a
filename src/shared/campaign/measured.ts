/** A person's measurements held against what was computed. */
import { z } from "zod";
import { decimal } from "../decimals.ts";
import { headWithUnit, type PropertyDeclaration, UNITS } from "../properties/property.ts";
import { ELECTRON_VOLT_PER_HARTREE, KCAL_PER_MOL_PER_HARTREE, KJ_PER_MOL_PER_HARTREE } from "../units.ts";
import type { MeasuredColumn } from "./sources/library.ts";
import { spearman } from "./statistics.ts";

/** Units of energy in which measurements are written, by how many of them make a Hartree. */
const PER_HARTREE: Readonly<Record<string, number>> = {
  Eh: 1,
  hartree: 1,
  eV: ELECTRON_VOLT_PER_HARTREE,
  meV: 1000 * ELECTRON_VOLT_PER_HARTREE,
  "kJ/mol": KJ_PER_MOL_PER_HARTREE,
  "kcal/mol": KCAL_PER_MOL_PER_HARTREE,
};
export const MEASURED_UNITS = Object.keys(PER_HARTREE);

const unitNamed = (text: string): string | undefined =>
  MEASURED_UNITS.find((unit) => unit.toLowerCase() === text.trim().toLowerCase());

/** "IE_exp:eV"; what follows the last colon is the unit where it is one. */
export function readMeasured(text: string): MeasuredColumn {
  const at = text.lastIndexOf(":");
  const unit = at < 0 ? undefined : unitNamed(text.slice(at + 1));
  return unit === undefined ? { column: text } : { column: text.slice(0, at), unit };
}

/** Predicted against measured, over the molecules that have both. */
export const MeasuredComparison = z.strictObject({
  column: z.string(),
  /** Of the error: the property's. */
  unit: z.string(),
  molecules: z.number().int(),
  /** Spearman's; null for fewer than two, or where one side is constant. */
  rankCorrelation: z.number().nullable(),
  /** Mean of the absolute and of the signed (computed less measured) differences. */
  meanAbsoluteError: z.number().nullable(),
  meanSignedError: z.number().nullable(),
  /** Rows whose cell is not a number: empty ones are not counted. */
  unreadable: z.number().int(),
});
export type MeasuredComparison = z.infer<typeof MeasuredComparison>;

/** A cell as a number: a comma may stand for the point, and a true minus for the hyphen. */
export function cellNumber(cell: string): number | null {
  const text = cell
    .trim()
    .replace("\u2212", "-")
    .replace(/^([+-]?\d+),(\d+)$/, "$1.$2");
  return text !== "" && Number.isFinite(Number(text)) ? Number(text) : null;
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;

/** @param rows cells of the column beside values of the property, as it is stored; null where it was not computed: not compared */
export function compareMeasured(
  { unit }: Pick<PropertyDeclaration, "unit">,
  { column, unit: measuredIn = unit }: MeasuredColumn,
  rows: readonly { cell: string; value: number | null }[],
): MeasuredComparison {
  const { fromStored } = UNITS[unit];
  const cells = rows
    .filter(({ cell }) => cell.trim() !== "")
    .map(({ cell, value }) => ({ measured: cellNumber(cell), computed: value }));
  const toShown = (value: number): number => fromStored(value / (PER_HARTREE[measuredIn] ?? Number.NaN));
  const pairs = cells.flatMap(({ measured, computed }) =>
    measured === null || computed === null
      ? []
      : [[fromStored(computed) as number, toShown(measured)] as const],
  );
  const errors = pairs.map(([computed, measured]) => computed - measured);
  return {
    column,
    unit,
    molecules: pairs.length,
    rankCorrelation: pairs.length < 2 ? null : spearman(pairs),
    meanAbsoluteError: mean(errors.map(Math.abs)),
    meanSignedError: mean(errors),
    unreadable: cells.filter(({ measured }) => measured === null).length,
  };
}

const shown = (value: number | null, digits: number): string =>
  value === null ? "–" : decimal(value, digits);

/** "Against IE_exp: rank correlation 0.98, mean absolute error 0.31 eV (n = 40)." */
export function measuredSentence(comparison: MeasuredComparison): string {
  const { column, unit, molecules, rankCorrelation, meanAbsoluteError, meanSignedError, unreadable } =
    comparison;
  const told = (value: number | null): string => headWithUnit(shown(value, 2), unit, " ");
  const left = unreadable === 0 ? "" : ` ${unreadable} cells of the column are no numbers.`;
  return `Against ${column}: rank correlation (Spearman) ${shown(rankCorrelation, 3)}, mean absolute error ${told(meanAbsoluteError)}, mean signed error ${told(meanSignedError)} (n = ${molecules}).${left}`;
}
