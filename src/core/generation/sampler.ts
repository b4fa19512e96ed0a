/** The sampling loop of one thread: many molecules side by side, a finished row at once begins the next molecule. */
import * as tf from "@tensorflow/tfjs-core";
import { chooseToken, type DrawingRules, tokenNll } from "./choose-token.ts";
import type { Grammar, GrammarState } from "./grammar.ts";
import type { Gru } from "./gru.ts";
import { randomStream } from "./random.ts";
import { BEGIN, END, type Vocabulary } from "./vocabulary.ts";

/** A molecule as the model wrote it; it may not be valid. */
export interface Sample {
  /** Place in the order of sampling. */
  readonly index: number;
  readonly smiles: string;
  /** Negative log-likelihood of the whole string under the model at temperature 1, nats. */
  readonly nll: number;
}

export interface SamplerOptions extends DrawingRules {
  seed: number;
  /** Rows computed side by side. */
  batchSize: number;
  /** Longest SMILES, in tokens; a longer one is cut there. */
  maxTokens: number;
  /** True stops the loop at the next step. */
  cancelled?: () => boolean;
  /** Tokens every molecule begins with. */
  prompt?: Uint8Array | undefined;
  /** Refuses tokens after which no valid molecule can follow. */
  grammar?: Grammar | undefined;
}

interface Row {
  index: number;
  random: () => number;
  tokens: number[];
  nll: number;
  written: GrammarState | undefined;
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
): Generator<Sample[]> {
  const begin = (): Row | undefined => {
    const { value, done } = indices.next();
    return done
      ? undefined
      : {
          index: value,
          random: randomStream(options.seed, value),
          tokens: [],
          nll: 0,
          written: options.grammar?.start,
        };
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
        advance(row, logits.subarray(i * vocabulary.size, (i + 1) * vocabulary.size), options),
      );
      if (fates.every((fate) => fate === "going-on")) continue;
      const samples = rows.filter((_, i) => fates[i] === "finished").map((row) => toSample(row, vocabulary));
      const next = rows.map((row, i) => (fates[i] === "finished" ? begin() : row));
      state = refill(state, next, fates);
      rows = next.filter((row) => row !== undefined);
      if (samples.length > 0) yield samples;
    }
  } finally {
    state.dispose();
  }
}

type Fate = "going-on" | "finished" | "restarted";

/** Adds one token to the row. A row to which the grammar leaves no way on, or no room, is begun again. */
function advance(row: Row, logits: Float32Array, options: SamplerOptions): Fate {
  const choice = nextToken(row, logits, options);
  if (choice) {
    row.nll += choice.nll;
    if (choice.token === END) return "finished";
    row.tokens.push(choice.token);
    if (row.tokens.length < options.maxTokens) return "going-on";
    if (!row.written) return "finished";
  }
  Object.assign(row, { tokens: [], nll: 0, written: options.grammar?.start });
  return "restarted";
}

/** The next token of the prompt, or one drawn from the model again and again until the grammar accepts it; undefined at a dead end. */
function nextToken(
  row: Row,
  logits: Float32Array,
  options: SamplerOptions,
): { token: number; nll: number } | undefined {
  const { grammar, prompt } = options;
  const forced = prompt?.[row.tokens.length];
  if (forced !== undefined) {
    row.written = row.written && grammar?.next(row.written, forced);
    return { token: forced, nll: tokenNll(logits, forced) };
  }
  if (!grammar || !row.written) return chooseToken(logits, options, undefined, row.random());
  const allowed = new Uint8Array(logits.length).fill(1);
  while (allowed.subarray(END).includes(1)) {
    const choice = chooseToken(logits, options, allowed, row.random());
    const written = grammar.next(row.written, choice.token);
    if (written) {
      row.written = written;
      return choice;
    }
    allowed[choice.token] = 0;
  }
  return undefined;
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
