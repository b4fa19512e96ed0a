/** Forces of states whose orbitals are stationary: analytic derivatives of CASSCF energies by nuclear positions. */
import { DomainError } from "#shared/errors.ts";
import { symmetricEigen } from "#shared/symmetric-eigen.ts";
import type { QuantumSystem } from "../field/system.ts";
import { callNative } from "../native/native.ts";
import type { MoleculeOrbitals } from "../space/ordered-orbitals.ts";
import { type ActiveDensities, generalisedFock, orbitalIntegrals } from "./orbital-gradient.ts";

/** Eigenvalues of the two-body density below this are left out. */
const NEGLIGIBLE = 1e-12;

interface WeightedPairs {
  readonly weights: Float64Array;
  /** Symmetric matrices over the active orbitals, one after the other. */
  readonly matrices: Float64Array;
}

/**
 * Γ − D D + ¼ (D D + D D), what the two-body density of the active electrons has beyond that of a determinant's form, as Σ w X X.
 * Its symmetric part in each pair of indices, which is what integrals see. Cost: norb⁶.
 */
export function pairExpansion({ one, two }: ActiveDensities): WeightedPairs {
  const n = Math.sqrt(one.length);
  const at = (t: number, u: number, v: number, w: number): number => {
    const symmetric = (two[((t * n + u) * n + v) * n + w]! + two[((u * n + t) * n + v) * n + w]!) / 2;
    const exchange = one[t * n + v]! * one[u * n + w]! + one[t * n + w]! * one[u * n + v]!;
    return symmetric - one[t * n + u]! * one[v * n + w]! + exchange / 4;
  };
  const pairs = Array.from({ length: n }, (_, t) => t).flatMap((t) =>
    Array.from({ length: t + 1 }, (_, u) => ({ t, u, scale: t === u ? 1 : Math.SQRT2 })),
  );
  const matrix = Float64Array.from(
    pairs.flatMap((p) => pairs.map((q) => p.scale * q.scale * at(p.t, p.u, q.t, q.u))),
  );
  const { values, vectors } = symmetricEigen(matrix);
  const kept = [...values.keys()].filter((k) => Math.abs(values[k]!) > NEGLIGIBLE);
  const matrices = new Float64Array(kept.length * n * n);
  kept.forEach((k, row) => {
    pairs.forEach(({ t, u, scale }, p) => {
      // Of each pair an element, of each kept value a vector.
      const x = vectors[k]![p]! / scale;
      matrices[(row * n + t) * n + u] = x;
      matrices[(row * n + u) * n + t] = x;
    });
  });
  return { weights: Float64Array.from(kept, (k) => values[k]!), matrices };
}

/** C X Cᵀ of some columns of C [nBasis, width], from `first` on as many as X has rows. */
function overBasis(
  { orbitals, nBasis }: { orbitals: Float64Array; nBasis: number },
  matrix: Float64Array,
  first: number,
): Float64Array {
  const m = Math.sqrt(matrix.length);
  const width = orbitals.length / nBasis;
  const result = new Float64Array(nBasis * nBasis);
  for (let a = 0; a < nBasis; a++) {
    const image = new Float64Array(m);
    for (let t = 0; t < m; t++)
      for (let u = 0; u < m; u++) image[u]! += orbitals[a * width + first + t]! * matrix[t * m + u]!;
    for (let b = 0; b < nBasis; b++)
      for (let u = 0; u < m; u++) result[a * nBasis + b]! += image[u]! * orbitals[b * width + first + u]!;
  }
  return result;
}

/** Half the one-body density of core and active orbitals over the occupied ones, [nCore + norb]². */
function halfDensity({ nCore, norb }: MoleculeOrbitals, one: Float64Array): Float64Array {
  const m = nCore + norb;
  const density = new Float64Array(m * m);
  for (let i = 0; i < nCore; i++) density[i * (m + 1)] = 1;
  for (let t = 0; t < norb; t++)
    for (let u = 0; u < norb; u++) density[(nCore + t) * m + nCore + u] = one[t * norb + u]! / 2;
  return density;
}

/**
 * Gradient of the energy of one state, Hartree/bohr, x y z of each atom in turn.
 *
 * The energy is stationary in orbitals and state, so that neither responds: the densities stand against derivative integrals, and the
 * generalised Fock matrix against those of the overlap (M. Page et al., J. Comput. Chem. 5, 589 (1984)). The error is first
 * order in the orbital gradient left. Cost: a gradient of Hartree–Fock, and of its Coulomb part for each of up to norb(norb + 1)/2 pairs.
 *
 * @throws DomainError `not-supported` where basis functions are left out as linearly dependent; AbortError.
 */
export function casscfGradient(
  system: QuantumSystem,
  orbitals: MoleculeOrbitals,
  densities: ActiveDensities,
): Float64Array {
  const { nBasis } = system;
  const width = orbitals.orbitals.length / nBasis;
  if (width < nBasis)
    throw new DomainError(
      "not-supported",
      `Gradients of CASSCF: expected a basis set whose functions are independent, got ${nBasis - width} to be left out. Take a smaller one.`,
    );
  const integrals = orbitalIntegrals(system, orbitals);
  const fock = generalisedFock(system, orbitals, { integrals, densities });
  const symmetric = fock.map((x, k) => (x + fock[(k % width) * width + Math.floor(k / width)]!) / 2);
  const { weights, matrices } = pairExpansion(densities);
  const set = { orbitals: orbitals.orbitals, nBasis };
  const size = orbitals.norb ** 2;
  const pairs = new Float64Array(weights.length * nBasis ** 2);
  for (let k = 0; k < weights.length; k++)
    pairs.set(overBasis(set, matrices.subarray(k * size, (k + 1) * size), orbitals.nCore), k * nBasis ** 2);
  return callNative((addon) =>
    addon.densityGradient({
      system: system.handle,
      density: overBasis(set, halfDensity(orbitals, densities.one), 0),
      weighted: overBasis(set, symmetric, 0),
      pairWeights: weights,
      pairs,
    }),
  );
}
