import type { ActiveHamiltonian } from "./hamiltonian.ts";

/** Occupied active orbitals of a determinant, [α mask, β mask]; orbital p is bit p. */
export type Determinant = readonly [number, number];

/** The determinant with the lowest orbitals filled. */
export const lowestDeterminant = ([nalpha, nbeta]: readonly [number, number]): Determinant => [
  2 ** nalpha - 1,
  2 ** nbeta - 1,
];

/** Orbitals of a mask, ascending. */
export const orbitalsOf = (mask: number, norb: number): number[] =>
  Array.from({ length: norb }, (_, p) => p).filter((p) => (mask >>> p) & 1);

/** ⟨D|H|D⟩ in Hartree: one-electron terms, Coulomb, and exchange between equal spins. */
export function determinantEnergy(hamiltonian: ActiveHamiltonian, [alpha, beta]: Determinant): number {
  const { norb, coreEnergy, oneBodyTensor, twoBodyTensor } = hamiltonian;
  const two = (p: number, q: number, r: number, s: number) =>
    twoBodyTensor[((p * norb + q) * norb + r) * norb + s]!;
  const electrons = [alpha, beta].flatMap((mask, spin) => orbitalsOf(mask, norb).map((p) => ({ p, spin })));
  let energy = coreEnergy;
  for (const a of electrons) {
    energy += oneBodyTensor[a.p * norb + a.p]!;
    for (const b of electrons) {
      energy += 0.5 * two(a.p, a.p, b.p, b.p);
      if (a.spin === b.spin) energy -= 0.5 * two(a.p, b.p, b.p, a.p);
    }
  }
  return energy;
}

/** Correlation seldom reorders ionised or attached states further apart than this, in Hartree (2.7 eV). */
const REORDERING_WINDOW_HARTREE = 0.1;

/**
 * Determinants from which to start a VQE, lowest first: for one unpaired electron each orbital that the hole of an ionised
 * or the electron of an attached closed shell may be in within 0.1 Hartree of the lowest, since correlation can put a state
 * below Koopmans' and a single reference does not lead from one to the other; otherwise the lowest determinant alone.
 */
export function referenceDeterminants(hamiltonian: ActiveHamiltonian): Determinant[] {
  const [nalpha, nbeta] = hamiltonian.nelec;
  const lowest = lowestDeterminant(hamiltonian.nelec);
  if (nalpha !== nbeta + 1) return [lowest];
  const [full, paired] = lowest;
  const holes = orbitalsOf(full, hamiltonian.norb).map((hole): Determinant => [full, full ^ (1 << hole)]);
  const electrons = orbitalsOf(~full, hamiltonian.norb).map((p): Determinant => [paired | (1 << p), paired]);
  const ranked = [...holes, ...electrons]
    .map((determinant) => ({ determinant, energy: determinantEnergy(hamiltonian, determinant) }))
    .sort((a, b) => a.energy - b.energy);
  // A doublet has an orbital with one electron, and so a hole.
  return ranked
    .filter(({ energy }) => energy - ranked[0]!.energy <= REORDERING_WINDOW_HARTREE)
    .map(({ determinant }) => determinant);
}
