import type { ProductAnsatz } from "../ansatz/ansatz.ts";
import type { CircuitAnsatz } from "../circuit/circuit-ansatz.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import type { VqeOptions, VqeRun } from "../vqe/vqe.ts";

export type AnyAnsatz = ProductAnsatz | CircuitAnsatz;

export const isCircuitAnsatz = (ansatz: AnyAnsatz): ansatz is CircuitAnsatz => "circuit" in ansatz;

/** One variational problem: whose energy, and over which states. */
export interface VqeProblem {
  readonly hamiltonian: ActiveHamiltonian;
  readonly ansatz: AnyAnsatz;
}

/** An energy from shots. */
interface Measurement {
  readonly energy_hartree: number;
  readonly standardError_hartree: number;
  readonly shots: number;
  /** Upper bound of ‖ψ − ψ_exact‖ of what was measured; null where it was held in double precision. */
  readonly stateErrorBound: number | null;
}

/** What runs a VQE: a simulator here, a device elsewhere. A run that does not converge is an outcome. */
export interface Backend {
  readonly name: "exact" | "statevector" | "sampler";
  minimise(problem: VqeProblem, options: VqeOptions): VqeRun | Promise<VqeRun>;
  /** Measures the energy at given parameters with shots; absent where energies are exact. */
  measure?(
    problem: VqeProblem,
    parameters: Float64Array,
    context: NativeContext,
  ): Measurement | Promise<Measurement>;
}
