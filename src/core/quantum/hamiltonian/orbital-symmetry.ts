import type { ActiveHamiltonian } from "./hamiltonian.ts";

/** Integrals below this, in Hartree, are rounding left over from the SCF; leaving one out moves an energy by its square. */
const NEGLIGIBLE_INTEGRAL = 1e-7;

/** Spin orbitals that an operator moves an odd number of times: one mask a spin. */
export interface SpinMasks {
  readonly alpha: number;
  readonly beta: number;
}

/** Position of the top bit, β in 0 … 31 and α above. */
const leading = ({ alpha, beta }: SpinMasks): number =>
  alpha !== 0 ? 63 - Math.clz32(alpha) : 31 - Math.clz32(beta);

const has = ({ alpha, beta }: SpinMasks, bit: number): boolean =>
  ((bit >= 32 ? alpha >>> (bit - 32) : beta >>> bit) & 1) === 1;

/** Remainder modulo the basis; both masks 0 where the operator lies in the span. */
function reduce(basis: readonly SpinMasks[], masks: SpinMasks): SpinMasks {
  let { alpha, beta } = masks;
  for (const vector of basis)
    if (has({ alpha, beta }, leading(vector))) {
      alpha ^= vector.alpha;
      beta ^= vector.beta;
    }
  return { alpha, beta };
}

/**
 * What the Hamiltonian couples: a basis, over GF(2), of the spin orbitals that its terms flip. Of h_pq: p ⊕ q in either
 * spin; of (pq|rs): p ⊕ q in one spin with r ⊕ s in the other, and together in one spin unless exchange cancels it.
 *
 * Every Z₂ symmetry (parity of a spin, mirror plane, rotation by π, inversion) is a mask orthogonal to all of it.
 */
export function symmetryBasis(hamiltonian: ActiveHamiltonian): SpinMasks[] {
  const { norb, oneBodyTensor, twoBodyTensor } = hamiltonian;
  const orbitals = Array.from({ length: norb }, (_, p) => p);
  const two = (p: number, q: number, r: number, s: number) =>
    twoBodyTensor[((p * norb + q) * norb + r) * norb + s]!;
  const basis: SpinMasks[] = [];
  const couple = (integral: number, alpha: number, beta: number) => {
    if (Math.abs(integral) <= NEGLIGIBLE_INTEGRAL) return;
    const rest = reduce(basis, { alpha, beta });
    if (rest.alpha !== 0 || rest.beta !== 0) basis.push(rest);
  };
  for (const p of orbitals)
    for (const q of orbitals) {
      const one = (1 << p) ^ (1 << q);
      couple(oneBodyTensor[p * norb + q]!, one, 0);
      couple(oneBodyTensor[p * norb + q]!, 0, one);
      for (const r of orbitals)
        for (const s of orbitals) {
          const other = (1 << r) ^ (1 << s);
          couple(two(p, q, r, s), one, other);
          const sameSpin = p === r || q === s ? 0 : two(p, q, r, s) - two(p, s, r, q);
          couple(sameSpin, one ^ other, 0);
          couple(sameSpin, 0, one ^ other);
        }
    }
  return basis;
}

/** Whether every symmetry allows an operator that moves these spin orbitals. */
export function isAllowed(basis: readonly SpinMasks[], masks: SpinMasks): boolean {
  const { alpha, beta } = reduce(basis, masks);
  return alpha === 0 && beta === 0;
}

/** Qubits left of 2 norb when every Z₂ symmetry is tapered off; taper in mapping/ does it, this only counts. */
export const taperedQubits = (hamiltonian: ActiveHamiltonian): number => symmetryBasis(hamiltonian).length;
