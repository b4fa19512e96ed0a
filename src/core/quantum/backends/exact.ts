import { minimiseVqe } from "../vqe/vqe.ts";
import { type Backend, isCircuitAnsatz } from "./backend.ts";
import { statevectorBackend } from "./statevector.ts";

/**
 * Exact evolution, no shots and no noise: products of excitations in the determinants of one particle number and spin,
 * circuits gate by gate.
 */
export const exactBackend: Backend = {
  name: "exact",
  minimise({ hamiltonian, ansatz }, options) {
    if (isCircuitAnsatz(ansatz)) return statevectorBackend.minimise({ hamiltonian, ansatz }, options);
    return minimiseVqe(hamiltonian, ansatz, options);
  },
};
