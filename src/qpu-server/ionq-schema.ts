/**
 * What IonQ v0.4 takes: the OpenAPI document of 2 September 2026 (github.com/ionq/ionq-core-python, openapi.json). Where that says
 * additionalProperties: false, an unknown field is refused; where it does not, it is let through.
 */
import { z } from "zod";

const qubit = z.number().int().min(0);
const QIS_GATES = [
  ...["x", "y", "z", "rx", "ry", "rz", "h", "s", "si", "v", "vi", "t", "ti", "not", "cnot", "swap"],
  ...["xx", "yy", "zz", "pauliexp"],
] as const;

const QisGate = z.strictObject({
  gate: z.enum(QIS_GATES),
  target: qubit.exactOptional(),
  targets: z.array(qubit).exactOptional(),
  control: qubit.exactOptional(),
  controls: z.array(qubit).exactOptional(),
  rotation: z.number().exactOptional(),
});
export type QisGate = z.infer<typeof QisGate>;

const MAX_GATES = 150_000;
const qubits = z.number().int().min(1);
const QisCircuitInput = z.strictObject({
  qubits,
  gateset: z.literal("qis"),
  circuit: z.array(QisGate).max(MAX_GATES),
});

/** Of angles in turns. */
const pair = z.tuple([qubit, qubit]);
const TrapGate = z.discriminatedUnion("gate", [
  z.strictObject({ gate: z.literal("gpi"), target: qubit, phase: z.number() }),
  z.strictObject({ gate: z.literal("gpi2"), target: qubit, phase: z.number() }),
  z.strictObject({ gate: z.literal("zz"), targets: pair, angle: z.number() }),
  z.strictObject({
    gate: z.literal("ms"),
    targets: pair,
    phases: z.tuple([z.number(), z.number()]),
    angle: z.number().min(0).max(0.25).default(0.25),
  }),
]);
export type TrapGate = z.infer<typeof TrapGate>;
const NativeCircuitInput = z.strictObject({
  qubits,
  gateset: z.literal("native"),
  circuit: z.array(TrapGate).max(MAX_GATES),
});

const CircuitInput = z.discriminatedUnion("gateset", [QisCircuitInput, NativeCircuitInput]);
export type CircuitInput = z.infer<typeof CircuitInput>;

const JOB = {
  name: z.string().exactOptional(),
  metadata: z.record(z.string(), z.string()).exactOptional(),
  shots: z.number().int().min(1).max(1_000_000).default(100),
  backend: z.string(),
  session_id: z.string().exactOptional(),
  settings: z
    .object({
      error_mitigation: z.object({ debiasing: z.boolean().exactOptional() }).exactOptional(),
      compilation: z
        .object({ opt: z.number().exactOptional(), precision: z.string().exactOptional() })
        .exactOptional(),
    })
    .exactOptional(),
  dry_run: z.boolean().exactOptional(),
  noise: z.strictObject({ model: z.string(), seed: z.number().int().exactOptional() }).exactOptional(),
};

/** A circuit of several: gates of the parent's set or of its own. */
const ListedCircuit = z.strictObject({
  name: z.string().exactOptional(),
  circuit: z.array(z.json()),
  qubits: qubits.exactOptional(),
  registers: z.record(z.string(), z.array(z.number().nullable())).exactOptional(),
  gateset: z.enum(["qis", "native"]).exactOptional(),
});
const MAX_CIRCUITS = 5000;
const SeveralInput = z
  .looseObject({
    gateset: z.enum(["qis", "native"]),
    qubits: qubits.exactOptional(),
    circuits: z.array(ListedCircuit).max(MAX_CIRCUITS),
  })
  .refine((input) => !("circuit" in input), { error: "circuit beside circuits" })
  .refine(({ circuits }) => circuits.reduce((sum, { circuit }) => sum + circuit.length, 0) <= MAX_GATES, {
    error: `more than ${MAX_GATES} gates`,
  })
  .transform(({ gateset, qubits: all, circuits }, context) => {
    const inputs = circuits.map(({ circuit, qubits: own = all, gateset: set = gateset }) =>
      CircuitInput.safeParse({ qubits: own, gateset: set, circuit }),
    );
    for (const { error } of inputs)
      if (error) context.addIssue({ code: "custom", message: z.prettifyError(error) });
    return inputs.flatMap(({ data }) => data ?? []);
  });

/** POST /jobs: of a single circuit, or of several. */
export const CircuitJob = z.discriminatedUnion("type", [
  z.strictObject({
    ...JOB,
    type: z.literal("ionq.circuit.v1"),
    input: CircuitInput.transform((one) => [one]),
  }),
  z.strictObject({ ...JOB, type: z.literal("ionq.multi-circuit.v1"), input: SeveralInput }),
]);
/** With its circuits, in their order, for its input. */
export type CircuitJob = z.infer<typeof CircuitJob>;

const integer = (fallback: number, minimum: number, maximum = 2 ** 31 - 1) =>
  z.coerce.number().int().min(minimum).max(maximum).default(fallback);

/** Query of GET /jobs/estimate. */
export const EstimateQuery = z.strictObject({
  backend: z.string(),
  type: z.string().default("ionq.circuit.v1"),
  qubits: integer(25, 1),
  shots: integer(1000, 1, 1_000_000),
  "1q_gates": integer(0, 0),
  "2q_gates": integer(0, 0),
  error_mitigation: z.enum(["true", "false"]).default("false"),
});

/** Query of GET /jobs. */
export const ListQuery = z.strictObject({
  status: z.enum(["submitted", "ready", "started", "canceled", "failed", "completed"]).exactOptional(),
  target: z.string().exactOptional(),
  parent_job_id: z.string().exactOptional(),
  limit: integer(25, 1, 25),
  next: z.string().exactOptional(),
});
