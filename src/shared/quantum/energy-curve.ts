/** Energies along a curve, and where it is not smooth. */

import { z } from "zod";
import type { Geometry } from "../molecule/molecule.ts";
import { distance } from "../molecule/vectors.ts";
import { toKcalPerMol } from "../units.ts";
import { EnergyResult } from "./energy-result.ts";

/** Between two neighbouring frames, counted from 0, where the curve is not smooth. */
export const CurveBreak = z.strictObject({
  frames: z.tuple([z.number().int(), z.number().int()]),
  /** solution: each frame's Hartree–Fock solution, followed to the other, ends above that one's; energy: it jumps. */
  reason: z.enum(["solution", "energy"]),
  /** How far above the followed solution ends, or the size of the jump, Hartree. */
  size_hartree: z.number(),
});
export type CurveBreak = z.infer<typeof CurveBreak>;

export const EnergyCurve = z.strictObject({
  points: z.array(EnergyResult),
  breaks: z.array(CurveBreak),
});
export type EnergyCurve = z.infer<typeof EnergyCurve>;

/** 1 kcal/mol: smaller jumps are not told from curvature. */
const SMALLEST_JUMP_HARTREE = 1 / toKcalPerMol(1);

/** Share of the largest that the smallest of three alternating second differences has in a zigzag. */
const ZIGZAG_SHARE = 0.3;

/** How far apart neighbouring frames are: the root mean square change of the distances between atoms, Å. */
export function frameSteps(geometries: readonly Geometry[]): number[] {
  const distances = geometries.map(({ symbols, coordinates_angstrom: x }) =>
    symbols.flatMap((_, a) => symbols.slice(0, a).map((_b, b) => distance(x, a, b))),
  );
  return distances.slice(1).map((after, k) => {
    const squares = after.map((r, pair) => (r - (distances[k]![pair] ?? r)) ** 2);
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / Math.max(1, squares.length));
  });
}

/**
 * Jumps of a curve, from its second differences alone. A jump makes two of opposite sign side by side, both larger than those
 * around them, where an inflection makes two that are smaller; a zigzag makes three of alternating sign. Needs six frames, or
 * five of a zigzag, none of them at the place of the one before.
 *
 * @param steps between each frame and the next, in any unit
 */
export function energyBreaks(energies: readonly (number | null)[], steps: readonly number[]): CurveBreak[] {
  if (steps.some((step) => !(step > 0))) return [];
  const second = energies.map((energy, k) => {
    const [before, after] = [energies[k - 1] ?? null, energies[k + 1] ?? null];
    if (energy === null || before === null || after === null) return null;
    const [back, on] = [steps[k - 1]!, steps[k]!];
    return (2 * ((after - energy) / on - (energy - before) / back)) / (back + on);
  });
  return energies.flatMap((_, k): CurveBreak[] => {
    const [outer, left, right, beyond] = [k - 1, k, k + 1, k + 2].map((at) => second[at] ?? null);
    if (left == null || right == null || left * right >= 0) return [];
    const size = Math.min(Math.abs(left), Math.abs(right));
    const size_hartree = size * steps[k]! ** 2;
    if (size_hartree < SMALLEST_JUMP_HARTREE) return [];
    const stands = [outer, beyond].every((value) => value != null && size > Math.abs(value));
    const pairs = [
      [outer, left],
      [beyond, right],
    ] as const;
    const zigzags = pairs.some(([far, near]) => {
      if (far == null || far * near >= 0) return false;
      const three = [far, left, right].map(Math.abs);
      return Math.min(...three) > ZIGZAG_SHARE * Math.max(...three);
    });
    return stands || zigzags ? [{ frames: [k, k + 1], reason: "energy", size_hartree }] : [];
  });
}
