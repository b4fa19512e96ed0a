/**
 * Measures a model on samples of several seeds and writes mean ± standard deviation into its card.
 *
 *     node tools/pretrain/measure-model.ts MODEL_FOLDER [SAMPLES=10000] [SEEDS=5] [TRAIN.smi]
 *
 * With the training set, as many of its molecules are measured too: no model comes closer to the held-back part than chance allows those.
 */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openChemistry } from "../../src/core/chemistry/chemistry.ts";
import { uniformNumbers } from "../../src/shared/random.ts";
import { type GenerationMetrics, measureSamples } from "../../src/core/generation/measure/metrics.ts";
import { openModel } from "../../src/core/generation/network/model.ts";
import { readReferenceSet } from "../../src/core/generation/measure/reference-set.ts";
import { sampleMolecules } from "../../src/core/generation/sampling/sample.ts";

const [directory, count = "10000", seeds = "5", trainPath] = process.argv.slice(2);
assert(directory, "usage: measure-model.ts MODEL_FOLDER [SAMPLES] [SEEDS] [TRAIN.smi]");
const model = await openModel(directory);
const chemistry = await openChemistry({ filtersDirectory: "resources/filters" });
const reference = await readReferenceSet(directory);

async function samples(seed: number, constrained: boolean): Promise<string[]> {
  const smiles: string[] = [];
  for await (const sample of sampleMolecules(model, { count: Number(count), seed, temperature: 1, constrained }))
    smiles.push(sample.smiles);
  return smiles;
}

const train = trainPath ? (await readFile(trainPath, "utf8")).trim().split("\n") : [];

function trainingMolecules(seed: number): string[] {
  const random = uniformNumbers(seed);
  return Array.from({ length: Number(count) }, () => train[Math.floor(random() * train.length)]!);
}

const figures: Record<string, (m: GenerationMetrics) => number | null | undefined> = {
  valid: (m) => m.validity,
  "unique@1k": (m) => m.uniquenessAt1k,
  "unique of all valid": (m) => m.uniqueness,
  novel: (m) => m.novelty,
  "PAINS passed": (m) => m.alertsPassed.pains,
  "Brenk passed": (m) => m.alertsPassed.brenk,
  "NIH passed": (m) => m.alertsPassed.nih,
  IntDiv: (m) => m.internalDiversity,
  "SNN (2,000 held-back molecules)": (m) => m.nearestNeighbour,
  "scaffold cosine": (m) => m.scaffoldSimilarity,
  "W1 logP": (m) => m.distances?.logP,
  "W1 SA": (m) => m.distances?.saScore,
  "W1 QED": (m) => m.distances?.qed,
  "W1 weight, Da": (m) => m.distances?.molecularWeight_dalton,
};

const sources: Record<string, (seed: number) => Promise<string[]> | string[]> = {
  "raw, T = 1": (seed) => samples(seed, false),
  "constrained, T = 1": (seed) => samples(seed, true),
  ...(trainPath && { "molecules of the training set": trainingMolecules }),
};
const metrics: Record<string, string | number> = {};
for (const [source, draw] of Object.entries(sources)) {
  const runs: GenerationMetrics[] = [];
  for (let seed = 1; seed <= Number(seeds); seed++) {
    runs.push(await measureSamples(await draw(seed), { chemistry, reference }));
    console.error(`${source}, seed ${seed}: valid ${runs.at(-1)!.validity}`);
  }
  for (const [name, figure] of Object.entries(figures)) {
    if (draw === trainingMolecules && !name.startsWith("W1")) continue;
    const values = runs.map(figure).filter((value) => typeof value === "number");
    if (values.length < runs.length) continue;
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, values.length - 1));
    metrics[`${source}: ${name}`] = `${mean.toFixed(4)} ± ${deviation.toFixed(4)}`;
  }
}
/** Heavy atoms of the valid ones of the samples, smallest first. */
const sizes = (await samples(1, false))
  .map((smiles) => chemistry.describe(smiles, []))
  .flatMap((found) => (found.outcome === "valid" ? [found.descriptors.heavyAtoms] : []))
  .sort((a, b) => a - b);
const at = (share: number) => sizes[Math.floor(share * sizes.length)];
const path = join(directory, "model.json");
const card = JSON.parse(await readFile(path, "utf8"));
card.metrics = { ...card.metrics, measured: `${count} samples, ${seeds} seeds, mean ± standard deviation; alerts, scaffolds and W1 on all different molecules, SNN and IntDiv on 1,000 spread over them`, ...metrics };
card.heavyAtoms = { least: at(0.01), greatest: at(0.99) };
await writeFile(path, `${JSON.stringify(card, null, 2)}\n`);
console.log(JSON.stringify(card.metrics, null, 2));
