/**
 * Real operators on up to 31 qubits as sums of X^x Z^z: bit q of the masks x and z belongs to qubit q.
 *
 * X^x Z^z is a real matrix, so every real operator has real coefficients and products need no phases but signs:
 * X^a Z^b · X^c Z^d = (−1)^{|b ∧ c|} X^{a⊕c} Z^{b⊕d}. With Y = iXZ it is (−i)^{|x ∧ z|} times a Pauli string.
 */
export interface RealPauliSum {
  readonly qubits: number;
  /** x mask → z mask → coefficient. */
  readonly terms: Map<number, Map<number, number>>;
}

/** One Hermitian Pauli string; Y where both masks have a bit. */
export interface PauliTerm {
  readonly x: number;
  readonly z: number;
  readonly coefficient: number;
}

/** Parity of the number of bits. */
export function parity(mask: number): 0 | 1 {
  let v = mask ^ (mask >>> 16);
  v ^= v >>> 8;
  v ^= v >>> 4;
  return ((0x6996 >>> (v & 15)) & 1) as 0 | 1;
}

/** Number of bits. */
export function bitCount(mask: number): number {
  let v = mask - ((mask >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export const emptySum = (qubits: number): RealPauliSum => ({ qubits, terms: new Map() });

/** sum += coefficient · X^x Z^z */
export function addTerm(sum: RealPauliSum, { x, z, coefficient }: PauliTerm): void {
  let row = sum.terms.get(x);
  if (!row) {
    row = new Map();
    sum.terms.set(x, row);
  }
  row.set(z, (row.get(z) ?? 0) + coefficient);
}

/** The same terms, not yet summed. */
export const multiply = (a: readonly PauliTerm[], b: readonly PauliTerm[]): PauliTerm[] =>
  a.flatMap((p) =>
    b.map((q) => ({
      x: p.x ^ q.x,
      z: p.z ^ q.z,
      coefficient: (parity(p.z & q.x) ? -1 : 1) * p.coefficient * q.coefficient,
    })),
  );

/** Every X^x Z^z above `threshold` in absolute value. */
export function* realTerms({ terms }: RealPauliSum, threshold = 0): Generator<PauliTerm> {
  for (const [x, row] of terms)
    for (const [z, coefficient] of row) if (Math.abs(coefficient) > threshold) yield { x, z, coefficient };
}

/** Terms below this, in Hartree, are rounding. */
const NEGLIGIBLE = 1e-12;

/**
 * A real symmetric operator as Hermitian Pauli strings, identity included, largest first. Such an operator has an even
 * number of Y in every string.
 */
export const pauliTerms = (sum: RealPauliSum, threshold = NEGLIGIBLE): PauliTerm[] =>
  [...realTerms(sum, threshold)]
    .map(({ x, z, coefficient }) => ({
      x,
      z,
      coefficient: coefficient * (bitCount(x & z) % 4 === 2 ? -1 : 1),
    }))
    .sort((a, b) => Math.abs(b.coefficient) - Math.abs(a.coefficient) || a.x - b.x || a.z - b.z);

/** "XIZY", qubit 0 first. */
export const pauliLabel = ({ x, z }: Pick<PauliTerm, "x" | "z">, qubits: number): string =>
  Array.from({ length: qubits }, (_, q) => "IXZY"[((x >>> q) & 1) + 2 * ((z >>> q) & 1)]).join("");
