/**
 * Records the trainer's logits for some molecules, as the reference that the app's sampler is tested against.
 *
 *     node tools/pretrain/record-logits.ts ./ansatz-train weights.bin MODEL_FOLDER SMILES... > logits.json
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { openModel } from "../../src/core/generation/network/model.ts";

const [trainer, weightPath, directory, ...molecules] = process.argv.slice(2);
assert(trainer && weightPath && directory && molecules.length > 0, "see the comment on top of this file");
const model = await openModel(directory);
const records = molecules.map((smiles) => {
  const encoded = model.vocabulary.encode(smiles);
  assert("ids" in encoded, `${smiles} has a token that the model does not know`);
  const output = execFileSync(trainer, ["logits", weightPath, ...Array.from(encoded.ids, String)], { encoding: "utf8" });
  return { smiles, logits: output.trim().split("\n").map((line) => line.split(" ").map(Number)) };
});
console.log(JSON.stringify({ program: "ansatz-train logits (float32 weights, sums in double)", hash: model.hash, records }));
