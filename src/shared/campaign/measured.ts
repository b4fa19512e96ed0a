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

/** As people write it, whatever its case; undefined for what is no unit of energy. */
const unitNamed = (text: string): string | undefined =>
  MEASURED_UNITS.find((unit) => unit.toLowerCase() === text.trim().toLowerCase());

/** What a head ends in where that is a unit: "IP (kcal/mol)", "IE [eV]", "IE / eV", "ie_eV". */
const unitInHead = (head: string): string | undefined =>
  unitNamed(/[([_ /,]\s*(\w+(?:\/mol)?)\s*[)\]]?\s*$/.exec(head)?.[1] ?? "");

type Compared = Pick<PropertyDeclaration, "unit">;

const isEnergy = ({ unit }: Compared): boolean => UNITS[unit].stored === "hartree";

/** A measurement as the property is shown; undefined where the column's unit is none of the property's. */
function toShown(
  property: Compared,
  { column, unit = isEnergy(property) ? unitInHead(column) : undefined }: MeasuredColumn,
): ((value: number) => number) | undefined {
  if (unit === undefined) return (value) => value;
  const perHartree = PER_HARTREE[unitNamed(unit) ?? ""];
  if (perHartree === undefined || !isEnergy(property)) return undefined;
  return (value) => UNITS[property.unit].fromStored(value / perHartree);
}

/** Why a column's unit is none of the property's, or not its head's, as 'expected no unit, got "eV"'; undefined where it is one. */
export function unitProblem(property: Compared, column: MeasuredColumn): string | undefined {
  if (toShown(property, column)) {
    const [said, inHead] = [unitNamed(column.unit ?? ""), unitInHead(column.column)];
    if (!said || !inHead || PER_HARTREE[said] === PER_HARTREE[inHead]) return undefined;
    return `expected ${inHead}, as its head says, got "${column.unit}"`;
  }
  const expected = isEnergy(property) ? `one of ${MEASURED_UNITS.join(", ")}, or none` : "no unit";
  return `expected ${expected}, got "${column.unit}"`;
}

/**
 * Why a column is none of those there are; undefined where it is one. What follows its last colon may have been meant as a unit.
 *
 * @param columns heads of the data
 */
export function columnProblem(columns: readonly string[], { column }: MeasuredColumn): string | undefined {
  if (columns.includes(column)) return undefined;
  const at = column.lastIndexOf(":");
  if (at > 0 && columns.includes(column.slice(0, at)))
    return `expected one of ${MEASURED_UNITS.join(", ")} as the unit of the column ${column.slice(0, at)}, got "${column.slice(at + 1)}"`;
  return `expected one of the columns ${columns.join(", ") || "(there are none)"}, got "${column}"`;
}

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
  /** Further cells of these molecules: the mean of a molecule's cells is compared. */
  repeated: z.number().int(),
  /** Spearman's; null for fewer than two, or where one side is constant. */
  rankCorrelation: z.number().nullable(),
  /** Mean of the absolute and of the signed (computed less measured) differences; null too where the column's unit is none of the property's. */
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

/** A row of a campaign. */
export interface MeasuredRow {
  /** Of the column; empty where the row has none. */
  readonly cell: string;
  /** Of the property, as it is stored; null where it was not computed. */
  readonly value: number | null;
  /** The same for rows of one molecule, of which one is computed for all. */
  readonly molecule: string;
}

/** The number of each molecule that was computed, beside its measurements. */
function measuredMolecules(rows: readonly MeasuredRow[]): { computed: number; measured: number[] }[] {
  return [...Map.groupBy(rows, ({ molecule }) => molecule).values()].flatMap((same) => {
    const computed = same.find(({ value }) => value !== null)?.value ?? null;
    const measured = same.flatMap(({ cell }) => cellNumber(cell) ?? []);
    return computed === null || measured.length === 0 ? [] : [{ computed, measured }];
  });
}

/** Molecules that were not computed are not compared. @param rows all of the campaign */
export function compareMeasured(
  property: Compared,
  column: MeasuredColumn,
  rows: readonly MeasuredRow[],
): MeasuredComparison {
  const { fromStored } = UNITS[property.unit];
  const compared = measuredMolecules(rows);
  const pairs = compared.map(
    ({ computed, measured }) => [fromStored(computed) as number, mean(measured) ?? 0] as const,
  );
  const shownIn = toShown(property, column);
  const errors = shownIn ? pairs.map(([computed, measured]) => computed - shownIn(measured)) : [];
  return {
    column: column.column,
    unit: property.unit,
    molecules: compared.length,
    repeated: compared.reduce((sum, { measured }) => sum + measured.length - 1, 0),
    rankCorrelation: pairs.length < 2 ? null : spearman(pairs),
    meanAbsoluteError: mean(errors.map(Math.abs)),
    meanSignedError: mean(errors),
    unreadable: rows.filter(({ cell }) => cell.trim() !== "" && cellNumber(cell) === null).length,
  };
}

const shown = (value: number | null, digits: number): string =>
  value === null ? "–" : decimal(value, digits);

/** "Against IE_exp: rank correlation 0.98, mean absolute error 0.31 eV (n = 40)." @param digits of the errors */
export function measuredSentence(comparison: MeasuredComparison, digits = 2): string {
  const {
    column,
    unit,
    molecules,
    repeated,
    rankCorrelation,
    meanAbsoluteError,
    meanSignedError,
    unreadable,
  } = comparison;
  const told = (value: number | null): string => headWithUnit(shown(value, digits), unit, " ");
  const again =
    repeated === 0
      ? ""
      : ` The mean of a molecule's cells is compared (${repeated} more than there are molecules).`;
  const left = unreadable === 0 ? "" : ` Cells of the column that are no numbers: ${unreadable}.`;
  return `Against ${column}: rank correlation (Spearman) ${shown(rankCorrelation, 3)}, mean absolute error ${told(meanAbsoluteError)}, mean signed error ${told(meanSignedError)} (n = ${molecules}).${again}${left}`;
}
