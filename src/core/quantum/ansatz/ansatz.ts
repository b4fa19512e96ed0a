import type { Determinant } from "../hamiltonian/determinant.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import { isAllowed, type SpinMasks, symmetryBasis } from "../hamiltonian/orbital-symmetry.ts";
import type { PackedAnsatz, PackedFactors } from "../native/addon-functions.ts";

/**
 * T = T_α T_β, each a†(created, ascending) a(annihilated, descending) of one spin; orbital p is bit p of a mask.
 * The orbitals created and annihilated in one spin are disjoint, so that G = T − T† obeys G³ = −G.
 */
export interface Excitation {
  readonly alphaAnnihilate: number;
  readonly alphaCreate: number;
  readonly betaAnnihilate: number;
  readonly betaCreate: number;
}

/** One factor e^{θG}, θ = scale · parameters[parameter]. */
export interface AnsatzFactor {
  readonly excitation: Excitation;
  readonly parameter: number;
  readonly scale: number;
  /** Qubit excitation: the same transitions without the fermionic sign (doi:10.1038/s42005-021-00730-0). */
  readonly qubit?: boolean;
}

/** |ψ⟩ = factors[n−1] … factors[1] factors[0] |reference⟩. */
export interface ProductAnsatz {
  readonly name: string;
  readonly norb: number;
  readonly nelec: readonly [number, number];
  readonly reference: Determinant;
  readonly nParameters: number;
  readonly factors: readonly AnsatzFactor[];
}

const moved = (e: Excitation): SpinMasks => ({
  alpha: e.alphaAnnihilate ^ e.alphaCreate,
  beta: e.betaAnnihilate ^ e.betaCreate,
});

/**
 * Leaves out the factors that the spatial symmetry of the Hamiltonian forbids: from a symmetric reference their
 * parameters have no gradient and stay 0. Parameters are renumbered.
 */
export function dropForbidden(ansatz: ProductAnsatz, hamiltonian: ActiveHamiltonian): ProductAnsatz {
  const basis = symmetryBasis(hamiltonian);
  const kept = ansatz.factors.filter((factor) => isAllowed(basis, moved(factor.excitation)));
  const numbers = new Map<number, number>();
  for (const { parameter } of kept) if (!numbers.has(parameter)) numbers.set(parameter, numbers.size);
  // Each parameter was numbered in the line above.
  const factors = kept.map((factor) => ({ ...factor, parameter: numbers.get(factor.parameter)! }));
  return { ...ansatz, factors, nParameters: numbers.size };
}

/** Factors as the flat arrays of the native core; masks [n, 4] in the order of Excitation's fields. */
export function packFactors(factors: readonly AnsatzFactor[]): PackedFactors {
  return {
    excitations: Int32Array.from(
      factors.flatMap(({ excitation: e }) => [
        e.alphaAnnihilate,
        e.alphaCreate,
        e.betaAnnihilate,
        e.betaCreate,
      ]),
    ),
    parameterIndex: Int32Array.from(factors, (factor) => factor.parameter),
    scale: Float64Array.from(factors, (factor) => factor.scale),
    qubit: Int32Array.from(factors, (factor) => (factor.qubit ? 1 : 0)),
  };
}

/** The ansatz as the flat arrays of the native core. */
export function packAnsatz(ansatz: ProductAnsatz): PackedAnsatz {
  return {
    ...packFactors(ansatz.factors),
    norb: ansatz.norb,
    nalpha: ansatz.nelec[0],
    nbeta: ansatz.nelec[1],
    nParameters: ansatz.nParameters,
    reference: Int32Array.from(ansatz.reference),
  };
}
