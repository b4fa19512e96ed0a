/**
 * What Amazon Braket writes into a bucket: braket.task_result.gate_model_task_result
 * (github.com/amazon-braket/amazon-braket-schemas-python, gate_model_task_result_v1.py).
 */
import { z } from "zod";

const Result = z.object({
  braketSchemaHeader: z.object({ name: z.literal("braket.task_result.gate_model_task_result") }),
  measuredQubits: z.array(z.number().int().min(0)),
  measurements: z.array(z.array(z.number().int().min(0).max(1))).nullish(),
  /** By bits, the first measured qubit first. */
  measurementProbabilities: z.record(z.string().regex(/^[01]+$/), z.number().min(0).max(1)).nullish(),
  additionalMetadata: z.object({ action: z.object({ source: z.string() }) }),
});

/** Which bit each of the device's qubits is read into, of a program on its own numbers. */
const bitsOfQubits = (source: string): ReadonlyMap<number, number> =>
  new Map(
    [...source.matchAll(/^c\[(\d+)\] = measure \$(\d+);$/gm)].map(([, bit, q]) => [Number(q), Number(bit)]),
  );

const stateOf = (bits: readonly number[], measured: readonly number[]): number =>
  measured.reduce((state, q, k) => state + bits[k]! * 2 ** q, 0);

/**
 * How often each number was measured, bit q for qubit q; from probabilities where the device tells no shots.
 *
 * @returns undefined for a document that is no whole result
 */
export function braketCounts(
  document: unknown,
  { qubits, shots }: { qubits: number; shots: number },
): Map<number, number> | undefined {
  const { data } = Result.safeParse(document);
  const places = bitsOfQubits(data?.additionalMetadata.action.source ?? "");
  const measured = (data?.measuredQubits ?? []).map((q) => (places.size > 0 ? (places.get(q) ?? qubits) : q));
  if (measured.length !== qubits || new Set(measured).size !== qubits || measured.some((q) => q >= qubits))
    return undefined;
  const counts = new Map<number, number>();
  const add = (bits: readonly number[], count: number): void => {
    const state = stateOf(bits, measured);
    counts.set(state, (counts.get(state) ?? 0) + count);
  };
  const rows = data?.measurements ?? [];
  const probabilities = Object.entries(data?.measurementProbabilities ?? {});
  const isWhole = (bits: { length: number }) => bits.length === qubits;
  if (rows.length > 0) {
    if (!rows.every(isWhole)) return undefined;
    for (const row of rows) add(row, 1);
  } else {
    const parts = probabilities.map(([bits, p]) => [bits, p * shots] as const);
    // Probabilities of shots are whole numbers of them.
    if (!parts.every(([bits, count]) => isWhole(bits) && Math.abs(count - Math.round(count)) < 1e-3))
      return undefined;
    for (const [bits, count] of parts) add([...bits].map(Number), Math.round(count));
  }
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return total === shots ? counts : undefined;
}
