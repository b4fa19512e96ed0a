/**
 * Adds a model's own valid samples to its training set.
 *
 *     ansatz-train sample weights.bin 200000 1 | node tools/pretrain/mix-samples.ts vocabulary.json MAX_TOKENS tokens.bin mixed.bin
 *
 * The grammar decides what is valid. Going on from the weights on the mixture lowers the share of invalid strings: it is what the model
 * writes, less its mistakes, and it does not run out as the training set does.
 */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { createGrammar } from "../../src/core/generation/grammar.ts";
import { createVocabulary, END } from "../../src/core/generation/vocabulary.ts";

const [vocabularyPath, maxTokens, tokensPath, mixedPath] = process.argv.slice(2);
assert(vocabularyPath && maxTokens && tokensPath && mixedPath, "see the comment on top of this file");
const vocabulary = createVocabulary(JSON.parse(await readFile(vocabularyPath, "utf8")));
const grammar = createGrammar(vocabulary, Number(maxTokens));
const accepted: Buffer[] = [];
let refused = 0;
for await (const line of createInterface({ input: process.stdin })) {
  const tokens = line.trim().split(" ").filter(Boolean).map(Number);
  let state: typeof grammar.start | undefined = grammar.start;
  for (const token of [...tokens, END]) state = state && grammar.next(state, token);
  if (state) accepted.push(Buffer.from([tokens.length, ...tokens]));
  else refused++;
}
// The token file: int32 vocabulary size, molecules, held-back molecules; then a length byte and token bytes for each.
const tokens = await readFile(tokensPath);
tokens.writeInt32LE(tokens.readInt32LE(4) + accepted.length, 4);
await writeFile(mixedPath, Buffer.concat([tokens, ...accepted]));
const share = (100 * refused) / (refused + accepted.length);
console.error(`${refused} strings refused (${share.toFixed(2)} %), ${accepted.length} added`);
