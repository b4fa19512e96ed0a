/** The network of weights.ts written to be read: one sequence, one number at a time, in double precision. */
import type { GruWeights } from "#core/generation/network/weights.ts";

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Logits after each of the given tokens, [tokens][vocabularySize]. */
export function referenceLogits(weights: GruWeights, tokens: readonly number[]): number[][] {
  const { hidden: H, vocabularySize: V, wx, wh, bx, bh, wo, bo } = weights;
  let h = new Array<number>(H).fill(0);
  return tokens.map((token) => {
    const recurrent = (column: number) =>
      h.reduce((sum, value, k) => sum + value * wh[k * 3 * H + column]!, bh[column]!);
    const input = (column: number) => wx[token * 3 * H + column]! + bx[column]!;
    h = h.map((before, j) => {
      const r = sigmoid(input(j) + recurrent(j));
      const z = sigmoid(input(H + j) + recurrent(H + j));
      const n = Math.tanh(input(2 * H + j) + r * recurrent(2 * H + j));
      return n + z * (before - n);
    });
    return Array.from({ length: V }, (_, v) =>
      h.reduce((sum, value, k) => sum + value * wo[k * V + v]!, bo[v]!),
    );
  });
}
