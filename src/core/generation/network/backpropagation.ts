/** Likelihood of sequences and its gradient by backpropagation through time: products in TensorFlow.js, the rest in plain loops. */
import * as tf from "@tensorflow/tfjs-core";
import { BEGIN, END, PAD } from "../language/vocabulary.ts";
import type { Parameters } from "./parameters.ts";
import { zeroParameters } from "./parameters.ts";

/**
 * Runs the network over sequences (token ids without begin and end marks).
 *
 * @param weigh given the negative log-likelihood of each sequence in nats, answers the derivative of the loss by each of them;
 *   left out, no gradient is computed
 * @returns the negative log-likelihoods and the gradient of the loss, or null
 */
export function likelihoodAndGradient(
  parameters: Parameters,
  sequences: readonly Uint8Array[],
  weigh?: (nll: Float64Array) => Float64Array,
): { nll: Float64Array; gradient: Parameters | null } {
  const batch = arrange(sequences);
  using products = createProducts(parameters, weigh !== undefined);
  const pass = forward(parameters, products, batch);
  const nll = likelihood(pass.probabilities, batch, parameters.vocabularySize);
  if (!weigh) return { nll, gradient: null };
  return { nll, gradient: backward(parameters, products, { batch, pass, coefficients: weigh(nll) }) };
}

/** Rows of one step lie together: entry [step × rows + row]. */
interface Batch {
  rows: number;
  steps: number;
  inputs: Uint8Array;
  targets: Uint8Array;
}

function arrange(sequences: readonly Uint8Array[]): Batch {
  const rows = sequences.length;
  const steps = Math.max(...sequences.map((s) => s.length)) + 1;
  const inputs = new Uint8Array(steps * rows).fill(PAD);
  const targets = new Uint8Array(steps * rows).fill(PAD);
  sequences.forEach((sequence, row) => {
    for (let step = 0; step <= sequence.length; step++) {
      inputs[step * rows + row] = step === 0 ? BEGIN : sequence[step - 1]!;
      targets[step * rows + row] = sequence[step] ?? END;
    }
  });
  return { rows, steps, inputs, targets };
}

type Three<T> = [T, T, T];

/** The weights on the backend; the transposed ones only where a gradient is wanted (the wasm product with a transpose is slow). */
interface Products extends Disposable {
  wh: Three<tf.Tensor2D>;
  bh: Three<tf.Tensor1D>;
  wo: tf.Tensor2D;
  bo: tf.Tensor1D;
  whTransposed: Three<tf.Tensor2D> | null;
  woTransposed: tf.Tensor2D | null;
}

function createProducts(p: Parameters, withGradient: boolean): Products {
  const { hidden: H, vocabularySize: V } = p;
  const three = <T>(make: (gate: 0 | 1 | 2) => T): Three<T> => [make(0), make(1), make(2)];
  const made: Omit<Products, typeof Symbol.dispose> = {
    wh: three((gate) => tf.tensor2d(p.wh[gate], [H, H])),
    bh: three((gate) => tf.tensor1d(p.bh[gate])),
    wo: tf.tensor2d(p.wo, [H, V]),
    bo: tf.tensor1d(p.bo),
    whTransposed: withGradient ? three((gate) => tf.tensor2d(transpose(p.wh[gate], H, H), [H, H])) : null,
    woTransposed: withGradient ? tf.tensor2d(transpose(p.wo, H, V), [V, H]) : null,
  };
  return {
    ...made,
    [Symbol.dispose]: () =>
      tf.dispose(
        Object.values(made)
          .flat()
          .filter((tensor) => tensor !== null),
      ),
  };
}

/** What the backward pass needs; all but the probabilities are [steps × rows, hidden]. */
interface Pass {
  r: Float32Array;
  z: Float32Array;
  n: Float32Array;
  /** h Wh_n + bh_n */
  g: Float32Array;
  /** States before each step, and after the last: [(steps + 1) × rows, hidden]. */
  h: Float32Array;
  /** [steps × rows, vocabularySize] */
  probabilities: Float32Array;
}

