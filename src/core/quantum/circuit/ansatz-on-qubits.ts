/** Any ansatz as a circuit on Jordan–Wigner qubits, α before β. */
import type { ProductAnsatz } from "../ansatz/ansatz.ts";
import type { Circuit } from "./circuit.ts";
import type { CircuitAnsatz } from "./circuit-ansatz.ts";
import { ansatzCircuit } from "./excitation-circuit.ts";

export type AnyAnsatz = ProductAnsatz | CircuitAnsatz;

export const isCircuitAnsatz = (ansatz: AnyAnsatz): ansatz is CircuitAnsatz => "circuit" in ansatz;

export const circuitOf = (ansatz: AnyAnsatz): Circuit =>
  isCircuitAnsatz(ansatz) ? ansatz.circuit : ansatzCircuit(ansatz);
