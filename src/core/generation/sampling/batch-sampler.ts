/** The sampling loop of one thread: many molecules side by side, a finished row at once begins the next molecule. */
import * as tf from "@tensorflow/tfjs-core";
import { BEGIN, type Vocabulary } from "../language/vocabulary.ts";
import type { Gru } from "../network/gru.ts";
import { advance, beginRow, type Fate, type Row, type RowRules } from "./row.ts";

/** The place of a molecule that could not be written to its end: nothing that the template and the grammar allow was found. */
export interface GivenUp {
  readonly index: number;
  readonly smiles: null;
}

/** A molecule as the model wrote it; it may not be valid. */
export interface Sample {
  /** Place in the order of sampling. */
  readonly index: number;
  readonly smiles: string;
  /** Negative log-likelihood of the whole string under the model at temperature 1, nats. */
  readonly nll: number;
}

interface SamplerOptions extends RowRules {
  /** Rows computed side by side. */
  batchSize: number;
  /** True stops the loop at the next step. */
  cancelled?: () => boolean;
}

/**
 * Samples the molecules with the given indices and yields those that each step finished.
 *
 * Molecule i draws from the random stream (seed, i): it does not depend on batch size, order, or the other molecules.
 */
export function* sampleIndices(
  gru: Gru,
  vocabulary: Vocabulary,
  indices: Iterator<number>,
  options: SamplerOptions,
): Generator<(Sample | GivenUp)[]> {
  const begin = (): Row | undefined => {
    const { value, done } = indices.next();
    return done ? undefined : beginRow(value, options);
  };
  let rows = Array.from({ length: options.batchSize }, begin).filter((row) => row !== undefined);
  let state = gru.initialState(rows.length);
  try {
    while (rows.length > 0 && !options.cancelled?.()) {
      const inputs = Uint8Array.from(rows, (row) => row.tokens.at(-1) ?? BEGIN);
      const out = gru.step(inputs, state);
      const logits = out.logits.dataSync() as Float32Array;
      tf.dispose([state, out.logits]);
      state = out.state;
      const fates = rows.map((row, i) =>
        advance(row, logits.subarray(i * vocabulary.size, (i + 1) * vocabulary.size), {
          vocabulary,
          rules: options,
        }),
      );
      if (fates.every((fate) => fate === "going-on")) continue;
      const isDone = (i: number) => fates[i] === "finished" || fates[i] === "given-up";
      const samples = rows.flatMap((row, i) => {
        if (!isDone(i)) return [];
        return [fates[i] === "finished" ? toSample(row, vocabulary) : { index: row.index, smiles: null }];
      });
      const next = rows.map((row, i) => (isDone(i) ? begin() : row));
      state = refill(state, next, fates);
      rows = next.filter((row) => row !== undefined);
      if (samples.length > 0) yield samples;
    }
  } finally {
    state.dispose();
  }
}

const toSample = (row: Row, vocabulary: Vocabulary): Sample => ({
  index: row.index,
  smiles: vocabulary.decode(row.tokens),
  nll: row.nll,
});

/** Zeroes the state of rows that begin anew and drops the rows that are left without a molecule; disposes the old state. */
function refill(state: tf.Tensor2D, next: readonly (Row | undefined)[], fates: readonly Fate[]): tf.Tensor2D {
  return tf.tidy(() => {
    const kept = next.map((row, i) => (row === undefined ? -1 : i)).filter((i) => i >= 0);
    const keep = Float32Array.from(kept, (i) => (fates[i] === "going-on" ? 1 : 0));
    const rows = kept.length < next.length ? tf.gather(state, tf.tensor1d(kept, "int32")) : state;
    const refilled = tf.mul(rows, tf.tensor2d(keep, [kept.length, 1])) as tf.Tensor2D;
    state.dispose();
    return refilled;
  });
}