function forward(p: Parameters, products: Products, { rows, steps, inputs }: Batch): Pass {
  const { hidden: H, vocabularySize: V } = p;
  const size = rows * H;
  const all = () => new Float32Array(steps * size);
  const pass = { r: all(), z: all(), n: all(), g: all(), h: new Float32Array((steps + 1) * size) };
  let state: tf.Tensor2D = tf.zeros([rows, H]);
  for (let step = 0; step < steps; step++) {
    const tokens = inputs.subarray(step * rows, (step + 1) * rows);
    const out = tf.tidy(() => cell(p, products, tokens, state));
    state.dispose();
    state = out.h;
    for (const name of ["r", "z", "n", "g"] as const) pass[name].set(out[name].dataSync(), step * size);
    pass.h.set(out.h.dataSync(), (step + 1) * size);
    tf.dispose([out.r, out.z, out.n, out.g]);
  }
  state.dispose();
  const logits = values(() => {
    const top = tf.tensor2d(pass.h.subarray(size), [steps * rows, H]);
    return tf.fused.matMul({ a: top, b: products.wo, bias: products.bo });
  });
  return { ...pass, probabilities: softmaxRows(logits, V) };
}

function cell(p: Parameters, { wh, bh }: Products, tokens: Uint8Array, h: tf.Tensor2D) {
  const H = p.hidden;
  const input = (gate: 0 | 1 | 2) => {
    const rows = new Float32Array(tokens.length * H);
    tokens.forEach((token, row) => {
      rows.set(p.input[gate].subarray(token * H, (token + 1) * H), row * H);
    });
    return tf.tensor2d(rows, [tokens.length, H]);
  };
  const recurrent = (gate: 0 | 1 | 2) => tf.fused.matMul({ a: h, b: wh[gate], bias: bh[gate] });
  const r = tf.sigmoid(tf.add(input(0), recurrent(0)));
  const z = tf.sigmoid(tf.add(input(1), recurrent(1)));
  const g = recurrent(2);
  // tanh(x) = 2 σ(2x) − 1: the wasm tanh is scalar.
  const n = tf.sub(tf.mul(tf.sigmoid(tf.mul(tf.add(input(2), tf.mul(r, g)), 2)), 2), 1);
  return { r, z, g, n, h: tf.add(n, tf.mul(z, tf.sub(h, n))) as tf.Tensor2D };
}

function softmaxRows(logits: Float32Array, width: number): Float32Array {
  const result = new Float32Array(logits.length);
  for (let at = 0; at < logits.length; at += width) {
    let top = -Infinity;
    let sum = 0;
    for (let j = at; j < at + width; j++) top = Math.max(top, logits[j]!);
    for (let j = at; j < at + width; j++) sum += Math.exp(logits[j]! - top);
    for (let j = at; j < at + width; j++) result[j] = Math.exp(logits[j]! - top) / sum;
  }
  return result;
}

const SMALLEST_PROBABILITY = 1e-30;

function likelihood(probabilities: Float32Array, { rows, targets }: Batch, width: number): Float64Array {
  const nll = new Float64Array(rows);
  for (const [i, target] of targets.entries())
    if (target !== PAD)
      nll[i % rows]! -= Math.log(Math.max(SMALLEST_PROBABILITY, probabilities[i * width + target]!));
  return nll;
}

function backward(
  p: Parameters,
  products: Products,
  { batch, pass, coefficients }: { batch: Batch; pass: Pass; coefficients: Float64Array },
): Parameters {
  const { hidden: H, vocabularySize: V } = p;
  const { rows, steps } = batch;
  const gradient = zeroParameters(V, H);
  const dLogits = logitGradient(pass.probabilities, { batch, coefficients, width: V });
  addColumnSums(gradient.bo, dLogits);
  // Products for a gradient have the transposed weights.
  const dTop = product(dLogits, [steps * rows, V], products.woTransposed!);
  const size = rows * H;
  const all = () => new Float32Array(steps * size);
  const d = { r: all(), z: all(), a: all(), g: all() };
  const dh = new Float32Array(size);
  for (let step = steps - 1; step >= 0; step--) {
    const at = step * size;
    cellBackward(pass, d, { dTop, dh, at });
    if (step === 0) break;
    const [wr, wz, wn] = products.whTransposed!; // as above
    const part = (array: Float32Array) => array.subarray(at, at + size);
    for (const [array, w] of [
      [d.r, wr],
      [d.z, wz],
      [d.g, wn],
    ] as const) {
      const through = product(part(array), [rows, H], w);
      for (let i = 0; i < size; i++) dh[i]! += through[i]!;
    }
  }
  recurrentGradient(gradient, { pass, d, dLogits, cells: steps * rows });
  for (const [gate, array] of [d.r, d.z, d.a].entries())
    addRows(gradient.input[gate]!, array, { tokens: batch.inputs, width: H });
  return gradient;
}

