/** The arrays of a one-layer GRU language model and their places in the weight file. */
import { createHash } from "node:crypto";
import { type Sha256, Sha256 as sha256Schema } from "#shared/ids.ts";

/**
 * Weights of a one-layer GRU; float32, row-major, gates in the order r, z, n.
 *
 *     r = σ(Wx_r + bx_r + h Wh_r + bh_r)       n  = tanh(Wx_n + bx_n + r ⊙ (h Wh_n + bh_n))
 *     z = σ(Wx_z + bx_z + h Wh_z + bh_z)       h' = n + z ⊙ (h − n),  logits = h' Wo + bo
 *
 * Wx is the input row of the token. The gates follow Cho et al. (doi:10.3115/v1/D14-1179) in the form of cuDNN.
 */
export interface GruWeights {
  readonly vocabularySize: number;
  readonly hidden: number;
  /** The whole file; the arrays below are views of it. */
  readonly all: Float32Array<SharedArrayBuffer>;
  /** [vocabularySize, 3 hidden] */
  readonly wx: Float32Array;
  /** [hidden, 3 hidden] */
  readonly wh: Float32Array;
  /** [3 hidden] */
  readonly bx: Float32Array;
  /** [3 hidden] */
  readonly bh: Float32Array;
  /** [hidden, vocabularySize] */
  readonly wo: Float32Array;
  /** [vocabularySize] */
  readonly bo: Float32Array;
}

/** Number of float32 values in the weight file. */
export const weightCount = (vocabularySize: number, hidden: number): number =>
  3 * hidden * (vocabularySize + hidden + 2) + vocabularySize * (hidden + 1);

/** Views of the arrays in the flat weights, which must hold `weightCount` values. */
export function gruWeights(
  all: Float32Array<SharedArrayBuffer>,
  vocabularySize: number,
  hidden: number,
): GruWeights {
  let at = 0;
  const take = (size: number) => {
    at += size;
    return all.subarray(at - size, at);
  };
  const gates = 3 * hidden;
  return {
    vocabularySize,
    hidden,
    all,
    wx: take(vocabularySize * gates),
    wh: take(hidden * gates),
    bx: take(gates),
    bh: take(gates),
    wo: take(hidden * vocabularySize),
    bo: take(vocabularySize),
  };
}

/** The identity of a model: SHA-256 over its vocabulary as JSON, a line feed, and its weights as little-endian float32. */
export function modelHash(vocabulary: readonly string[], weights: Uint8Array): Sha256 {
  const hash = createHash("sha256")
    .update(`${JSON.stringify(vocabulary)}\n`)
    .update(weights);
  return sha256Schema.parse(hash.digest("hex"));
}
