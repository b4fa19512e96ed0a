import type { AnyAnsatz } from "../circuit/ansatz-on-qubits.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import type { VqeOptions, VqeRun } from "../vqe/vqe.ts";

/** One variational problem: whose energy, and over which states. */
export interface VqeProblem {
  readonly hamiltonian: ActiveHamiltonian;
  readonly ansatz: AnyAnsatz;
}

/** Finds the parameters of the lowest energy, and that energy without shots. */
export interface Minimiser {
  /** A run that does not converge is an outcome. */
  minimise(problem: VqeProblem, options: VqeOptions): VqeRun | Promise<VqeRun>;
}
