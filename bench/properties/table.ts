/** How far computed values are from those of a set, and from a line through them. */
import { createHash } from "node:crypto";
import { spearman } from "#shared/campaign/statistics.ts";

export interface Compared {
  readonly name: string;
  readonly smiles: string;
  readonly reference: number;
  readonly computed: number;
}

/** Half of a set by the first bit of the SHA-256 of its SMILES: "fit" is for choosing, "test" for reporting. */
export const halfOf = (smiles: string): "fit" | "test" =>
  // A digest has 32 bytes.
  createHash("sha256").update(smiles).digest()[0]! < 128 ? "fit" : "test";

/** Least squares: reference = slope · computed + offset. */
export function lineThrough(rows: readonly Compared[]): { slope: number; offset: number } {
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [x, y] = [mean(rows.map((row) => row.computed)), mean(rows.map((row) => row.reference))];
  const covariance = rows.reduce((sum, row) => sum + (row.computed - x) * (row.reference - y), 0);
  const slope = covariance / rows.reduce((sum, row) => sum + (row.computed - x) ** 2, 0);
  return { slope, offset: y - slope * x };
}

const meanAbsolute = (errors: readonly number[]): number =>
  errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;

/** A line of a Markdown table: how many, ρ, mean absolute error before and after the line, mean error, the largest. */
export function summaryLine(
  name: string,
  rows: readonly Compared[],
  { slope, offset }: { slope: number; offset: number },
): string {
  const errors = rows.map(({ computed, reference }) => computed - reference);
  const fitted = rows.map(({ computed, reference }) => slope * computed + offset - reference);
  const rho = spearman(rows.map(({ computed, reference }) => [computed, reference]));
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const largest = Math.max(...errors.map(Math.abs));
  const numbers = [meanAbsolute(errors), meanAbsolute(fitted), mean, largest].map((x) => x.toFixed(2));
  return `| ${name} | ${rows.length} | ${rho?.toFixed(3) ?? "–"} | ${numbers.join(" | ")} |`;
}
