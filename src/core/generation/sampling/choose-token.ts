/** Draws the next token from a row of logits. */
import { BEGIN, PAD } from "../language/vocabulary.ts";

export interface DrawingRules {
  /** Divides the logits; above 0. 1 samples the model's own distribution. */
  temperature: number;
  /** Keep only the most likely tokens whose probabilities reach this sum, 0 < topP ≤ 1 (nucleus, arXiv:1904.09751). */
  topP?: number | undefined;
  /** Keep only this many most likely tokens. */
  topK?: number | undefined;
}

/**
 * Draws a token from softmax(logits / temperature), restricted by the rules and by `allowed`.
 * @param logits one row, [vocabularySize]
 * @param allowed 1 where a token may follow, or undefined for all; at least one must be allowed
 * @param uniform a random number in [0, 1)
 * @returns the token and its negative log-likelihood under the unrestricted model at temperature 1, nats
 */
export function chooseToken(
  logits: Float32Array,
  rules: DrawingRules,
  allowed: Uint8Array | undefined,
  uniform: number,
): { token: number; nll: number } {
  const size = logits.length;
  const weights = new Float64Array(size);
  let top = -Infinity;
  for (const logit of logits) if (logit > top) top = logit;
  let modelSum = 0;
  let topAllowed = -Infinity;
  for (let token = 0; token < size; token++) {
    modelSum += Math.exp(logits[token]! - top);
    if (mayFollow(token, allowed) && logits[token]! > topAllowed) topAllowed = logits[token]!;
  }
  for (let token = 0; token < size; token++)
    weights[token] = mayFollow(token, allowed)
      ? Math.exp((logits[token]! - topAllowed) / rules.temperature)
      : 0;
  restrict(weights, rules);
  const token = draw(weights, uniform);
  return { token, nll: Math.log(modelSum) + top - logits[token]! };
}

/** Negative log-likelihood of one token under softmax(logits), nats. */
export function tokenNll(logits: Float32Array, token: number): number {
  let top = -Infinity;
  for (const logit of logits) if (logit > top) top = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - top);
  return Math.log(sum) + top - logits[token]!;
}

const mayFollow = (token: number, allowed: Uint8Array | undefined) =>
  token !== PAD && token !== BEGIN && (allowed === undefined || allowed[token] === 1);

/** Sets the weights outside the top-k and the nucleus to 0; equal weights keep the order of their ids. */
function restrict(weights: Float64Array, { topP = 1, topK = weights.length }: DrawingRules) {
  if (topP >= 1 && topK >= weights.length) return;
  const order = Array.from(weights.keys()).sort((a, b) => weights[b]! - weights[a]! || a - b);
  const limit = topP * weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  order.forEach((token, rank) => {
    const keep = rank === 0 || (rank < topK && sum < limit);
    sum += weights[token]!;
    if (!keep) weights[token] = 0;
  });
}

function draw(weights: Float64Array, uniform: number): number {
  let rest = uniform * weights.reduce((sum, weight) => sum + weight, 0);
  let last = -1;
  for (let token = 0; token < weights.length; token++) {
    if (weights[token] === 0) continue;
    last = token;
    rest -= weights[token]!;
    if (rest < 0) break;
  }
  return last;
}
