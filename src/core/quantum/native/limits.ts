/** What the native core can address, how large a sector is, and what grids hold. */

/** Orbitals of exact diagonalisation, VQE and circuits: masks are 32-bit integers with a sign. */
export const MAX_ORBITALS = 31;

/** Orbitals of selected CI, whose strings are 64-bit integers. */
export const MAX_SELECTED_ORBITALS = 64;

/** Orbitals of coupled cluster of a Hamiltonian: its integrals over all four of them are held. */
export const MAX_COUPLED_ORBITALS = 128;

/** C(n, k) in floating point. */
export function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return k < 0 || k > n ? 0 : Math.round(value);
}

/** Determinants of the sector: C(norb, nα) · C(norb, nβ). */
export const determinantCount = (norb: number, [nalpha, nbeta]: readonly [number, number]): number =>
  binomial(norb, nalpha) * binomial(norb, nbeta);

/** Bytes of a point of a functional's grid, with what makes a grid of them. */
export const POINT_BYTES = 110;
/** Points at most of an atom on the grid that others are measured with, which is made an atom at a time. */
export const CHECKED_ATOM_POINTS = 180 * 1202;
