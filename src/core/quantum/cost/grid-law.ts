/** What the grids of a density functional take: time of the processor, and memory. */
import { FUNCTIONALS, type FunctionalName, type GridLevel } from "#shared/quantum/functionals.ts";
import { CHECKED_ATOM_POINTS, POINT_BYTES } from "../native/limits.ts";

export interface GridWork {
  readonly functional: FunctionalName;
  readonly level: GridLevel;
  readonly atoms: number;
  /** Basis functions. */
  readonly n: number;
  readonly isOpen: boolean;
}

/** Points of an atom, of hydrocarbons in the middle. */
const POINTS = { coarse: 5000, medium: 10_000, fine: 27_500, finest: 56_000 } as const;
/** An atom of the grid that others are measured with: making it and the energy on it, in points whose potential is computed. */
const CHECKED_POINTS = 230_000;

/**
 * Of a point whose potential is computed, µs: 1.3 of 21 functions to 2.6 of 102, HCl to benzene in 6-31G*, on one thread of an AMD EPYC with
 * AVX2, as the other laws, 30 November 2026; with AVX-512 half as much.
 */
const point_us = (n: number): number => 1.1 + 0.013 * n;
/** Kinetic energies ask for three more products of matrices; two spins for twice as many. */
const KINETIC_FACTOR = 2.15;
/** A response against a potential. */
const RESPONSE_FACTOR = 1.5;
/** A gradient against a potential: PBE, B3LYP and r²SCAN of benzene in 6-31G*, 1.8 to 2.4, 30 November 2026. */
const GRADIENT_FACTOR = 2.4;
/** Of the Fock matrices of a search on the coarse grid: iterations; the others are of tests of stability and Newton's steps. */
const ITERATIONS_SHARE = 0.5;
/** Of those of an open shell's search: Hartree–Fock's, from whose orbitals it starts. */
const GRIDLESS_SHARE = 0.3;
/** From the coarse grid to the one asked for. */
const LAST_ITERATIONS = 7;

/** So many points of each atom whose potential is computed. */
function pointsTime_ms({ functional, atoms, n, isOpen }: GridWork, points: number): number {
  const kinetic = FUNCTIONALS[functional].ingredients === "kinetic energy" ? KINETIC_FACTOR : 1;
  return (points * atoms * point_us(n) * kinetic * (isOpen ? 2 : 1)) / 1000;
}

/** Of a field, beside so many Fock matrices. */
export function gridTime_ms(grid: GridWork, builds: number): number {
  const last = Math.min(LAST_ITERATIONS, builds);
  const searching = (builds - last) * (grid.isOpen ? 1 - GRIDLESS_SHARE : 1);
  const each = ITERATIONS_SHARE + (1 - ITERATIONS_SHARE) * RESPONSE_FACTOR;
  return pointsTime_ms(grid, last * POINTS[grid.level] + searching * each * POINTS.coarse);
}

/** Of second derivatives on the field's own grid, in so many directions. */
export const gridResponseTime_ms = (grid: GridWork, directions: number): number =>
  pointsTime_ms(grid, RESPONSE_FACTOR * directions * POINTS[grid.level]);

/** What says how good the grid is, once for an energy. */
export const gridErrorTime_ms = (grid: GridWork): number => pointsTime_ms(grid, CHECKED_POINTS);

/** Of a field beside a near one, with its gradient: no test of stability. */
export const gridStepTime_ms = (grid: GridWork, builds: number): number =>
  pointsTime_ms(grid, (builds + GRADIENT_FACTOR) * POINTS[grid.level]);

/** Partial potentials that are summed in order, and how much they hold at most: native/src/exchange_correlation. */
const PARTS = 16;
const MOST_PARTS_BYTES = 256 * 1024 ** 2;

export function gridMemory_bytes({ level, atoms, n, isOpen }: GridWork): number {
  const points = (POINTS[level] + POINTS.coarse) * atoms + CHECKED_ATOM_POINTS;
  const partial = 8 * n ** 2 * (isOpen ? 2 : 1);
  return POINT_BYTES * points + Math.max(partial, Math.min(PARTS * partial, MOST_PARTS_BYTES));
}
