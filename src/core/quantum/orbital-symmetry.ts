import type { ActiveHamiltonian } from "./hamiltonian.ts";

/** Integrals below this, in Hartree, are rounding left over from the SCF; leaving one out moves an energy by its square. */
const NEGLIGIBLE_INTEGRAL = 1e-7;

/**
 * Which products of orbitals the Hamiltonian couples to the identity: a basis, over GF(2), of the orbital masks of its
 * nonzero integrals (p ⊕ q of h_pq, p ⊕ q ⊕ r ⊕ s of (pq|rs)).
 *
 * An operator that moves electrons between orbitals conserves every Z₂ symmetry of the orbitals (mirror planes, rotations
 * by π, inversion) exactly when the XOR of its orbital masks lies in the span of this basis.
 */
export function symmetryBasis(hamiltonian: ActiveHamiltonian): number[] {
  const { norb, oneBodyTensor, twoBodyTensor } = hamiltonian;
  const basis: number[] = [];
  const couple = (integral: number, mask: number) => {
    if (Math.abs(integral) <= NEGLIGIBLE_INTEGRAL) return;
    const rest = reduceMask(basis, mask);
    if (rest !== 0) basis.push(rest);
  };
  for (let p = 0; p < norb; p++) {
    for (let q = 0; q < norb; q++) {
      couple(oneBodyTensor[p * norb + q]!, (1 << p) ^ (1 << q));
      for (let rs = 0; rs < norb * norb; rs++) {
        const mask = (1 << p) ^ (1 << q) ^ (1 << Math.floor(rs / norb)) ^ (1 << (rs % norb));
        couple(twoBodyTensor[(p * norb + q) * norb * norb + rs]!, mask);
      }
    }
  }
  return basis;
}

/** Remainder of a mask modulo the basis; 0 where it lies in the span. */
export function reduceMask(basis: readonly number[], mask: number): number {
  let rest = mask;
  for (const vector of basis) {
    const leading = 31 - Math.clz32(vector);
    if ((rest >>> leading) & 1) rest ^= vector;
  }
  return rest;
}
