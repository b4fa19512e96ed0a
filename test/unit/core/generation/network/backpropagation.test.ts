import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { BEGIN, END } from "#core/generation/language/vocabulary.ts";
import { createAdam } from "#core/generation/network/adam.ts";
import { likelihoodAndGradient } from "#core/generation/network/backpropagation.ts";
import { openModel } from "#core/generation/network/model.ts";
import {
  type Parameters,
  parametersOf,
  weightsOf,
  zeroParameters,
} from "#core/generation/network/parameters.ts";
import { readyBackend } from "#core/generation/network/tensor-backend.ts";
import { randomStream } from "#core/generation/random-stream.ts";
import { referenceLogits } from "../reference-gru.ts";

const [V, H] = [7, 6];
const SEQUENCES = [[3, 4, 5], [6], [5, 5, 3, 4, 6, 3], [4, 3]].map((s) => Uint8Array.from(s));
/** Derivatives of the loss by each sequence's −log p: none alike, one negative as in steering. */
const COEFFICIENTS = Float64Array.of(0.3, 1.1, -0.4, 0.7);
/** Central differences of a double-precision loss, step 1e-3, against float32 products. */
const STEP = 1e-3;
const GRADIENT_TOLERANCE = 2e-5;
const NLL_TOLERANCE = 1e-5;

beforeAll(async () => {
  await readyBackend();
});

function smallNetwork(): Parameters {
  const random = randomStream(3, 0);
  const parameters = zeroParameters(V, H);
  parameters.all.forEach((_, i) => {
    parameters.all[i] = random() - 0.5;
  });
  return parameters;
}

/** −log p of a sequence by the network's definition, in double precision. */
function referenceNll(parameters: Parameters, sequence: Uint8Array): number {
  const logits = referenceLogits(weightsOf(parameters), [BEGIN, ...sequence]);
  return [...sequence, END].reduce((nll, token, step) => {
    const row = logits[step]!;
    return nll + Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)) - row[token]!;
  }, 0);
}

describe("likelihoodAndGradient", () => {
  it("gives the likelihood of each sequence, whatever the others' lengths", () => {
    const parameters = smallNetwork();
    const { nll, gradient } = likelihoodAndGradient(parameters, SEQUENCES);
    expect(gradient).toBeNull();
    SEQUENCES.forEach((s, i) => {
      expect(Math.abs(nll[i]! - referenceNll(parameters, s))).toBeLessThan(NLL_TOLERANCE);
    });
  });

  it("gives the derivative of the weighed loss by every single parameter", () => {
    const parameters = smallNetwork();
    const { gradient } = likelihoodAndGradient(parameters, SEQUENCES, () => COEFFICIENTS);
    const loss = () =>
      SEQUENCES.reduce((sum, s, i) => sum + COEFFICIENTS[i]! * referenceNll(parameters, s), 0);
    for (let i = 0; i < parameters.all.length; i++) {
      const kept = parameters.all[i]!;
      parameters.all[i] = kept + STEP;
      const up = loss();
      parameters.all[i] = kept - STEP;
      const numeric = (up - loss()) / (Math.fround(kept + STEP) - Math.fround(kept - STEP));
      parameters.all[i] = kept;
      expect(Math.abs(gradient!.all[i]! - numeric)).toBeLessThan(GRADIENT_TOLERANCE);
    }
  });

  it("leaves no tensor behind", () => {
    const before = tf.memory().numTensors;
    likelihoodAndGradient(smallNetwork(), SEQUENCES, () => COEFFICIENTS);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe("parameters", () => {
  it("keep the likelihoods of a shipped model", async () => {
    const model = await openModel("resources/models/small-organics");
    const encoded = model.vocabulary.encode("CC(=O)OC1CC1");
    if (!("ids" in encoded)) throw new Error("unknown token");
    const parameters = parametersOf(model.weights);
    const { nll } = likelihoodAndGradient(parameters, [encoded.ids]);
    const logits = referenceLogits(model.weights, [BEGIN, ...encoded.ids]);
    const expected = [...encoded.ids, END].reduce(
      (sum, token, step) =>
        sum + Math.log(logits[step]!.reduce((s, x) => s + Math.exp(x), 0)) - logits[step]![token]!,
      0,
    );
    expect(Math.abs(nll[0]! - expected)).toBeLessThan(1e-4);
    expect(likelihoodAndGradient(parametersOf(weightsOf(parameters)), [encoded.ids]).nll[0]).toBe(nll[0]);
  });
});

describe("Adam", () => {
  it("steps by its averages of gradient and square, each corrected for having begun at 0", () => {
    const [rate, beta1, beta2] = [0.01, 0.9, 0.99];
    const gradients = [0.5, -0.25, 0.125, 0.3];
    const adam = createAdam(1);
    const parameters = Float32Array.of(1);
    let expected = 1;
    for (const [k, gradient] of gradients.entries()) {
      adam.step(parameters, Float32Array.of(gradient), rate);
      // Algorithm 1 of arXiv:1412.6980, its averages written out: what is k steps old counts β^k, the corrected weights add up to 1.
      const average = (beta: number, power: number): number =>
        gradients.slice(0, k + 1).reduce((sum, g, i) => sum + beta ** (k - i) * g ** power, 0) *
        ((1 - beta) / (1 - beta ** (k + 1)));
      expected -= (rate * average(beta1, 1)) / Math.sqrt(average(beta2, 2));
      expect(parameters[0]).toBeCloseTo(expected, 6);
    }
  });

  it("learns a handful of sequences by heart", () => {
    const parameters = smallNetwork();
    const adam = createAdam(parameters.all.length);
    const total = () => likelihoodAndGradient(parameters, SEQUENCES).nll.reduce((a, b) => a + b, 0);
    const before = total();
    for (let i = 0; i < 300; i++) {
      const { gradient } = likelihoodAndGradient(parameters, SEQUENCES, (nll) => nll.map(() => 0.1));
      adam.step(parameters.all, gradient!.all, 0.02);
    }
    // Four sequences, equally often: −log p of each can fall to log 4.
    expect(before).toBeGreaterThan(20);
    expect(total()).toBeLessThan(4 * Math.log(4) + 0.1);
  });
});
