/** Natural orbitals of states in one set of orbitals. */

import { symmetricEigen } from "#shared/symmetric-eigen.ts";
import { oneParticleDensities } from "../ci/density-matrices.ts";
import type { SpinSolution } from "../ci/spin-states.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";

interface NaturalOrbitals {
  /** Columns [nBasis, nOrbitals]: core, active, empty. */
  readonly orbitals: Float64Array;
  /** By both spins: 2 of the core, falling among the active ones, 0 of the empty ones. */
  readonly occupations: Float64Array;
}

/** Of the mean density of all states, each with equal weight. */
export function naturalOrbitals(
  { orbitals, nCore, norb }: MoleculeOrbitals,
  {
    nBasis,
    solutions,
    context,
  }: { nBasis: number; solutions: readonly SpinSolution[]; context: NativeContext },
): NaturalOrbitals {
  const states = solutions.flatMap(({ nelec, solution }) =>
    solution.states.map(({ coefficients }) => ({ norb, nelec, coefficients })),
  );
  const density = new Float64Array(norb ** 2);
  for (const state of states) {
    const { alpha, beta } = oneParticleDensities(state, context);
    for (let k = 0; k < density.length; k++) density[k]! += (alpha[k]! + beta[k]!) / states.length;
  }
  const { values, vectors } = symmetricEigen(density);
  const width = orbitals.length / nBasis;
  const turned = orbitals.slice();
  const occupations = new Float64Array(width).fill(2, 0, nCore);
  for (let k = 0; k < norb; k++) {
    const falling = norb - 1 - k;
    occupations[nCore + k] = values[falling]!;
    for (let x = 0; x < nBasis; x++)
      turned[x * width + nCore + k] = vectors[falling]!.reduce(
        (sum, v, t) => sum + v * orbitals[x * width + nCore + t]!,
        0,
      );
  }
  return { orbitals: turned, occupations };
}
