/**
 * Fine-tuning on 200 molecules of one series: the share of samples with its scaffold before and after, and their validity.
 *
 *     npm run bench -- generator-fine-tune --data zinc250k.smi.gz [--scaffold 'c1ccc2[nH]ccc2c1'] [--molecules 200] [--rate R] [--rehearsal X] [--model DIR]
 *
 * The series are the first molecules of the data, in the order of their hash, that contain the scaffold as a substructure.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { gunzipSync } from "node:zlib";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { standardiseSmiles } from "#core/generation/molecules/standardise.ts";
import { type GenerationModel, openModel } from "#core/generation/network/model.ts";
import { sampleMolecules } from "#core/generation/sampling/sample.ts";
import { fineTune } from "#core/generation/tuning/fine-tune.ts";

export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      data: { type: "string" },
      scaffold: { type: "string", default: "c1ccc2[nH]ccc2c1" },
      molecules: { type: "string", default: "200" },
      samples: { type: "string", default: "2000" },
      rate: { type: "string" },
      rehearsal: { type: "string" },
      model: { type: "string", default: "resources/models/drug-like" },
    },
  });
  assert(values.data, "--data: expected the path of a file of SMILES, gzipped");
  const rdkit = await loadRdkit();
  const model = await openModel(values.model);
  const series = await readSeries(rdkit, {
    path: values.data,
    scaffold: values.scaffold,
    count: Number(values.molecules),
  });
  const measure = (of: GenerationModel) =>
    measureShare(rdkit, of, { scaffold: values.scaffold, count: Number(values.samples) });
  const before = await measure(model);
  const started = performance.now();
  const tuned = await fineTune(model, series, {
    ...(values.rate && { rate: Number(values.rate) }),
    ...(values.rehearsal && { rehearsal: Number(values.rehearsal) }),
  });
  const seconds = (performance.now() - started) / 1000;
  const after = await measure({ ...model, weights: tuned.weights });
  console.log({
    scaffold: values.scaffold,
    molecules: series.length,
    seconds,
    epochs: tuned.curve.length - 1,
    ending: tuned.ending,
  });
  console.log({ before, after, times: after.share / before.share });
}

async function readSeries(
  rdkit: RDKit,
  { path, scaffold, count }: { path: string; scaffold: string; count: number },
): Promise<string[]> {
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const lines = gunzipSync(await readFile(path))
    .toString("utf8")
    .trim()
    .split("\n");
  const ordered = lines.map((line) => ({ line, key: hash(line) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const series = new Set<string>();
  for (const { line } of ordered) {
    if (series.size === count) break;
    if (!contains(rdkit, line, scaffold)) continue;
    const result = standardiseSmiles(rdkit, line);
    if (result.outcome === "standardised") series.add(result.smiles);
  }
  return [...series];
}

function contains(rdkit: RDKit, smiles: string, scaffold: string): boolean {
  const mol = parseSmiles(rdkit, smiles);
  if (isInvalid(mol)) return false;
  using pattern = rdkit.get_qmol(scaffold);
  assert(pattern, `scaffold ${scaffold} is no SMARTS`);
  const match = mol.get_substruct_match(pattern);
  mol.delete();
  return match !== "{}";
}

async function measureShare(
  rdkit: RDKit,
  model: GenerationModel,
  { scaffold, count }: { scaffold: string; count: number },
) {
  let [valid, hits] = [0, 0];
  for await (const { smiles } of sampleMolecules(model, { count, seed: 1, temperature: 1 })) {
    const mol = parseSmiles(rdkit, smiles);
    if (isInvalid(mol)) continue;
    mol.delete();
    valid++;
    if (contains(rdkit, smiles, scaffold)) hits++;
  }
  return { validity: valid / count, share: hits / valid };
}
