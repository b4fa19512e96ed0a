import { isCircuitAnsatz } from "../circuit/ansatz-on-qubits.ts";
import { minimiseVqe } from "../vqe/vqe.ts";
import type { Minimiser } from "./minimiser.ts";
import { statevectorMinimiser } from "./statevector.ts";

/**
 * Exact evolution, no shots and no noise: products of excitations in the determinants of one particle number and spin,
 * circuits gate by gate.
 */
export const exactMinimiser: Minimiser = {
  minimise({ hamiltonian, ansatz }, options) {
    if (isCircuitAnsatz(ansatz)) return statevectorMinimiser.minimise({ hamiltonian, ansatz }, options);
    return minimiseVqe(hamiltonian, ansatz, options);
  },
};
