/** Molecular orbitals and electron density on a grid of points, for viewers. */
import { DomainError } from "#shared/errors.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { toBohr } from "#shared/units.ts";
import { callNative } from "../native/native.ts";
import type { ScfResult } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";

type Vector = readonly [number, number, number];

/** Points origin + i·axes[0] + j·axes[1] + k·axes[2], Å, with i, j, k below the counts. */
export interface Grid {
  readonly origin_angstrom: Vector;
  /** The step along each axis. */
  readonly axes_angstrom: readonly [Vector, Vector, Vector];
  readonly counts: Vector;
}

export interface GridField extends Grid {
  /** [i][j][k] with k running fastest: densities in e/bohr³, orbitals in bohr^(−3/2). */
  readonly values: Float32Array<ArrayBuffer>;
}

/** Values of a field of this many points fill 256 MiB while they are made. */
const MOST_POINTS = 2 ** 25;

/**
 * A box along x, y and z around the nuclei.
 *
 * @param margin_angstrom from the outermost nuclei to the faces; at the default the density of a neutral molecule
 * has fallen below 1e-4 e/bohr³
 */
export function boxAround(
  geometry: Geometry,
  {
    margin_angstrom = 3.5,
    spacing_angstrom = 0.2,
  }: { margin_angstrom?: number; spacing_angstrom?: number } = {},
): Grid {
  const range = ([0, 1, 2] as const).map((axis) => {
    const own = geometry.coordinates_angstrom.filter((_, i) => i % 3 === axis);
    const [low, high] = [Math.min(...own), Math.max(...own)];
    const steps = Math.ceil((high - low + 2 * margin_angstrom) / spacing_angstrom);
    return { first: (low + high - steps * spacing_angstrom) / 2, count: steps + 1 };
  });
  const [x, y, z] = range as [(typeof range)[0], (typeof range)[0], (typeof range)[0]];
  return {
    origin_angstrom: [x.first, y.first, z.first],
    axes_angstrom: [
      [spacing_angstrom, 0, 0],
      [0, spacing_angstrom, 0],
      [0, 0, spacing_angstrom],
    ],
    counts: [x.count, y.count, z.count],
  };
}

function checkGrid({ origin_angstrom, axes_angstrom, counts }: Grid): void {
  if (![...origin_angstrom, ...axes_angstrom.flat()].every(Number.isFinite)) {
    throw new DomainError("invalid-input", "A grid needs a finite origin and finite axes in Å.");
  }
  if (!counts.every((count) => Number.isInteger(count) && count > 0)) {
    throw new DomainError(
      "invalid-input",
      `A grid needs three counts of 1 or more, got ${counts.join(", ")}.`,
    );
  }
  const points = counts[0] * counts[1] * counts[2];
  if (points > MOST_POINTS) {
    throw new DomainError(
      "not-supported",
      `A grid of ${points} points is too large, expected at most ${MOST_POINTS}: take a wider spacing or a smaller box.`,
      { points },
    );
  }
}

/** A column of a set of orbitals, and what its square counts. */
interface WeightedColumn {
  set: Float64Array;
  column: number;
  weight: number;
}

/** Columns side by side, [nBasis, columns]. */
function pick(system: QuantumSystem, columns: readonly WeightedColumn[]): Float64Array {
  const n = columns.length;
  return Float64Array.from({ length: system.nBasis * n }, (_, i) => {
    const { set, column } = columns[i % n]!;
    return set[Math.floor(i / n) * (set.length / system.nBasis) + column]!;
  });
}

/** An orbital, or with weights the density Σ w ψ², of columns over the basis functions. @throws DomainError as orbitalOnGrid */
export function onGrid(
  system: Pick<QuantumSystem, "handle">,
  grid: Grid,
  fields: { orbitals: Float64Array; weights?: Float64Array },
): GridField {
  checkGrid(grid);
  const values = callNative((addon) =>
    addon.fieldOnGrid({
      system: system.handle,
      ...fields,
      origin: Float64Array.from(grid.origin_angstrom, toBohr),
      axes: Float64Array.from(grid.axes_angstrom.flat(), toBohr),
      counts: Int32Array.from(grid.counts),
    }),
  );
  return { ...grid, values: Float32Array.from(values) };
}

/**
 * One molecular orbital ψ(r). Cost: points × functions.
 *
 * @param orbital from 0, in order of energy; spin: which set of a UHF field
 * @throws DomainError `invalid-input` for an orbital that is not there or a malformed grid, `not-supported` for one that
 * is too large; AbortError.
 */
export function orbitalOnGrid(
  system: QuantumSystem,
  scf: ScfResult,
  { orbital, spin = "alpha", grid }: { orbital: number; spin?: "alpha" | "beta"; grid?: Grid },
): GridField {
  const [alpha, beta = alpha] = scf.orbitals;
  const set = spin === "alpha" ? alpha : beta;
  const count = set.length / system.nBasis;
  if (!Number.isInteger(orbital) || orbital < 0 || orbital >= count) {
    throw new DomainError("invalid-input", `Orbital: expected 0 to ${count - 1}, got ${orbital}.`, {
      orbital,
    });
  }
  const orbitals = pick(system, [{ set, column: orbital, weight: 1 }]);
  return onGrid(system, grid ?? boxAround(system.geometry), { orbitals });
}

/**
 * The electron density ρ(r), or the spin density ρα − ρβ. Cost: points × functions × occupied orbitals.
 *
 * @throws DomainError as orbitalOnGrid; AbortError.
 */
export function densityOnGrid(
  system: QuantumSystem,
  scf: ScfResult,
  { kind = "electron", grid }: { kind?: "electron" | "spin"; grid?: Grid } = {},
): GridField {
  const sign = kind === "spin" ? -1 : 1;
  const [nAlpha, nBeta] = scf.nelec;
  const [alpha, beta] = scf.orbitals;
  const columns = Array.from({ length: nAlpha }, (_, column) => {
    return { set: alpha, column, weight: beta || column >= nBeta ? 1 : 1 + sign };
  });
  if (beta) for (let column = 0; column < nBeta; column++) columns.push({ set: beta, column, weight: sign });
  const weights = Float64Array.from(columns, ({ weight }) => weight);
  return onGrid(system, grid ?? boxAround(system.geometry), { orbitals: pick(system, columns), weights });
}
