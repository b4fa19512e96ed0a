import { addTerm, emptySum, parity, type RealPauliSum, realTerms } from "./pauli.ts";

interface Tapered {
  readonly operator: RealPauliSum;
  /** Bits of the reference on the qubits that are left. */
  readonly reference: number;
  /** Symmetries Z^mask used, and the eigenvalue of the reference, +1 or −1. */
  readonly symmetries: readonly { readonly mask: number; readonly eigenvalue: 1 | -1 }[];
  /** Qubits of the untapered operator that are left, ascending. */
  readonly kept: readonly number[];
}

/** Terms smaller than this, in Hartree, do not count against a symmetry: a quarter of an integral of 1e-7 (orbital-symmetry.ts). */
const NEGLIGIBLE = 2.5e-8;

/** Reduced row echelon form over GF(2): pivot bit → row, each pivot in one row only. */
function echelon(masks: Iterable<number>): Map<number, number> {
  const rows = new Map<number, number>();
  for (const mask of masks) {
    let rest = mask;
    for (const [pivot, row] of rows) if ((rest >>> pivot) & 1) rest ^= row;
    if (rest === 0) continue;
    const pivot = 31 - Math.clz32(rest);
    for (const [other, row] of rows) if ((row >>> pivot) & 1) rows.set(other, row ^ rest);
    rows.set(pivot, rest);
  }
  return rows;
}

/** All masks orthogonal over GF(2) to the rows: one for each bit without a pivot. */
function nullSpace(rows: Map<number, number>, qubits: number): { mask: number; free: number }[] {
  const free = Array.from({ length: qubits }, (_, q) => q).filter((q) => !rows.has(q));
  return free.map((q) => {
    let mask = 1 << q;
    for (const [pivot, row] of rows) if ((row >>> q) & 1) mask |= 1 << pivot;
    return { mask, free: q };
  });
}

/**
 * Takes away a qubit for every independent symmetry Z^mask of the operator: parities of spins, mirror planes, rotations by π.
 *
 * Z^mask commutes with X^x Z^z when mask and x share an even number of qubits. The bits b of a state are written anew as
 * b′ = M b, where the qubit `free` of each symmetry holds the parity of its mask and so is a constant, the reference's:
 * the reference is mapped with the operator. S. Bravyi et al., arXiv:1701.08213.
 *
 * @param reference qubits of the determinant that fixes the sector, bit q for qubit q
 */
export function taper(operator: RealPauliSum, reference: number): Tapered {
  const { qubits } = operator;
  const flips = function* () {
    for (const { x } of realTerms(operator, NEGLIGIBLE)) yield x;
  };
  const found = nullSpace(echelon(flips()), qubits);
  const removed = new Set(found.map(({ free }) => free));
  const kept = Array.from({ length: qubits }, (_, q) => q).filter((q) => !removed.has(q));
  const compress = (mask: number) => kept.reduce((bits, q, k) => bits | (((mask >>> q) & 1) << k), 0);
  const symmetries = found.map(({ mask, free }) => {
    const eigenvalue: 1 | -1 = parity(mask & reference) ? -1 : 1;
    return { mask, free, eigenvalue };
  });
  const result = emptySum(kept.length);
  for (const { x, z, coefficient } of realTerms(operator)) {
    if (symmetries.some(({ mask }) => parity(mask & x))) continue;
    // Z on a removed qubit is the symmetry times Z on the other qubits of its mask.
    let rest = z;
    let sign = 1;
    for (const { mask, free, eigenvalue } of symmetries)
      if ((rest >>> free) & 1) {
        rest ^= mask;
        sign *= eigenvalue;
      }
    addTerm(result, { x: compress(x), z: compress(rest), coefficient: sign * coefficient });
  }
  return {
    operator: result,
    reference: compress(reference),
    kept,
    symmetries: symmetries.map(({ mask, eigenvalue }) => ({ mask, eigenvalue })),
  };
}
