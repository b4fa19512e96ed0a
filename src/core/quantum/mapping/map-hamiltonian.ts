import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import { type Encoding, ladderTerms } from "./encoding.ts";
import { addTerm, emptySum, multiply, type PauliTerm, type RealPauliSum } from "./pauli.ts";

/** blocked: all α, then all β, the order of the determinants; interleaved: α and β of each orbital in turn. */
export type SpinOrder = "blocked" | "interleaved";

/** Spin orbital of orbital p, spin 0 (α) or 1 (β). */
export const spinOrbital = (order: SpinOrder, norb: number, p: number) =>
  order === "blocked" ? (spin: 0 | 1) => p + spin * norb : (spin: 0 | 1) => 2 * p + spin;

const SPINS = [0, 1] as const;

/**
 * The Hamiltonian on qubits, H = coreEnergy + Σ h_pq a†_p a_q + ½ Σ (pq|rs) a†_p a†_r a_s a_q over spins, by an encoding of
 * 2 norb spin orbitals; real coefficients in Hartree. Cost: norb⁴ products of four ladder operators.
 */
export function mapHamiltonian(
  hamiltonian: ActiveHamiltonian,
  code: Encoding,
  order: SpinOrder,
): RealPauliSum {
  const { norb, oneBodyTensor, twoBodyTensor } = hamiltonian;
  const sum = emptySum(code.qubits);
  addTerm(sum, { x: 0, z: 0, coefficient: hamiltonian.coreEnergy });
  const add = (terms: readonly PauliTerm[], scale: number) => {
    for (const term of terms) addTerm(sum, { ...term, coefficient: scale * term.coefficient });
  };
  const orbitals = Array.from({ length: norb }, (_, p) => p);
  // a†_pσ a_qσ of every p, q and spin: a†_p a†_r a_s a_q = (a†_p a_q)(a†_r a_s) − δ_qr a†_p a_s.
  const moves = SPINS.map((spin) =>
    orbitals.map((p) =>
      orbitals.map((q) => {
        const place = (orbital: number) => spinOrbital(order, norb, orbital)(spin);
        return multiply(ladderTerms(code, place(p), "create"), ladderTerms(code, place(q), "annihilate"));
      }),
    ),
  );
  for (const p of orbitals)
    for (const q of orbitals) {
      const exchange = orbitals.reduce(
        (h, r) => h + twoBodyTensor[((p * norb + r) * norb + r) * norb + q]!,
        0,
      );
      for (const spin of SPINS) add(moves[spin]![p]![q]!, oneBodyTensor[p * norb + q]! - 0.5 * exchange);
      for (const r of orbitals)
        for (const s of orbitals) {
          const two = twoBodyTensor[((p * norb + q) * norb + r) * norb + s]!;
          if (two === 0) continue;
          for (const sigma of SPINS)
            for (const tau of SPINS) add(multiply(moves[sigma]![p]![q]!, moves[tau]![r]![s]!), 0.5 * two);
        }
    }
  return sum;
}
