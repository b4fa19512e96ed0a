/** The Gaussian cube format: a field on a grid, for viewers. Lengths in bohr. */

import { z } from "zod";
import { toBohr } from "../units.ts";
import { atomicNumber, type Geometry } from "./molecule.ts";

const Vector = z.tuple([z.number(), z.number(), z.number()]).readonly();

/** Values at origin + i·axes[0] + j·axes[1] + k·axes[2], [i][j][k] with k running fastest. */
export const CubeField = z.strictObject({
  origin_angstrom: Vector,
  axes_angstrom: z.tuple([Vector, Vector, Vector]).readonly(),
  counts: Vector,
  values: z.instanceof(Float32Array),
});
export type CubeField = z.infer<typeof CubeField>;

/** A field that was computed, and what its reader has to know. */
export const ComputedField = CubeField.extend({ notes: z.array(z.string()) });
export type ComputedField = z.infer<typeof ComputedField>;

const VALUES_A_LINE = 6;

const line = (count: number, numbers: readonly number[]): string =>
  `${String(count).padStart(5)}${numbers.map((value) => value.toFixed(6).padStart(12)).join("")}`;

/** Fortran's E13.5: one digit before the point, two or more in the exponent. */
function scientific(value: number): string {
  const [digits, exponent] = value.toExponential(5).split("e") as [string, string];
  return `${digits}E${exponent[0]}${exponent.slice(1).padStart(2, "0")}`.padStart(13);
}

/** One column of the grid, six values a line. */
function column(values: ArrayLike<number>, first: number, count: number): string {
  let text = "";
  for (let k = 0; k < count; k++) {
    text += scientific(values[first + k]!);
    if (k % VALUES_A_LINE === VALUES_A_LINE - 1 || k === count - 1) text += "\n";
  }
  return text;
}

/** Writes a field as a cube file; line breaks in the comments become spaces. */
export function formatCube(
  geometry: Geometry,
  { origin_angstrom, axes_angstrom, counts, values }: CubeField,
  comments: readonly [string, string],
): string {
  const header = [
    ...comments.map((comment) => comment.replace(/[\r\n]+/g, " ")),
    line(geometry.symbols.length, origin_angstrom.map(toBohr)),
    ...axes_angstrom.map((axis, k) => line(counts[k]!, axis.map(toBohr))),
    ...geometry.symbols.map((symbol, atom) => {
      const charge = atomicNumber(symbol) ?? 0;
      const position = geometry.coordinates_angstrom.slice(3 * atom, 3 * atom + 3).map(toBohr);
      return line(charge, [charge, ...position]);
    }),
  ];
  const columns = Array.from({ length: counts[0] * counts[1] }, (_, ij) =>
    column(values, ij * counts[2], counts[2]),
  );
  return `${header.join("\n")}\n${columns.join("")}`;
}
