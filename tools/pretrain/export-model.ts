/**
 * Turns the trainer's weight file into a model folder of the app.
 *
 *     node tools/pretrain/export-model.ts weights.bin vocabulary.json card.json OUT
 *
 * weights.bin: int32 vocabulary size, hidden size, layers (1); then the arrays in the app's order, float32.
 * card.json: the card without `format`, `hash`, `vocabulary` and `architecture.hidden`, which are filled in here.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { saveModel } from "../../src/core/generation/network/model.ts";
import { gruWeights, weightCount } from "../../src/core/generation/network/weights.ts";

const [weightPath, vocabularyPath, cardPath, out] = process.argv.slice(2);
assert(weightPath && vocabularyPath && cardPath && out, "usage: export-model.ts weights.bin vocabulary.json card.json OUT");
const bytes = await readFile(weightPath);
const [size, hidden, layers] = [bytes.readInt32LE(0), bytes.readInt32LE(4), bytes.readInt32LE(8)];
const vocabulary: string[] = JSON.parse(await readFile(vocabularyPath, "utf8"));
assert.equal(layers, 1);
assert.equal(vocabulary.length, size);
assert.equal(bytes.length, 12 + 4 * weightCount(size, hidden));
const all = new Float32Array(new SharedArrayBuffer(bytes.length - 12));
new Uint8Array(all.buffer).set(bytes.subarray(12));
const { maxTokens, ...card } = JSON.parse(await readFile(cardPath, "utf8"));
const architecture = { kind: "gru", layers: 1, hidden, maxTokens } as const;
const saved = await saveModel(
  out,
  { format: 1, ...card, architecture, vocabulary },
  gruWeights(all, size, hidden),
);
console.log(`${out}: ${saved.name} ${saved.hash}`);
