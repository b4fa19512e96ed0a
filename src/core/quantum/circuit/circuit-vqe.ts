import { DomainError } from "#shared/errors.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import { type RealPauliSum, realTerms } from "../mapping/pauli.ts";
import { callNative, iterationLimit } from "../native/native.ts";
import type { VqeRun } from "../vqe/vqe.ts";
import { type Circuit, packCircuit } from "./circuit.ts";

/** Terms below this, in Hartree, are rounding. */
const NEGLIGIBLE = 1e-14;

const packOperator = (operator: RealPauliSum) => {
  const terms = [...realTerms(operator, NEGLIGIBLE)];
  return {
    x: Int32Array.from(terms, (term) => term.x),
    z: Int32Array.from(terms, (term) => term.z),
    coefficients: Float64Array.from(terms, (term) => term.coefficient),
  };
};

/** ⟨O⟩ of the circuit on |0…0⟩ and its gradient by one reverse sweep; O real symmetric. Cost: (gates + terms) · 2^qubits. */
export const circuitEnergyAndGradient = (
  operator: RealPauliSum,
  circuit: Circuit,
  parameters: Float64Array,
  { threads = 1, control }: NativeContext = {},
): { energy: number; gradient: Float64Array } =>
  callNative((addon) =>
    addon.circuitEnergyAndGradient({
      ...packOperator(operator),
      ...packCircuit(circuit),
      parameters,
      threads,
      control,
    }),
  );

interface CircuitVqeOptions extends NativeContext {
  readonly start: Float64Array;
  readonly maxIterations?: number;
  /** Largest absolute component of the gradient, Hartree; default 1e-5. */
  readonly gradientTolerance?: number;
}

/**
 * VQE of any circuit on the state-vector simulator: exact expectation values, gradients by a reverse sweep, L-BFGS.
 *
 * @throws DomainError `invalid-input` for a circuit without parameters or of another size than the operator.
 */
export function minimiseCircuit(
  operator: RealPauliSum,
  circuit: Circuit,
  { start, maxIterations = 500, gradientTolerance = 1e-5, threads = 1, control }: CircuitVqeOptions,
): VqeRun {
  if (circuit.nParameters === 0)
    throw new DomainError("invalid-input", "A VQE needs an ansatz with parameters, got one without.");
  if (operator.qubits !== circuit.qubits)
    throw new DomainError(
      "invalid-input",
      `The operator has ${operator.qubits} qubits and the circuit ${circuit.qubits}: expected the same number.`,
    );
  const run = callNative((addon) =>
    addon.minimiseCircuit({
      ...packOperator(operator),
      ...packCircuit(circuit),
      start,
      maxIterations: iterationLimit(maxIterations),
      gradientTolerance,
      threads,
      control,
    }),
  );
  return {
    outcome: run.converged ? "converged" : "not-converged",
    energy_hartree: run.energy,
    gradientNorm: run.gradientNorm,
    iterations: run.iterations,
    evaluations: run.evaluations,
    parameters: run.parameters,
    trace_hartree: run.trace,
  };
}
