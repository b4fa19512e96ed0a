import { readFile } from "node:fs/promises";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { BEGIN } from "#core/generation/language/vocabulary.ts";
import { createGru } from "#core/generation/network/gru.ts";
import { type GenerationModel, openModel } from "#core/generation/network/model.ts";
import { readyBackend } from "#core/generation/network/tensor-backend.ts";
import { referenceLogits } from "../reference-gru.ts";

/** Sums of a few hundred float32 terms; logits reach ± 30. The bound is this much plus this much of the logit. */
const LOGIT_TOLERANCE = 1e-5;

beforeAll(async () => {
  expect(await readyBackend()).toBe("wasm");
});

/** Logits of several sequences of equal length side by side, [sequence][step][vocabulary]. */
function batchLogits(model: GenerationModel, sequences: readonly (readonly number[])[]): number[][][] {
  using gru = createGru(model.weights);
  let state = gru.initialState(sequences.length);
  const result: number[][][] = sequences.map(() => []);
  for (let step = 0; step < sequences[0]!.length; step++) {
    const out = gru.step(
      Uint8Array.from(sequences, (tokens) => tokens[step]!),
      state,
    );
    (out.logits.arraySync() as number[][]).forEach((row, i) => {
      result[i]!.push(row);
    });
    tf.dispose([state, out.logits]);
    state = out.state;
  }
  state.dispose();
  return result;
}

/** The largest |a − b| / (1 + |b|). */
function worstDifference(a: number[][], b: number[][]): number {
  expect(a.length).toBe(b.length);
  return Math.max(
    ...a.flatMap((row, i) => row.map((x, j) => Math.abs(x - b[i]![j]!) / (1 + Math.abs(b[i]![j]!)))),
  );
}

describe.each(["drug-like", "small-organics"])("the %s prior", (name) => {
  const directory = `resources/models/${name}`;

  it("gives the logits that the trainer recorded", async () => {
    const model = await openModel(directory);
    const recorded = JSON.parse(await readFile(new URL(`../logits-${name}.json`, import.meta.url), "utf8"));
    expect(recorded.hash).toBe(model.hash);
    for (const { smiles, logits } of recorded.records) {
      const encoded = model.vocabulary.encode(smiles);
      if (!("ids" in encoded)) throw new Error(`unknown token ${encoded.unknown}`);
      const [ours] = batchLogits(model, [[BEGIN, ...encoded.ids]]);
      expect(worstDifference(ours!, logits)).toBeLessThan(LOGIT_TOLERANCE);
    }
  });

  it("gives the logits of the network's definition, in every row of a batch", async () => {
    const model = await openModel(directory);
    const sequences = ["CC(=O)NC", "c1ccoc1C", "N#CC1CC1", "O=C1CCN1", "CC(O)C=C"].map((smiles) => {
      const encoded = model.vocabulary.encode(smiles);
      if (!("ids" in encoded)) throw new Error(`unknown token ${encoded.unknown}`);
      return [BEGIN, ...encoded.ids];
    });
    const ours = batchLogits(model, sequences);
    sequences.forEach((tokens, row) => {
      const expected = referenceLogits(model.weights, tokens);
      expect(worstDifference(ours[row]!, expected)).toBeLessThan(LOGIT_TOLERANCE);
    });
  });
});

it("leaves no tensor behind", async () => {
  const model = await openModel("resources/models/small-organics");
  batchLogits(model, [[BEGIN, 5, 6]]);
  const before = tf.memory().numTensors;
  batchLogits(model, [[BEGIN, 5, 6]]);
  expect(tf.memory().numTensors).toBe(before);
});
