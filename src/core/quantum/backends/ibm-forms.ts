/**
 * The two forms of IBM's jobs: the program "executor" (schema v2.0), and "sampler" (version 2), which IBM calls deprecated. Shapes
 * from github.com/Qiskit/ibm-quantum-schemas (executor/version_2_0/models.py, common/tensor.py, sampler/version_0_1) and from its
 * REST guides of the sampler, read 30 November 2026.
 */
import { deflateSync, inflateSync } from "node:zlib";
import { z } from "zod";
import type { IbmSettings } from "#shared/quantum/devices.ts";

interface Asked {
  /** OpenQASM 3 with one register c of `qubits` bits. */
  readonly program: string;
  readonly qubits: number;
  readonly shots: number;
}

interface Form {
  readonly params: (asked: Asked) => object;
  /** How often each number was measured, bit q from bit q of the register; undefined for a document that is no whole result. */
  readonly counts: (document: unknown, asked: Omit<Asked, "program">) => Map<number, number> | undefined;
}

/** Numbers in JSON: base64 of zlib of them, little-endian and row by row; eight bits a byte, from the lowest. */
const Tensor = z.object({ data: z.string(), shape: z.array(z.number().int()), dtype: z.string() });

/** Bits of a tensor, row by row; undefined where it has another shape. */
function bitsOf({ data, shape, dtype }: z.infer<typeof Tensor>, expected: readonly number[]) {
  if (dtype !== "bool" || shape.join() !== expected.join()) return undefined;
  const size = expected.reduce((product, n) => product * n, 1);
  const length = Math.ceil(size / 8);
  try {
    const bytes = inflateSync(Buffer.from(data, "base64"), { maxOutputLength: length });
    if (bytes.length === length) return (k: number) => (bytes[k >> 3]! >> (k & 7)) & 1;
  } catch {
    // Not base64, or not zlib, or too long.
  }
  return undefined;
}

const ExecutorResult = z.object({
  data: z.tuple([z.object({ results: z.object({ c: Tensor }) })]),
});

const executor: Form = {
  params: ({ program, shots }) => ({
    schema_version: "v2.0",
    quantum_program: {
      shots,
      circuits: { data: [program] },
      items: [
        {
          item_type: "circuit",
          // None: a tensor of no numbers.
          circuit_arguments: {
            data: deflateSync(Buffer.alloc(0)).toString("base64"),
            shape: [0],
            dtype: "f64",
          },
          shape: [],
          chunk_size: "auto",
        },
      ],
      meas_level: "classified",
    },
    options: {},
  }),
  counts(document, { qubits, shots }) {
    const { data } = ExecutorResult.safeParse(document);
    const bit = data && bitsOf(data.data[0].results.c, [shots, qubits]);
    if (!bit) return undefined;
    const counts = new Map<number, number>();
    for (let shot = 0; shot < shots; shot++) {
      let state = 0;
      for (let q = 0; q < qubits; q++) state += bit(shot * qubits + q) * 2 ** q;
      counts.set(state, (counts.get(state) ?? 0) + 1);
    }
    return counts;
  },
};

const SamplerResult = z.object({
  results: z.tuple([
    z.object({ data: z.object({ c: z.object({ samples: z.array(z.string().regex(/^0x[0-9a-f]+$/i)) }) }) }),
  ]),
});

const sampler: Form = {
  params: ({ program, shots }) => ({
    version: 2,
    pubs: [[program, [], shots]],
    options: {},
    support_qiskit: false,
  }),
  counts(document, { qubits, shots }) {
    const { data } = SamplerResult.safeParse(document);
    const samples = data?.results[0].data.c.samples;
    if (samples?.length !== shots) return undefined;
    const counts = new Map<number, number>();
    for (const sample of samples) {
      const state = Number(sample);
      if (state >= 2 ** qubits) return undefined;
      counts.set(state, (counts.get(state) ?? 0) + 1);
    }
    return counts;
  },
};

export const IBM_FORMS: Readonly<Record<IbmSettings["program"], Form>> = { executor, sampler };
