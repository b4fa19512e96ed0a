import { circuitOf, isCircuitAnsatz } from "../circuit/ansatz-on-qubits.ts";
import { minimiseCircuit } from "../circuit/circuit-vqe.ts";
import { expectation, qubitHamiltonian, withNumberPenalty } from "../circuit/qubit-operators.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import { mollerPlessetStart, type VqeRun } from "../vqe/vqe.ts";
import type { Minimiser, VqeProblem } from "./minimiser.ts";

/** The reference alone, where symmetry leaves the ansatz no excitation. */
const withoutParameters = (energy_hartree: number): VqeRun => ({
  outcome: "converged",
  energy_hartree,
  gradientNorm: 0,
  iterations: 0,
  evaluations: 1,
  parameters: new Float64Array(),
  trace_hartree: Float64Array.of(energy_hartree),
});

const startOf = ({ hamiltonian, ansatz }: VqeProblem, context: NativeContext): Float64Array =>
  isCircuitAnsatz(ansatz)
    ? new Float64Array(ansatz.nParameters)
    : mollerPlessetStart(hamiltonian, ansatz, context);

/**
 * The circuit gate by gate on all 2^qubits amplitudes: what a perfect device would do.
 *
 * An ansatz that does not keep the electrons is held to their number by a penalty, which is in the trace and the gradient
 * but not in the energy.
 */
export const statevectorMinimiser: Minimiser = {
  minimise(problem, options) {
    const operator = qubitHamiltonian(problem.hamiltonian);
    const circuit = circuitOf(problem.ansatz);
    if (circuit.nParameters === 0)
      return withoutParameters(expectation(operator, circuit, new Float64Array(), options));
    const start = options.start ?? startOf(problem, options);
    if (!isCircuitAnsatz(problem.ansatz) || problem.ansatz.keepsElectrons)
      return minimiseCircuit(operator, circuit, { ...options, start });
    const run = minimiseCircuit(withNumberPenalty(operator, problem.ansatz), circuit, { ...options, start });
    return { ...run, energy_hartree: expectation(operator, circuit, run.parameters, options) };
  },
};
