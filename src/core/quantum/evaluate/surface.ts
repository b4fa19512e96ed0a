/** Orbitals as they are kept with a calculation, and the surfaces that are drawn of them. */
import { DomainError } from "#shared/errors.ts";
import { emptyMesh, isosurface } from "#shared/molecule/isosurface.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import {
  canHaveSpinDensity,
  type DrawnField,
  type FieldSurface,
  highestOccupied,
  type ShownOrbitals,
} from "#shared/quantum/orbitals.ts";
import { boxAround, onGrid } from "../field/grid.ts";
import { openSystem } from "../field/system.ts";
import type { FileOrbitals } from "../files/molden.ts";
import { requestedBasis } from "../molecule/requested-basis.ts";
import type { EvaluationContext } from "./evaluator.ts";

/** A set with its columns over the basis functions, [nBasis, n] row-major. */
export interface KeptOrbitals extends ShownOrbitals {
  readonly columns: Float64Array;
}

/** Empty orbitals that are kept beside the occupied ones. */
const KEPT_EMPTY = 20;

const SPINS = { Alpha: "alpha", Beta: "beta" } as const;

/** The occupied orbitals and the lowest empty ones: the others are of no use to a viewer and most of the numbers. */
export const keptOrbitals = (sets: readonly FileOrbitals[], nBasis: number): KeptOrbitals[] =>
  sets.map(({ spin, orbitals, occupations, energies_hartree }) => {
    const width = orbitals.length / nBasis;
    const electrons = Array.from(occupations);
    const n = Math.min(width, highestOccupied({ occupations: electrons }) + 1 + KEPT_EMPTY);
    const columns = new Float64Array(nBasis * n);
    for (let x = 0; x < nBasis; x++) columns.set(orbitals.subarray(x * width, x * width + n), x * n);
    return {
      spin: sets.length === 1 ? "both" : SPINS[spin],
      occupations: electrons.slice(0, n),
      energies_hartree: energies_hartree ? Array.from(energies_hartree).slice(0, n) : null,
      columns,
    };
  });

export interface SurfaceInput {
  /** As it was computed, at the geometry that the orbitals are of. */
  readonly request: EnergyRequest;
  readonly orbitals: readonly KeptOrbitals[];
  readonly field: DrawnField;
  /** Above 0. */
  readonly isovalue: number;
}

/** Points of a grid, by which its spacing is chosen within these. */
const POINTS = 200_000;
const FINEST_ANGSTROM = 0.12;
const COARSEST_ANGSTROM = 0.4;

/** From the nuclei to the faces of the box, Å: ψ of soft orbitals reaches further than the density. */
const MARGIN_ANGSTROM = 4;

/** So fine that a box has about POINTS points. */
function gridFor(geometry: EnergyRequest["geometry"]) {
  const { counts } = boxAround(geometry, { spacing_angstrom: 1, margin_angstrom: MARGIN_ANGSTROM });
  const volume = (counts[0] - 1) * (counts[1] - 1) * (counts[2] - 1);
  const even = Math.cbrt(volume / POINTS);
  const spacing_angstrom = Math.min(COARSEST_ANGSTROM, Math.max(FINEST_ANGSTROM, even));
  return {
    grid: boxAround(geometry, { spacing_angstrom, margin_angstrom: MARGIN_ANGSTROM }),
    spacing_angstrom,
  };
}

const columnsOf = ({ columns, occupations }: KeptOrbitals): number => columns.length / occupations.length;

/** One column of a set, [nBasis, 1]. */
function oneColumn(orbitals: readonly KeptOrbitals[], { set, orbital }: Exclude<DrawnField, string>) {
  const kept = orbitals[set];
  const n = kept?.occupations.length ?? 0;
  if (!kept || orbital >= n)
    throw new DomainError(
      "invalid-input",
      `Orbital: expected one of ${n} that were kept, got ${orbital + 1}.`,
    );
  return Float64Array.from({ length: columnsOf(kept) }, (_, x) => kept.columns[x * n + orbital]!);
}

/** Occupied columns of all sets side by side, and what the square of each counts. */
export function occupiedColumns(orbitals: readonly KeptOrbitals[], isSpin: boolean) {
  const nBasis = columnsOf(orbitals[0]!);
  const taken = orbitals.flatMap((kept) =>
    kept.occupations.flatMap((n, column) => {
      // Of one set with whole occupations the singly occupied ones are of α.
      const spin = orbitals.length === 2 ? (kept.spin === "beta" ? -n : n) : Math.round(n) === 1 ? 1 : 0;
      const weight = isSpin ? spin : n;
      return weight === 0 ? [] : [{ kept, column, weight }];
    }),
  );
  const columns = new Float64Array(nBasis * taken.length);
  taken.forEach(({ kept, column }, k) => {
    const n = kept.occupations.length;
    for (let x = 0; x < nBasis; x++) columns[x * taken.length + k] = kept.columns[x * n + column]!;
  });
  return { orbitals: columns, weights: Float64Array.from(taken, ({ weight }) => weight) };
}

function fieldsOf(orbitals: readonly KeptOrbitals[], field: DrawnField) {
  if (typeof field === "object") return { orbitals: oneColumn(orbitals, field) };
  if (field === "spin-density" && !canHaveSpinDensity(orbitals))
    throw new DomainError(
      "not-supported",
      "Spin density: expected orbitals of each spin or a determinant with unpaired electrons, got neither.",
    );
  return occupiedColumns(orbitals, field === "spin-density");
}

/**
 * Where an orbital or a density has a value, and where its negative. Cost: points × functions, for densities × occupied orbitals.
 *
 * @throws DomainError `invalid-input`, `not-supported`; AbortError.
 */
export async function surfaceOf(
  { request, orbitals, field, isovalue }: SurfaceInput,
  { resources, threads = 1, control }: EvaluationContext,
): Promise<FieldSurface> {
  const fields = fieldsOf(orbitals, field);
  const basis = await requestedBasis(request, resources);
  const { geometry, charge, multiplicity, ghosts = [] } = request;
  using system = openSystem({ geometry, charge, multiplicity, basis, ghosts, threads, control });
  const { grid, spacing_angstrom } = gridFor(geometry);
  const values = onGrid(system, grid, fields);
  return {
    positive: isosurface(values, isovalue),
    negative: field === "density" ? emptyMesh() : isosurface(values, -isovalue),
    points: values.values.length,
    spacing_angstrom,
  };
}
