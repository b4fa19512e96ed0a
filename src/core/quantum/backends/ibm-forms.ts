/**
 * The two forms of IBM's jobs: the program "executor" (schema v2.0), and "sampler" (version 2), which IBM calls deprecated. Shapes
 * from github.com/Qiskit/ibm-quantum-schemas (executor/version_2_0/models.py, common/tensor.py, sampler/version_0_1) and from its
 * REST guides of the sampler, read 30 November 2026.
 */
import { deflateSync, inflateSync } from "node:zlib";
import { z } from "zod";
import type { IbmSettings } from "#shared/quantum/devices.ts";
import { IBM_SAMPLER_LIMITS, JOB_LIMITS, type JobLimits } from "./job-limits.ts";
import { sharedShots } from "./pack-jobs.ts";

interface Asked {
  /** OpenQASM 3 with one register c of `qubits` bits. */
  readonly program: string;
  readonly qubits: number;
  readonly shots: number;
}

type Counts = Map<number, number>;

interface Form {
  readonly limits: JobLimits;
  readonly params: (asked: readonly Asked[]) => object;
  /**
   * Of each circuit how often each number was measured, bit q from bit q of the register; undefined for a document that is no whole
   * result of so many circuits.
   */
  readonly counts: (document: unknown, asked: readonly Omit<Asked, "program">[]) => Counts[] | undefined;
}

/** undefined where there are not as many results as circuits, or one is not whole. */
function countsOfEach<T>(
  results: readonly T[] | undefined,
  asked: readonly Omit<Asked, "program">[],
  countsOf: (result: T, one: Omit<Asked, "program">) => Counts | undefined,
): Counts[] | undefined {
  if (results?.length !== asked.length) return undefined;
  const counts = asked.flatMap((one, k) => countsOf(results[k]!, one) ?? []); // as many
  return counts.length === asked.length ? counts : undefined;
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

const ExecutorResult = z.object({ data: z.array(z.object({ results: z.object({ c: Tensor }) })) });

/** A circuit that needs more shots than its job has is run so many times over: the first axis of its result. */
const repeatsOf = ({ shots }: Pick<Asked, "shots">, shared: number): number[] =>
  shots === shared ? [] : [shots / shared];

const executor: Form = {
  limits: JOB_LIMITS.ibm,
  params(asked) {
    const shots = sharedShots(asked);
    return {
      schema_version: "v2.0",
      quantum_program: {
        shots,
        circuits: { data: asked.map(({ program }) => program) },
        items: asked.map((one) => ({
          item_type: "circuit",
          // None: a tensor of no numbers.
          circuit_arguments: {
            data: deflateSync(Buffer.alloc(0)).toString("base64"),
            shape: [...repeatsOf(one, shots), 0],
            dtype: "f64",
          },
          shape: repeatsOf(one, shots),
          chunk_size: "auto",
        })),
        meas_level: "classified",
      },
      options: {},
    };
  },
  counts(document, asked) {
    const { data } = ExecutorResult.safeParse(document);
    const shared = sharedShots(asked);
    return countsOfEach(data?.data, asked, ({ results }, one) => {
      const { shots, qubits } = one;
      const bit = bitsOf(results.c, [...repeatsOf(one, shared), shared, qubits]);
      if (!bit) return undefined;
      const counts = new Map<number, number>();
      for (let shot = 0; shot < shots; shot++) {
        let state = 0;
        for (let q = 0; q < qubits; q++) state += bit(shot * qubits + q) * 2 ** q;
        counts.set(state, (counts.get(state) ?? 0) + 1);
      }
      return counts;
    });
  },
};

const SamplerResult = z.object({
  results: z.array(
    z.object({ data: z.object({ c: z.object({ samples: z.array(z.string().regex(/^0x[0-9a-f]+$/i)) }) }) }),
  ),
});

const sampler: Form = {
  limits: IBM_SAMPLER_LIMITS,
  params: (asked) => ({
    version: 2,
    pubs: asked.map(({ program, shots }) => [program, [], shots]),
    options: {},
    support_qiskit: false,
  }),
  counts(document, asked) {
    const { data } = SamplerResult.safeParse(document);
    return countsOfEach(data?.results, asked, ({ data: { c } }, { qubits, shots }) => {
      if (c.samples.length !== shots) return undefined;
      const counts = new Map<number, number>();
      for (const sample of c.samples) {
        const state = Number(sample);
        if (state >= 2 ** qubits) return undefined;
        counts.set(state, (counts.get(state) ?? 0) + 1);
      }
      return counts;
    });
  },
};

export const IBM_FORMS: Readonly<Record<IbmSettings["program"], Form>> = { executor, sampler };
