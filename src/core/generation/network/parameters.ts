/** The GRU's trainable numbers, one array a gate, over one flat vector that the optimiser steps. */
import { type GruWeights, gruWeights, weightCount } from "./weights.ts";

/** Views of a flat vector; gates in the order r, z, n. */
export interface Parameters {
  readonly vocabularySize: number;
  readonly hidden: number;
  readonly all: Float32Array;
  /** Input rows with the input bias added, [vocabularySize, hidden] each. */
  readonly input: readonly [Float32Array, Float32Array, Float32Array];
  /** [hidden, hidden] each */
  readonly wh: readonly [Float32Array, Float32Array, Float32Array];
  /** [hidden] each */
  readonly bh: readonly [Float32Array, Float32Array, Float32Array];
  /** [hidden, vocabularySize] */
  readonly wo: Float32Array;
  /** [vocabularySize] */
  readonly bo: Float32Array;
}

/** All parameters 0: the shape of a gradient too. */
export function zeroParameters(vocabularySize: number, hidden: number): Parameters {
  const all = new Float32Array(3 * hidden * (vocabularySize + hidden + 1) + vocabularySize * (hidden + 1));
  let at = 0;
  const take = (size: number) => {
    at += size;
    return all.subarray(at - size, at);
  };
  const three = (size: number) => [take(size), take(size), take(size)] as const;
  return {
    vocabularySize,
    hidden,
    all,
    input: three(vocabularySize * hidden),
    wh: three(hidden * hidden),
    bh: three(hidden),
    wo: take(hidden * vocabularySize),
    bo: take(vocabularySize),
  };
}

/** Copies the weights of a model; its input bias goes into the input rows. */
export function parametersOf(weights: GruWeights): Parameters {
  const { hidden, vocabularySize } = weights;
  const parameters = zeroParameters(vocabularySize, hidden);
  for (const gate of [0, 1, 2] as const) {
    const column = (source: Float32Array, row: number, j: number) => source[(3 * row + gate) * hidden + j]!;
    for (let j = 0; j < hidden; j++) {
      for (let token = 0; token < vocabularySize; token++)
        parameters.input[gate][token * hidden + j] = column(weights.wx, token, j) + column(weights.bx, 0, j);
      for (let k = 0; k < hidden; k++) parameters.wh[gate][k * hidden + j] = column(weights.wh, k, j);
      parameters.bh[gate][j] = column(weights.bh, 0, j);
    }
  }
  parameters.wo.set(weights.wo);
  parameters.bo.set(weights.bo);
  return parameters;
}

/** The weights in the file's order; the input bias is 0, its share is in the input rows. */
export function weightsOf(parameters: Parameters): GruWeights {
  const { hidden, vocabularySize } = parameters;
  const all = new Float32Array(new SharedArrayBuffer(weightCount(vocabularySize, hidden) * 4));
  const weights = gruWeights(all, vocabularySize, hidden);
  for (const gate of [0, 1, 2] as const) {
    const put = (target: Float32Array, source: Float32Array, rows: number) => {
      for (let row = 0; row < rows; row++)
        target.set(source.subarray(row * hidden, (row + 1) * hidden), (3 * row + gate) * hidden);
    };
    put(weights.wx, parameters.input[gate], vocabularySize);
    put(weights.wh, parameters.wh[gate], hidden);
    put(weights.bh, parameters.bh[gate], 1);
  }
  weights.wo.set(parameters.wo);
  weights.bo.set(parameters.bo);
  return weights;
}
