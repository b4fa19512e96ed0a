import { minimiseVqe } from "../vqe.ts";
import type { Backend } from "./backend.ts";

/** Exact evolution in the determinants of one particle number and spin: no shots, no noise. */
export const exactBackend: Backend = {
  name: "exact",
  minimise: ({ hamiltonian, ansatz }, options) => minimiseVqe(hamiltonian, ansatz, options),
};
