/** A field on a grid as a Gaussian cube file, which molecular viewers read. */
import { atomicNumber, type Geometry } from "#shared/molecule.ts";
import { toBohr } from "#shared/units.ts";
import type { GridField } from "./grid.ts";

const VALUES_PER_LINE = 6;

const numbers = (values: readonly number[]): string =>
  values.map((value) => value.toFixed(6).padStart(12)).join("");

/** Fortran's E13.5: one digit before the point, two in the exponent. */
function scientific(value: number): string {
  const [digits, exponent] = value.toExponential(5).split("e") as [string, string];
  const size = exponent.slice(1).padStart(2, "0");
  return ` ${digits}E${exponent[0]}${size}`.padStart(13);
}

/**
 * Two lines of comment, the grid and the atoms in bohr, then the values with the last axis running fastest, six a line, a
 * new line for each row of that axis. Positive counts say that lengths are in bohr.
 *
 * @param title one line
 */
export function toCube(geometry: Geometry, field: GridField, title: string): string {
  const lines = [title.replace(/\s+/g, " "), "z fastest; lengths in bohr"];
  const { symbols, coordinates_angstrom } = geometry;
  lines.push(`${String(symbols.length).padStart(5)}${numbers(field.origin_angstrom.map(toBohr))}`);
  for (const [axis, step] of field.axes_angstrom.entries())
    lines.push(`${String(field.counts[axis]).padStart(5)}${numbers(step.map(toBohr))}`);
  for (const [atom, symbol] of symbols.entries()) {
    const z = atomicNumber(symbol)!;
    const position = coordinates_angstrom.slice(3 * atom, 3 * atom + 3).map(toBohr);
    lines.push(`${String(z).padStart(5)}${numbers([z, ...position])}`);
  }
  const row = field.counts[2];
  for (let first = 0; first < field.values.length; first += row)
    for (let at = first; at < first + row; at += VALUES_PER_LINE)
      lines.push(
        [...field.values.subarray(at, Math.min(at + VALUES_PER_LINE, first + row))].map(scientific).join(""),
      );
  return `${lines.join("\n")}\n`;
}
