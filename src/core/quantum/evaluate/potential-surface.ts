/** The electrostatic potential on the surface of a molecule. */
import { isosurface } from "#shared/molecule/isosurface.ts";
import type { PotentialSurface } from "#shared/quantum/orbitals.ts";
import { boxAround, onGrid } from "../field/grid.ts";
import { potentialAt, weightedDensity } from "../field/potential.ts";
import { openSystem } from "../field/system.ts";
import { requestedBasis } from "../molecule/requested-basis.ts";
import type { EvaluationContext } from "./evaluator.ts";
import { occupiedColumns, type SurfaceInput } from "./surface.ts";

/** Of the grid: the potential is smooth where the density is thin, and each vertex costs. */
const SPACING_ANGSTROM = 0.35;
/** From the nuclei to the faces of the box, Å. */
const MARGIN_ANGSTROM = 3.5;

/**
 * Where the electron density has a value, and the potential of nuclei and electrons there. Cost: points × functions × occupied orbitals
 * for the surface, vertices × pairs of shells for the potential.
 *
 * @throws AbortError
 */
export async function potentialSurfaceOf(
  { request, orbitals, isovalue }: Omit<SurfaceInput, "field">,
  { resources, threads = 1, control }: EvaluationContext,
): Promise<PotentialSurface> {
  const fields = occupiedColumns(orbitals, false);
  const basis = await requestedBasis(request, resources);
  const { geometry, charge, multiplicity, ghosts = [] } = request;
  using system = openSystem({ geometry, charge, multiplicity, basis, ghosts, threads, control });
  const grid = boxAround(geometry, { spacing_angstrom: SPACING_ANGSTROM, margin_angstrom: MARGIN_ANGSTROM });
  const mesh = isosurface(onGrid(system, grid, fields), isovalue);
  const density = weightedDensity(fields.orbitals, fields.weights);
  return {
    mesh,
    potential_hartree_per_e: Float32Array.from(potentialAt(system, density, mesh.vertices_angstrom)),
  };
}
