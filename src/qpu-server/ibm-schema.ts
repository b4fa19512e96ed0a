/**
 * What IBM Quantum takes: the OpenAPI documents in github.com/Qiskit/qiskit-ibm-runtime-c, and the models of the programs in
 * github.com/Qiskit/ibm-quantum-schemas (executor v2.0, sampler 0.1), which forbid what they do not know.
 */
import { inflateSync } from "node:zlib";
import { z } from "zod";

/** Each dated version of the interface, oldest first. */
export const API_VERSIONS = ["2025-05-01", "2026-02-01", "2026-02-15", "2026-03-15", "2026-04-15"] as const;
export type ApiVersion = (typeof API_VERSIONS)[number];

const shots = z.number().int().min(1);

/** A tensor that holds as many bytes as its shape says. */
const F64Tensor = z
  .strictObject({
    data: z.string(),
    shape: z.array(z.number().int().min(0)),
    dtype: z.literal("f64").default("f64"),
  })
  .refine(
    ({ data, shape }) => {
      try {
        const { length } = inflateSync(Buffer.from(data, "base64"));
        return length === 8 * shape.reduce((product, n) => product * n, 1);
      } catch {
        return false;
      }
    },
    { error: "is inconsistent with its shape" },
  );

const CircuitItem = z
  .strictObject({
    item_type: z.literal("circuit"),
    circuit_arguments: F64Tensor,
    shape: z.array(z.number().int().min(0)),
    // Numbers of chunks are for sessions.
    chunk_size: z.literal("auto").default("auto"),
  })
  // The arguments' last axis is the circuit's parameters; from the right each other is that of the item, or 1 and stretched to it.
  .refine(
    ({ shape, circuit_arguments: { shape: of } }) => {
      const own = of.slice(0, -1).reverse();
      return (
        of.length > 0 && own.length <= shape.length && own.every((n, k) => n === 1 || n === shape.at(-1 - k))
      );
    },
    { error: "the shape of an item must extend that of its arguments" },
  );

const ExecutorParams = z.strictObject({
  schema_version: z.literal("v2.0"),
  quantum_program: z
    .strictObject({
      shots,
      circuits: z.strictObject({ data: z.array(z.string()) }),
      items: z.array(CircuitItem),
      meas_level: z.literal("classified").default("classified"),
      passthrough_data: z.json().exactOptional(),
    })
    .refine(({ circuits, items }) => circuits.data.length === items.length, {
      error: "There must be exactly one circuit for every program item",
    }),
  options: z.strictObject({
    init_qubits: z.boolean().exactOptional(),
    rep_delay: z.number().nullable().exactOptional(),
    scheduler_timing: z.boolean().exactOptional(),
    stretch_values: z.boolean().exactOptional(),
    experimental: z.record(z.string(), z.json()).exactOptional(),
  }),
});

const SamplerParams = z.strictObject({
  version: z.literal(2),
  pubs: z.array(z.tuple([z.string(), z.array(z.number()).max(0).nullable(), shots])).min(1),
  options: z.strictObject({
    default_shots: shots.exactOptional(),
    dynamical_decoupling: z.record(z.string(), z.json()).exactOptional(),
    execution: z.record(z.string(), z.json()).exactOptional(),
    twirling: z.record(z.string(), z.json()).exactOptional(),
    experimental: z.record(z.string(), z.json()).exactOptional(),
  }),
  // Wrapped results are not served.
  support_qiskit: z.literal(false),
});

const JOB = {
  backend: z.string(),
  tags: z.array(z.string()).exactOptional(),
  log_level: z.enum(["critical", "error", "warning", "info", "debug"]).exactOptional(),
  /** Seconds of the device, at most. */
  cost: z.number().int().min(1).max(10_800).exactOptional(),
  session_id: z.string().exactOptional(),
  private: z.boolean().exactOptional(),
};

/** POST /jobs. */
export const JobRequest = z.discriminatedUnion("program_id", [
  z.strictObject({ ...JOB, program_id: z.literal("executor"), params: ExecutorParams }),
  z.strictObject({ ...JOB, program_id: z.literal("sampler"), params: SamplerParams }),
]);
export type JobRequest = z.infer<typeof JobRequest>;

const flag = z.enum(["true", "false"]);

/** Query of GET /jobs. */
export const IbmListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(200),
  offset: z.coerce.number().int().min(0).default(0),
  pending: flag.exactOptional(),
  program: z.string().exactOptional(),
  backend: z.string().exactOptional(),
  tags: z.string().exactOptional(),
  exclude_params: flag.exactOptional(),
});

/** Tags of a job, and characters of one: the registry of errors names both limits, and no numbers; these are cautious. */
export const MOST_TAGS = 8;
export const LONGEST_TAG = 86;
