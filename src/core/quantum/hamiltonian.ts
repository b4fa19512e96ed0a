/** Electronic Hamiltonian of an active space over real orthonormal orbitals. */
export interface ActiveHamiltonian {
  readonly norb: number;
  /** Active electrons of each spin, [nα, nβ]. */
  readonly nelec: readonly [number, number];
  /** Nuclear repulsion and the energy of the frozen core, Hartree. */
  readonly coreEnergy: number;
  /** h_pq with the field of the frozen core, Hartree; [norb, norb], row-major, symmetric. */
  readonly oneBodyTensor: Float64Array;
  /** (pq|rs) in chemists' order, Hartree; [norb, norb, norb, norb], row-major, eightfold symmetric. */
  readonly twoBodyTensor: Float64Array;
}

/** Orbitals that the native core can address: masks are 32-bit integers with a sign. */
export const MAX_ORBITALS = 31;

/** C(n, k) in floating point. */
export function binomial(n: number, k: number): number {
  let value = 1;
  for (let i = 1; i <= k; i++) value = (value * (n - k + i)) / i;
  return k < 0 || k > n ? 0 : Math.round(value);
}

/** Determinants of the sector: C(norb, nα) · C(norb, nβ). */
export const determinantCount = (norb: number, [nalpha, nbeta]: readonly [number, number]): number =>
  binomial(norb, nalpha) * binomial(norb, nbeta);
