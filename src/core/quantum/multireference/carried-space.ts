/** Orbitals of one geometry made orthonormal at another. */

import { symmetricEigen } from "#shared/symmetric-eigen.ts";
import { oneElectronIntegrals } from "../field/scf.ts";
import type { QuantumSystem } from "../field/system.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";

/**
 * C (CᵀSC)^−½, the orthonormal orbitals nearest to C (P.-O. Löwdin, doi:10.1063/1.1747632), at the overlap S of `system`, whose functions
 * are those that C is over. Cost: some 10 nOrbitals³.
 */
export function carriedSpace(system: QuantumSystem, space: MoleculeOrbitals): MoleculeOrbitals {
  const { overlap } = oneElectronIntegrals(system);
  const { nBasis } = system;
  const c = space.orbitals;
  const n = c.length / nBasis;
  const image = new Float64Array(nBasis * n);
  for (let a = 0; a < nBasis; a++)
    for (let b = 0; b < nBasis; b++)
      for (let p = 0; p < n; p++) image[a * n + p]! += overlap[a * nBasis + b]! * c[b * n + p]!;
  const metric = new Float64Array(n * n);
  for (let a = 0; a < nBasis; a++)
    for (let p = 0; p < n; p++)
      for (let q = 0; q < n; q++) metric[p * n + q]! += c[a * n + p]! * image[a * n + q]!;
  const { values, vectors } = symmetricEigen(metric);
  const root = new Float64Array(n * n);
  for (const [k, vector] of vectors.entries())
    for (let p = 0; p < n; p++)
      for (let q = 0; q < n; q++) root[p * n + q]! += (vector[p]! * vector[q]!) / Math.sqrt(values[k]!);
  const orbitals = new Float64Array(c.length);
  for (let a = 0; a < nBasis; a++)
    for (let p = 0; p < n; p++)
      for (let q = 0; q < n; q++) orbitals[a * n + q]! += c[a * n + p]! * root[p * n + q]!;
  return { ...space, orbitals };
}
