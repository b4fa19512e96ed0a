/** One step of the GRU language model in TensorFlow.js, written for the wasm backend. */
import * as tf from "@tensorflow/tfjs-core";
import type { GruWeights } from "./weights.ts";

/** A GRU whose weights lie on the backend. The state is a tensor [rows, hidden]. */
export interface Gru extends Disposable {
  initialState(rows: number): tf.Tensor2D;
  /**
   * Feeds one token a row and returns the new state and the logits [rows, vocabularySize]; `state` is not disposed.
   */
  step(tokens: Uint8Array, state: tf.Tensor2D): { state: tf.Tensor2D; logits: tf.Tensor2D };
}

/**
 * Puts the weights on the backend.
 *
 * One product a gate, so that nothing has to be sliced (the wasm slice copies its whole input); input rows are gathered in JavaScript
 * (the wasm gather takes 10 µs a row); tanh(x) = 2 σ(2x) − 1 with the factor of two in the weights, which is exact (the wasm tanh is scalar).
 * Cost of a step: 6 rows hidden² floating-point operations and about a dozen passes over [rows, hidden].
 */
export function createGru(weights: GruWeights): Gru {
  const { hidden, vocabularySize } = weights;
  const gates = ([0, 1, 2] as const).map((gate) => gateWeights(weights, gate));
  const wo = tf.tensor2d(copy(weights.wo), [hidden, vocabularySize]);
  const bo = tf.tensor1d(copy(weights.bo));
  const [one, two] = [tf.scalar(1), tf.scalar(2)];
  const [reset, update, candidate] = gates as [Gate, Gate, Gate];

  const input = (gate: Gate, tokens: Uint8Array) => {
    const rows = new Float32Array(tokens.length * hidden);
    tokens.forEach((token, row) => {
      rows.set(gate.input.subarray(token * hidden, (token + 1) * hidden), row * hidden);
    });
    return tf.tensor2d(rows, [tokens.length, hidden]);
  };
  const recurrent = (gate: Gate, state: tf.Tensor2D) =>
    tf.fused.matMul({ a: state, b: gate.wh, bias: gate.bh });

  return {
    initialState: (rows) => tf.zeros([rows, hidden]),
    step: (tokens, state) =>
      tf.tidy(() => {
        const r = tf.sigmoid(tf.add(input(reset, tokens), recurrent(reset, state)));
        const z = tf.sigmoid(tf.add(input(update, tokens), recurrent(update, state)));
        const s = tf.sigmoid(tf.add(input(candidate, tokens), tf.mul(r, recurrent(candidate, state))));
        const n = tf.sub(tf.mul(s, two), one);
        const next = tf.add(n, tf.mul(z, tf.sub(state, n))) as tf.Tensor2D;
        return { state: next, logits: tf.fused.matMul({ a: next, b: wo, bias: bo }) as tf.Tensor2D };
      }),
    [Symbol.dispose]: () => tf.dispose([wo, bo, one, two, ...gates.flatMap((gate) => [gate.wh, gate.bh])]),
  };
}

interface Gate {
  /** [vocabularySize, hidden]: input rows with their bias */
  input: Float32Array;
  wh: tf.Tensor2D;
  bh: tf.Tensor1D;
}

/** The columns of one gate; those of the candidate doubled for tanh(x) = 2 σ(2x) − 1. */
function gateWeights({ wx, bx, wh, bh, vocabularySize, hidden }: GruWeights, gate: 0 | 1 | 2): Gate {
  const factor = gate === 2 ? 2 : 1;
  const columns = (source: Float32Array, rows: number) => {
    const part = new Float32Array(rows * hidden);
    for (let row = 0; row < rows; row++)
      for (let j = 0; j < hidden; j++)
        part[row * hidden + j] = factor * source[(3 * row + gate) * hidden + j]!;
    return part;
  };
  const bias = columns(bx, 1);
  return {
    input: columns(wx, vocabularySize).map((value, i) => value + bias[i % hidden]!),
    wh: tf.tensor2d(columns(wh, hidden), [hidden, hidden]),
    bh: tf.tensor1d(columns(bh, 1)),
  };
}

/** TensorFlow.js takes no view of shared memory. */
const copy = (view: Float32Array) => new Float32Array(view);
