/** How far computed values are from those of a set, and from a line through them. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
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
function lineThrough(rows: readonly Compared[]): { slope: number; offset: number } {
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [x, y] = [mean(rows.map((row) => row.computed)), mean(rows.map((row) => row.reference))];
  const covariance = rows.reduce((sum, row) => sum + (row.computed - x) * (row.reference - y), 0);
  const slope = covariance / rows.reduce((sum, row) => sum + (row.computed - x) ** 2, 0);
  return { slope, offset: y - slope * x };
}

const meanAbsolute = (errors: readonly number[]): number =>
  errors.reduce((sum, error) => sum + Math.abs(error), 0) / errors.length;

/** What is left of errors when their mean is taken away, which no ranking feels. */
const deviationOf = (errors: readonly number[], mean: number): number =>
  Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (errors.length - 1));

/** A line of the table: how many, ρ, mean absolute error before and after the line, mean error, standard deviation, the largest. */
function summaryLine(
  name: string,
  rows: readonly Compared[],
  { slope, offset }: { slope: number; offset: number },
): string {
  const errors = rows.map(({ computed, reference }) => computed - reference);
  const fitted = rows.map(({ computed, reference }) => slope * computed + offset - reference);
  const rho = spearman(rows.map(({ computed, reference }) => [computed, reference]));
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  const largest = Math.max(...errors.map(Math.abs));
  const deviation = deviationOf(errors, mean);
  const numbers = [meanAbsolute(errors), meanAbsolute(fitted), mean, deviation, largest];
  return `| ${name} | ${rows.length} | ${rho?.toFixed(3) ?? "–"} | ${numbers.map((x) => x.toFixed(2)).join(" | ")} |`;
}

/** Prints a Markdown table of both halves and of all, with the line through the half that fits. */
export function printHalves(compared: readonly Compared[]): void {
  const half = (which: string) => compared.filter(({ smiles }) => halfOf(smiles) === which);
  const line = lineThrough(half("fit"));
  console.log(`line on the half that fits: ${line.slope.toFixed(3)} · computed + ${line.offset.toFixed(2)}`);
  console.log("| half | n | ρ | MAE | MAE, line | mean | σ | largest |\n|---|---|---|---|---|---|---|---|");
  for (const which of ["fit", "test"]) console.log(summaryLine(which, half(which), line));
  console.log(summaryLine("all", compared, line));
  printCoverage(half("fit"), half("test"));
}

const errorsOf = (rows: readonly Compared[]): number[] =>
  rows.map(({ computed, reference }) => computed - reference);
const meanOf = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** How many errors of the half that nothing was fitted to lie within one and 1.96 standard deviations of the other, their mean taken away. */
function printCoverage(fit: readonly Compared[], test: readonly Compared[]): void {
  const fitted = errorsOf(fit);
  const sigma = deviationOf(fitted, meanOf(fitted));
  const errors = errorsOf(test);
  const mean = meanOf(errors);
  const within = (most: number) => errors.filter((error) => Math.abs(error - mean) <= most).length;
  const share = (count: number) =>
    `${count} of ${errors.length} (${((100 * count) / errors.length).toFixed(0)} %)`;
  console.log(
    `σ of the half that fits: ${sigma.toFixed(3)}; of the other ${share(within(sigma))} lie within it, ${share(within(1.96 * sigma))} within 1.96 of it`,
  );
}

/** Prints a line a molecule: its name, the computed number, the reference, the difference. */
export function printCompared(compared: readonly Compared[], digits: number): void {
  for (const { name, computed, reference } of compared) {
    const numbers = [computed, reference, computed - reference].map((x) => x.toFixed(digits));
    console.log([name, ...numbers].join("\t"));
  }
}

/** What an earlier run left in a file of JSON lines; none where it is not there. */
export const readRows = <Row>(path: string): Row[] =>
  (existsSync(path) ? readFileSync(path, "utf8").trim().split("\n") : []).map(
    (line) => JSON.parse(line) as Row,
  );
