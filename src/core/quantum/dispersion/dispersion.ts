/** Energies of dispersion: what a mean field lacks, as a sum over pairs of atoms. */

import type { Geometry } from "#shared/molecule/molecule.ts";
import type { DispersionModelName } from "#shared/quantum/dispersion.ts";

export interface Dispersion {
  readonly model: DispersionModelName;
  readonly energy_hartree: number;
  /** Hartree/bohr, x y z of each atom in turn; 0 for ghosts. */
  readonly gradient: Float64Array;
}

/** At a geometry (checkGeometry); ghosts are atoms, from 0, that do not take part. Cost: pairs of atoms. */
export type DispersionModel = (geometry: Geometry, ghosts: ReadonlySet<number>) => Dispersion;
