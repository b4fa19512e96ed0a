import { DomainError } from "#shared/errors.ts";
import type { ComputedField } from "#shared/molecule/cube.ts";
import type { GridRequest } from "#shared/quantum/energy-request.ts";
import { boxAround, densityOnGrid, type Grid, type GridField, orbitalOnGrid } from "../field/grid.ts";
import type { ScfResult } from "../field/scf.ts";
import { lowestField } from "../field/search.ts";
import { openSystem, type QuantumSystem } from "../field/system.ts";
import { loadBasisSet } from "../molecule/basis.ts";
import type { EvaluationContext } from "./evaluator.ts";
import { anionNotes } from "./notes.ts";

/** Index of the orbital that a request names. */
function orbitalOf({ nelec }: ScfResult, { field, spin }: GridRequest): number {
  const occupied = nelec[spin === "alpha" ? 0 : 1];
  if (field === "homo") return occupied - 1;
  return field === "lumo" ? occupied : Number(field);
}

function fieldOnGrid(system: QuantumSystem, scf: ScfResult, request: GridRequest, grid: Grid): GridField {
  const { field, spin } = request;
  if (field === "density") return densityOnGrid(system, scf, { grid });
  if (field === "spin-density") return densityOnGrid(system, scf, { kind: "spin", grid });
  return orbitalOnGrid(system, scf, { orbital: orbitalOf(scf, request), spin, grid });
}

/**
 * An orbital, ψ in bohr^(−3/2), or a density, e/bohr³, of a converged Hartree–Fock field on a box around the nuclei.
 *
 * @throws DomainError as hartreeFock and orbitalOnGrid; `not-supported` where the field does not converge; AbortError.
 */
export async function evaluateGrid(request: GridRequest, context: EvaluationContext): Promise<ComputedField> {
  const { geometry, charge, multiplicity, method, spacing_angstrom } = request;
  const { resources, threads = 1, control } = context;
  const basis = await loadBasisSet(resources, request.basis, request.functions);
  using system = openSystem({ geometry, charge, multiplicity, basis, threads, control });
  const { scf } = lowestField(system, { kind: method });
  if (scf.outcome !== "converged")
    throw new DomainError(
      "not-supported",
      `There is nothing to show: Hartree–Fock did not converge in ${scf.iterations} iterations.`,
    );
  const grid = boxAround(geometry, { spacing_angstrom });
  const notes = await anionNotes(request, system, resources);
  return { ...fieldOnGrid(system, scf, request, grid), notes };
}
