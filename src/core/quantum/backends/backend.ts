import type { ProductAnsatz } from "../ansatz.ts";
import type { ActiveHamiltonian } from "../hamiltonian.ts";
import type { VqeOptions, VqeRun } from "../vqe.ts";

/** One variational problem: whose energy, and over which states. */
export interface VqeProblem {
  readonly hamiltonian: ActiveHamiltonian;
  readonly ansatz: ProductAnsatz;
}

/** What runs a VQE: a simulator here, a device elsewhere. A run that does not converge is an outcome. */
export interface Backend {
  readonly name: string;
  minimise(problem: VqeProblem, options: VqeOptions): VqeRun | Promise<VqeRun>;
}
