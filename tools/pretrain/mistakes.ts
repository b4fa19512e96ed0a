/**
 * Finds where sampled strings stop being molecules: the first token that the grammar refuses.
 *
 *     ansatz-train sample weights.bin 200000 1 | node tools/pretrain/mistakes.ts vocabulary.json MAX_TOKENS mistakes.bin tokens.bin mixed.bin
 *
 * Writes mistakes.bin, whose sequences end in the refused token (ansatz-train learns to avoid it there), and mixed.bin: the training
 * set of tokens.bin with the accepted strings added, which keeps the model from learning the training set by heart meanwhile.
 */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { createGrammar } from "../../src/core/generation/grammar.ts";
import { createVocabulary, END } from "../../src/core/generation/vocabulary.ts";

const [vocabularyPath, maxTokens, mistakesPath, tokensPath, mixedPath] = process.argv.slice(2);
assert(vocabularyPath && maxTokens && mistakesPath && tokensPath && mixedPath, "see the comment on top of this file");
const vocabulary = createVocabulary(JSON.parse(await readFile(vocabularyPath, "utf8")));
const grammar = createGrammar(vocabulary, Number(maxTokens));
const mistakes: Buffer[] = [];
const accepted: Buffer[] = [];
for await (const line of createInterface({ input: process.stdin })) {
  const tokens = [...line.trim().split(" ").filter(Boolean).map(Number), END];
  let state: typeof grammar.start | undefined = grammar.start;
  for (const [i, token] of tokens.entries()) {
    state = grammar.next(state, token);
    if (state) continue;
    mistakes.push(Buffer.from([i + 1, ...tokens.slice(0, i + 1)]));
    break;
  }
  if (state) accepted.push(Buffer.from([tokens.length - 1, ...tokens.slice(0, -1)]));
}
const head = (molecules: number, heldBack: number) => {
  const bytes = Buffer.alloc(12);
  for (const [i, value] of [vocabulary.size, molecules, heldBack].entries()) bytes.writeInt32LE(value, 4 * i);
  return bytes;
};
await writeFile(mistakesPath, Buffer.concat([head(mistakes.length, 0), ...mistakes]));
const tokens = await readFile(tokensPath);
const molecules = tokens.readInt32LE(4) + accepted.length;
await writeFile(mixedPath, Buffer.concat([head(molecules, tokens.readInt32LE(8)), tokens.subarray(12), ...accepted]));
const share = mistakes.length / (mistakes.length + accepted.length);
console.error(`${mistakes.length} strings with a mistake (${(100 * share).toFixed(2)} %), ${accepted.length} accepted`);
