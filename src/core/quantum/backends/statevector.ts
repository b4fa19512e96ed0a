import { minimiseCircuit } from "../circuit/circuit-vqe.ts";
import { ansatzCircuit } from "../circuit/excitation-circuit.ts";
import { encoding } from "../mapping/encoding.ts";
import { mapHamiltonian } from "../mapping/map-hamiltonian.ts";
import { mollerPlessetStart } from "../vqe.ts";
import type { Backend, VqeProblem } from "./backend.ts";

/** The Hamiltonian and the ansatz on Jordan–Wigner qubits, α before β. */
export const onQubits = ({ hamiltonian, ansatz }: VqeProblem) => ({
  operator: mapHamiltonian(hamiltonian, encoding("jordan-wigner", 2 * hamiltonian.norb), "blocked"),
  circuit: ansatzCircuit(ansatz),
});

/** The circuit gate by gate on all 2^qubits amplitudes: what a perfect device would do. */
export const statevectorBackend: Backend = {
  name: "statevector",
  minimise(problem, options) {
    const { operator, circuit } = onQubits(problem);
    const start = options.start ?? mollerPlessetStart(problem.hamiltonian, problem.ansatz, options);
    return minimiseCircuit(operator, circuit, { ...options, start });
  },
};
