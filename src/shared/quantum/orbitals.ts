/** Orbitals of a calculation that was kept, and what is drawn of them. */
import { z } from "zod";
import { Mesh } from "../molecule/mesh.ts";

/** Orbitals of one spin or of both, in the order of their column: lowest first, or natural ones after the core. */
export const ShownOrbitals = z.strictObject({
  spin: z.enum(["both", "alpha", "beta"]),
  /** Electrons of this set's spin in each, 0 … 2 or 0 … 1. */
  occupations: z.array(z.number()),
  /** null where orbitals have none, as natural ones. */
  energies_hartree: z.array(z.number()).nullable(),
});
export type ShownOrbitals = z.infer<typeof ShownOrbitals>;

/** An orbital by its set and its place in it, both from 0; a density of all of them. */
export const DrawnField = z.union([
  z.enum(["density", "spin-density"]),
  z.strictObject({ set: z.number().int().min(0).max(1), orbital: z.number().int().min(0) }),
]);
export type DrawnField = z.infer<typeof DrawnField>;

/** Where a field has one value and where it has its negative: ψ in bohr^(−3/2), densities in e/bohr³. */
export const FieldSurface = z.strictObject({
  positive: Mesh,
  /** Empty for an electron density. */
  negative: Mesh,
  /** Points of the grid that it was made on. */
  points: z.number().int(),
  spacing_angstrom: z.number(),
});
export type FieldSurface = z.infer<typeof FieldSurface>;

/** A surface of the electron density, and what a unit charge feels at each of its vertices. */
export const PotentialSurface = z.strictObject({
  mesh: Mesh,
  potential_hartree_per_e: z.instanceof(Float32Array),
});
export type PotentialSurface = z.infer<typeof PotentialSurface>;

/** Of at most this electrons an orbital is as good as empty. */
const EMPTY = 1e-3;

/** Place of the highest orbital that holds electrons; −1 where none does. */
export const highestOccupied = ({ occupations }: Pick<ShownOrbitals, "occupations">): number =>
  occupations.findLastIndex((n) => n > EMPTY);

/** What electrons of one orbital count in a density: each set's electrons, less those of β for the density of spin. */
export function canHaveSpinDensity(sets: readonly ShownOrbitals[]): boolean {
  if (sets.length === 2) return true;
  const whole = (n: number): boolean => Math.abs(n - Math.round(n)) < EMPTY;
  return (
    sets.length === 1 &&
    sets.every(({ occupations }) => occupations.every(whole) && occupations.some((n) => Math.round(n) === 1))
  );
}
