/** A circuit that a person wrote, as JSON: what `ansatz qpu submit` takes. */
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";
import { GATE_KINDS, TWO_QUBIT_KINDS } from "../native/gate-kinds.ts";
import type { Circuit } from "./circuit.ts";

const MOST_QUBITS = 30;
const ROTATIONS: ReadonlySet<string> = new Set(["rx", "ry", "rz", "p", "cp", "givens"]);
const qubit = z
  .number()
  .int()
  .min(0)
  .max(MOST_QUBITS - 1);

const CircuitFile = z.strictObject({
  qubits: z.number().int().min(1).max(MOST_QUBITS),
  gates: z
    .array(
      z
        .strictObject({
          kind: z.enum(GATE_KINDS),
          qubits: z.union([z.tuple([qubit]), z.tuple([qubit, qubit])]),
          /** Radian. */
          angle: z.number().exactOptional(),
        })
        .refine(({ kind, qubits }) => (qubits.length === 2) === TWO_QUBIT_KINDS.has(kind), {
          error: "has the wrong number of qubits",
        })
        .refine(({ kind, angle }) => (angle !== undefined) === ROTATIONS.has(kind), {
          error: "has an angle where its kind has none, or none where it has one",
        })
        .refine(({ qubits: [a, b] }) => a !== b, { error: "acts twice on one qubit" }),
    )
    .max(100_000),
});

/** @throws DomainError invalid-input that says which gate is wrong */
export function readCircuit(text: string): Circuit {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new DomainError("invalid-input", "A circuit: expected JSON, got something else.");
  }
  const { data, error } = CircuitFile.safeParse(document);
  if (error) throw new DomainError("invalid-input", `A circuit: ${z.prettifyError(error)}`);
  const beyond = data.gates.findIndex(({ qubits }) => qubits.some((q) => q >= data.qubits));
  if (beyond >= 0)
    throw new DomainError(
      "invalid-input",
      `A circuit, gates[${beyond}]: expected qubits from 0 to ${data.qubits - 1}, got ${data.gates[beyond]?.qubits.join(", ")}.`,
    );
  const gates = data.gates.map(({ kind, qubits, angle }) => ({
    kind,
    qubits,
    ...(angle !== undefined && { theta: { angle } }),
  }));
  return { qubits: data.qubits, nParameters: 0, gates };
}
