/** Orbitals that the lowest excitations of a closed shell empty and fill: natural orbitals of configuration interaction with singles. */
import { symmetricEigen } from "#shared/symmetric-eigen.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";

export interface ExcitationOrbitals {
  /** Electrons that leave each occupied orbital, and come to each empty one, in the mean of the states: falling, each adds up to 1. */
  readonly leaving: Float64Array;
  readonly coming: Float64Array;
  /** Row k: the orbital of weight k over the occupied, and over the empty orbitals of the Hamiltonian. */
  readonly occupied: readonly Float64Array[];
  readonly empty: readonly Float64Array[];
}

/** Singles err by 1 eV and more: of states so close above the last asked for, Hartree, any may be the lower one in truth. */
const UNCERTAIN_HARTREE = 0.05;

/** F_pq = h_pq + Σ 2 (pq|kk) − (pk|kq) over occupied k. */
function fockOf({ norb: n, nelec: [pairs], oneBodyTensor, twoBodyTensor: two }: ActiveHamiltonian) {
  const fock = oneBodyTensor.slice();
  const at = (p: number, q: number, r: number, s: number): number => two[((p * n + q) * n + r) * n + s]!;
  for (let p = 0; p < n; p++)
    for (let q = 0; q < n; q++)
      for (let k = 0; k < pairs; k++) fock[p * n + q]! += 2 * at(p, q, k, k) - at(p, k, k, q);
  return fock;
}

/** δ_ij F_ab − δ_ab F_ij + s (ia|jb) − (ij|ab), s = 2 of singlets, 0 of triplets: over i·(empty) + a. */
function singlesMatrix(hamiltonian: ActiveHamiltonian, fock: Float64Array, share: 0 | 2): Float64Array {
  const { norb: n, nelec, twoBodyTensor: two } = hamiltonian;
  const [pairs] = nelec;
  const empty = n - pairs;
  const size = pairs * empty;
  const matrix = new Float64Array(size * size);
  for (let i = 0; i < pairs; i++)
    for (let a = 0; a < empty; a++)
      for (let j = 0; j < pairs; j++)
        for (let b = 0; b < empty; b++) {
          const [x, y] = [a + pairs, b + pairs];
          matrix[(i * empty + a) * size + j * empty + b] =
            share * two[((i * n + x) * n + j) * n + y]! -
            two[((i * n + j) * n + x) * n + y]! +
            (i === j ? fock[x * n + y]! : 0) -
            (a === b ? fock[i * n + j]! : 0);
        }
  return matrix;
}

/** The lowest states, and those that may be lower in truth. */
function lowest({ values, vectors }: ReturnType<typeof symmetricEigen>, count: number) {
  const last = values[Math.min(count, values.length) - 1]!;
  return vectors.filter((_, k) => values[k]! <= last + UNCERTAIN_HARTREE);
}

/** Eigenvalues from the largest on, with their vectors. */
function falling(matrix: Float64Array): { weights: Float64Array; vectors: Float64Array[] } {
  const { values, vectors } = symmetricEigen(matrix);
  return { weights: values.toReversed(), vectors: vectors.toReversed() };
}

/**
 * Of the mean of the lowest singlets and as many triplets in the singles of a closed shell's field (Y. Shu, E. G. Hohenstein, B. G. Levine,
 * J. Chem. Phys. 142, 024102 (2015)), electrons that leave and come told apart: n, π and π* of molecules whose lowest states are n → π* and
 * π → π*.
 *
 * @param hamiltonian of a closed shell, its occupied orbitals first; they need not be canonical
 * @param count states of each spin
 *
 * Cost: twice some 10 m³ of the m products of an occupied and an empty orbital.
 */
export function excitationOrbitals(hamiltonian: ActiveHamiltonian, count: number): ExcitationOrbitals {
  const [pairs] = hamiltonian.nelec;
  const empty = hamiltonian.norb - pairs;
  const fock = fockOf(hamiltonian);
  const states = ([2, 0] as const).flatMap((share) =>
    lowest(symmetricEigen(singlesMatrix(hamiltonian, fock, share)), count),
  );
  const [holes, particles] = [new Float64Array(pairs ** 2), new Float64Array(empty ** 2)];
  for (const x of states)
    for (let i = 0; i < pairs; i++)
      for (let a = 0; a < empty; a++) {
        const value = x[i * empty + a]! / states.length;
        for (let j = 0; j < pairs; j++) holes[i * pairs + j]! += value * x[j * empty + a]!;
        for (let b = 0; b < empty; b++) particles[a * empty + b]! += value * x[i * empty + b]!;
      }
  const [leaving, coming] = [falling(holes), falling(particles)];
  return {
    ...{ leaving: leaving.weights, coming: coming.weights },
    ...{ occupied: leaving.vectors, empty: coming.vectors },
  };
}
