import { describe, expect, it } from "vitest";
import { withoutTurn } from "#core/quantum/geometry/without-turn.ts";
import { cross, type Vector } from "#shared/molecule/vectors.ts";
import { toBohr } from "#shared/units.ts";
import { water } from "../chemistry-reference.ts";

/** Forces of a turn about the origin, as of a field that stands still in space. */
const turning = (xyz: readonly number[], axis: Vector): Float64Array =>
  Float64Array.from(
    xyz.flatMap((_, i) =>
      i % 3 === 0
        ? cross(axis, [xyz[i]!, xyz[i + 1]!, xyz[i + 2]!].map((x) => toBohr(x)) as unknown as Vector)
        : [],
    ),
  );

const torqueOf = (xyz: readonly number[], gradient: Float64Array): Vector =>
  xyz.reduce<Vector>(
    (sum, _, i) =>
      i % 3 === 0
        ? (cross([xyz[i]!, xyz[i + 1]!, xyz[i + 2]!], [gradient[i]!, gradient[i + 1]!, gradient[i + 2]!]).map(
            (t, k): number => t + sum[k]!,
          ) as unknown as Vector)
        : sum,
    [0, 0, 0],
  );

/** Of the three atoms, Å. */
const CENTRE_Z = (0.1173 - 2 * 0.4692) / 3;

describe("a gradient without turns", () => {
  it("has no torque, and keeps what stretches and bends", () => {
    // About its centre.
    const xyz = water.coordinates_angstrom.map((x, i) => (i % 3 === 2 ? x - CENTRE_Z : x));
    const stretch = Float64Array.of(0, 0, 0, 0, 0.01, -0.008, 0, -0.01, -0.008);
    // Symmetric: no torque of its own.
    expect(Math.hypot(...torqueOf(xyz, stretch))).toBeLessThan(1e-12);
    const pulled = turning(xyz, [1e-3, -2e-3, 5e-4]).map((x, i) => x + stretch[i]!);
    expect(Math.hypot(...torqueOf(xyz, pulled))).toBeGreaterThan(1e-3);
    const left = withoutTurn(water, pulled);
    expect(Math.hypot(...torqueOf(xyz, left))).toBeLessThan(1e-12);
    for (const [i, x] of left.entries()) expect(x).toBeCloseTo(stretch[i]!, 12);
  });

  it("of a linear molecule keeps what is along its axis, and of an atom all", () => {
    const line = { symbols: ["H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.74] };
    const left = withoutTurn(line, Float64Array.of(0.1, 0, -0.3, -0.1, 0, 0.3));
    for (const [i, x] of [0, 0, -0.3, 0, 0, 0.3].entries()) expect(left[i]).toBeCloseTo(x, 12);
    const atom = { symbols: ["He"], coordinates_angstrom: [1, 2, 3] };
    expect([...withoutTurn(atom, Float64Array.of(1, 2, 3))]).toEqual([1, 2, 3]);
  });
});
