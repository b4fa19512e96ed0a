/** Operators on Jordan–Wigner qubits, α before β, and what circuits give for them. */
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import { encoding } from "../mapping/encoding.ts";
import { mapHamiltonian } from "../mapping/map-hamiltonian.ts";
import { addTerm, emptySum, type RealPauliSum, realTerms } from "../mapping/pauli.ts";
import type { Circuit } from "./circuit.ts";
import { circuitEnergyAndGradient } from "./circuit-vqe.ts";

interface Sector {
  readonly norb: number;
  readonly nelec: readonly [number, number];
}

export const qubitHamiltonian = (hamiltonian: ActiveHamiltonian): RealPauliSum =>
  mapHamiltonian(hamiltonian, encoding("jordan-wigner", 2 * hamiltonian.norb), "blocked");

/** ⟨O⟩ of the circuit's state. */
export const expectation = (
  operator: RealPauliSum,
  circuit: Circuit,
  parameters: Float64Array,
  context: NativeContext = {},
): number => circuitEnergyAndGradient(operator, circuit, parameters, context).energy;

/** More than any ionisation energy or electron affinity of an active space, Hartree. */
const NUMBER_PENALTY_HARTREE = 2;

/** O + λ Σ_σ (N_σ − n_σ)², with N_σ = Σ_p (1 − Z_p) / 2 over the qubits of one spin. */
export function withNumberPenalty(operator: RealPauliSum, { norb, nelec }: Sector): RealPauliSum {
  const sum = emptySum(operator.qubits);
  for (const term of realTerms(operator)) addTerm(sum, term);
  nelec.forEach((electrons, spin) => {
    const qubits = Array.from({ length: norb }, (_, p) => p + spin * norb);
    // N − n = c − ½ Σ Z with c = norb/2 − n; its square is c² − c Σ Z + ¼ (norb + 2 Σ_{p<q} Z_p Z_q).
    const c = norb / 2 - electrons;
    addTerm(sum, { x: 0, z: 0, coefficient: NUMBER_PENALTY_HARTREE * (c * c + norb / 4) });
    qubits.forEach((p, k) => {
      addTerm(sum, { x: 0, z: 1 << p, coefficient: -NUMBER_PENALTY_HARTREE * c });
      for (const q of qubits.slice(k + 1))
        addTerm(sum, { x: 0, z: (1 << p) | (1 << q), coefficient: NUMBER_PENALTY_HARTREE / 2 });
    });
  });
  return sum;
}

/** N of the active electrons. */
export function numberOperator({ norb }: Sector): RealPauliSum {
  const sum = emptySum(2 * norb);
  addTerm(sum, { x: 0, z: 0, coefficient: norb });
  for (let q = 0; q < 2 * norb; q++) addTerm(sum, { x: 0, z: 1 << q, coefficient: -0.5 });
  return sum;
}

/**
 * S² on states of n = nα + nβ electrons: n − n²/4 − ½ Σ_pq Σ_στ a†_pσ a†_qτ a_pτ a_qσ, Dirac's identity for the exchange
 * of two electrons.
 */
export function spinSquareOperator({ norb, nelec }: Sector): RealPauliSum {
  const n = nelec[0] + nelec[1];
  const twoBodyTensor = new Float64Array(norb ** 4);
  // (pq|rs) a†_p a†_r a_s a_q with s = p and q = r.
  for (let p = 0; p < norb; p++)
    for (let q = 0; q < norb; q++) twoBodyTensor[((p * norb + q) * norb + q) * norb + p] = -1;
  return qubitHamiltonian({
    norb,
    nelec,
    twoBodyTensor,
    coreEnergy: n - (n * n) / 4,
    oneBodyTensor: new Float64Array(norb ** 2),
  });
}