/** coefficient × (probability − 1 at the target), 0 after a sequence has ended. */
function logitGradient(
  probabilities: Float32Array,
  { batch, coefficients, width }: { batch: Batch; coefficients: Float64Array; width: number },
): Float32Array {
  const result = new Float32Array(probabilities.length);
  for (const [i, target] of batch.targets.entries()) {
    if (target === PAD) continue;
    const coefficient = coefficients[i % batch.rows]!;
    for (let j = i * width; j < (i + 1) * width; j++) result[j] = coefficient * probabilities[j]!;
    result[i * width + target]! -= coefficient;
  }
  return result;
}

interface GateGradients {
  r: Float32Array;
  z: Float32Array;
  /** by the argument of the candidate's tanh */
  a: Float32Array;
  /** by h Wh_n + bh_n */
  g: Float32Array;
}

/** Derivatives by the gates of one step; dh is dLoss/dh' on entry and, on return, what of dLoss/dh does not pass through Wh. */
function cellBackward(
  { r, z, n, g, h }: Pass,
  d: GateGradients,
  { dTop, dh, at }: { dTop: Float32Array; dh: Float32Array; at: number },
) {
  for (let i = 0; i < dh.length; i++) {
    const k = at + i;
    const dAfter = dTop[k]! + dh[i]!;
    const kept = dAfter * z[k]!;
    const da = (dAfter - kept) * (1 - n[k]! * n[k]!);
    const dg = da * r[k]!;
    d.z[k] = kept * (h[k]! - n[k]!) * (1 - z[k]!);
    d.a[k] = da;
    d.g[k] = dg;
    d.r[k] = dg * g[k]! * (1 - r[k]!);
    dh[i] = kept;
  }
}

function recurrentGradient(
  gradient: Parameters,
  { pass, d, dLogits, cells }: { pass: Pass; d: GateGradients; dLogits: Float32Array; cells: number },
) {
  const { hidden: H, vocabularySize: V } = gradient;
  const rows = pass.h.length / H - cells;
  const before = transpose(pass.h.subarray(0, cells * H), cells, H);
  for (const [gate, array] of [d.r, d.z, d.g].entries()) {
    gradient.wh[gate]!.set(productOf(before, [H, cells], array, [cells, H]));
    addColumnSums(gradient.bh[gate]!, array);
  }
  const after = transpose(pass.h.subarray(rows * H), cells, H);
  gradient.wo.set(productOf(after, [H, cells], dLogits, [cells, V]));
}

function addColumnSums(sums: Float32Array, matrix: Float32Array) {
  for (let at = 0; at < matrix.length; at += sums.length)
    for (let j = 0; j < sums.length; j++) sums[j]! += matrix[at + j]!;
}

function addRows(
  target: Float32Array,
  matrix: Float32Array,
  { tokens, width }: { tokens: Uint8Array; width: number },
) {
  for (const [row, token] of tokens.entries())
    for (let j = 0; j < width; j++) target[token * width + j]! += matrix[row * width + j]!;
}

const product = (a: Float32Array, shape: [number, number], b: tf.Tensor2D) =>
  values(() => tf.matMul(tf.tensor2d(a, shape), b));

const productOf = (a: Float32Array, aShape: [number, number], b: Float32Array, bShape: [number, number]) =>
  values(() => tf.matMul(tf.tensor2d(a, aShape), tf.tensor2d(b, bShape)));

/** The values of a tensor; what was made on the way is disposed. An array must not leave `tidy`, which would walk through it. */
function values(make: () => tf.Tensor): Float32Array {
  const tensor = tf.tidy(make);
  const data = tensor.dataSync() as Float32Array;
  tensor.dispose();
  return data;
}

const BLOCK = 32;

/** Transposes in blocks that fit the cache. */
function transpose(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const result = new Float32Array(matrix.length);
  for (let i0 = 0; i0 < rows; i0 += BLOCK)
    for (let j0 = 0; j0 < columns; j0 += BLOCK)
      for (let i = i0; i < Math.min(rows, i0 + BLOCK); i++)
        for (let j = j0; j < Math.min(columns, j0 + BLOCK); j++)
          result[j * rows + i] = matrix[i * columns + j]!;
  return result;
}
