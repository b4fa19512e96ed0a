/**
 * Top-10 AUC of 1,000 evaluations: steering, random sampling of the prior, and with --peers a graph genetic algorithm.
 *
 *     npm run bench -- generator-steering [--calls 1000] [--seeds 5] [--objectives qed,similarity,windows] [--target SMILES] [--model DIR] [--peers] [--peer-atoms 50] [--settings JSON]
 *
 * --settings '{"screened":1}' steers without the surrogate, '{"rate":0}' lets the surrogate pick and the model learn nothing.
 * cleanOf100: of the hundred best, the share without a PAINS, Brenk or NIH alert.
 * AUC: the mean, over the calls, of the mean score of the best ten molecules so far (PMO, arXiv:2206.12411), 0 to 1.
 * The peer (python3 with RDKit, or PYTHON) starts from 1,000 molecules that the prior sampled; its own have at most --peer-atoms heavy atoms.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Chemistry, openChemistry } from "#core/chemistry/chemistry.ts";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles } from "#core/chemistry/toolkit/rdkit.ts";
import { morganFingerprint, tanimoto } from "#core/generation/measure/fingerprint.ts";
import { type GenerationModel, openModel } from "#core/generation/network/model.ts";
import { sampleMolecules } from "#core/generation/sampling/sample.ts";
import type { SteerSettings } from "#core/generation/steering/settings.ts";
import { steer } from "#core/generation/steering/steer.ts";

type Score = (canonicalSmiles: string) => number;

/** A molecule that was scored; lists of them are in order of the calls. */
interface Call {
  smiles: string;
  score: number;
}

const CELECOXIB = "Cc1ccc(-c2cc(C(F)(F)F)nn2-c2ccc(S(N)(=O)=O)cc2)cc1";

export async function run(argv: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      model: { type: "string", default: "resources/models/drug-like" },
      calls: { type: "string", default: "1000" },
      seeds: { type: "string", default: "5" },
      objectives: { type: "string", default: "qed,similarity,windows" },
      target: { type: "string", default: CELECOXIB },
      peers: { type: "boolean", default: false },
      "peer-atoms": { type: "string", default: "50" },
      settings: { type: "string", default: "{}" },
    },
  });
  const settings = JSON.parse(values.settings);
  const calls = Number(values.calls);
  const model = await openModel(values.model);
  const chemistry = await openChemistry({ filtersDirectory: "resources/filters" });
  const objectives = await createObjectives(chemistry, values.target);
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => i + 1);
  for (const name of values.objectives.split(",")) {
    const score = objectives[name]!;
    const methods: Record<string, (seed: number) => Promise<Call[]>> = {
      steering: (seed) => steered(model, chemistry, { score, calls, seed, settings }),
      "random from the prior": (seed) => sampled(model, chemistry, { score, calls, seed }),
    };
    if (values.peers)
      methods["graph genetic algorithm"] = (seed) =>
        genetic(model, chemistry, { name, calls, seed, target: values.target, atoms: values["peer-atoms"] });
    for (const [method, calls] of Object.entries(methods)) {
      const runs = [];
      for (const seed of seeds) runs.push(await calls(seed));
      console.log({ objective: name, method, ...summary(runs), cleanOf100: cleanOf100(chemistry, runs) });
    }
  }
}

async function createObjectives(chemistry: Chemistry, target: string): Promise<Record<string, Score>> {
  const rdkit = await loadRdkit();
  const fingerprintOf = (smiles: string) => {
    const mol = parseSmiles(rdkit, smiles);
    if (isInvalid(mol)) throw new Error(mol.reason);
    const fingerprint = morganFingerprint(mol);
    mol.delete();
    return fingerprint;
  };
  const wanted = fingerprintOf(target);
  const descriptors = (smiles: string) => {
    const described = chemistry.describe(smiles, []);
    if (described.outcome === "invalid") throw new Error(described.reason);
    return described.descriptors;
  };
  return {
    qed: (smiles) => descriptors(smiles).qed,
    similarity: (smiles) => tanimoto(fingerprintOf(smiles), wanted),
    windows: (smiles) => {
      const { logP, tpsa_angstrom2, qed } = descriptors(smiles);
      return Math.cbrt(inWindow(logP, [2, 3], 3) * inWindow(tpsa_angstrom2, [90, 110], 60) * qed);
    },
  };
}

/** 1 inside the window, falling to 0 over the width outside. */
const inWindow = (value: number, [low, high]: [number, number], width: number) =>
  value >= low && value <= high
    ? 1
    : Math.max(0, 1 - Math.min(Math.abs(value - low), Math.abs(value - high)) / width);

interface Task {
  score: Score;
  calls: number;
  seed: number;
}

async function steered(
  model: GenerationModel,
  chemistry: Chemistry,
  { score, calls, seed, settings: more }: Task & { settings: Partial<SteerSettings> },
): Promise<Call[]> {
  const scored: Call[] = [];
  const objective = async (smiles: string) => ({ outcome: "scored", score: score(smiles) }) as const;
  const settings = { ...more, budget: calls, seed };
  for await (const event of steer(model, { chemistry, objective, settings }))
    if (event.type === "evaluated" && event.score.outcome === "scored")
      scored.push({ smiles: event.canonicalSmiles, score: event.score.score });
  return scored;
}

async function different(
  model: GenerationModel,
  chemistry: Chemistry,
  { count, seed }: { count: number; seed: number },
): Promise<string[]> {
  const found = new Set<string>();
  for await (const { smiles } of sampleMolecules(model, {
    count: 2 * count,
    seed,
    temperature: 1,
    constrained: true,
  })) {
    const canonical = chemistry.canonicalSmiles(smiles);
    if (canonical) found.add(canonical);
    if (found.size === count) break;
  }
  return [...found];
}

const sampled = async (model: GenerationModel, chemistry: Chemistry, { score, calls, seed }: Task) =>
  (await different(model, chemistry, { count: calls, seed })).map((smiles) => ({
    smiles,
    score: score(smiles),
  }));

async function genetic(
  model: GenerationModel,
  chemistry: Chemistry,
  {
    name,
    calls,
    seed,
    target,
    atoms,
  }: { name: string; calls: number; seed: number; target: string; atoms: string },
): Promise<Call[]> {
  const start = join(mkdtempSync(join(tmpdir(), "ansatz-ga-")), "start.smi");
  writeFileSync(start, (await different(model, chemistry, { count: 1000, seed })).join("\n"));
  const script = new URL("./peers/graph_ga.py", import.meta.url).pathname;
  const output = execFileSync(
    process.env.PYTHON ?? "python3",
    [script, name, String(calls), String(seed), start, target, atoms],
    { encoding: "utf8" },
  );
  const { scores, molecules } = JSON.parse(output);
  return scores.map((score: number, i: number) => ({ smiles: molecules[i], score }));
}

const best = (run: readonly Call[], count: number) =>
  run.toSorted((a, b) => b.score - a.score).slice(0, count);

/** Over all runs. */
function cleanOf100(chemistry: Chemistry, runs: readonly (readonly Call[])[]): number {
  const clean = runs
    .flatMap((run) => best(run, 100))
    .map(({ smiles }) => chemistry.describe(smiles))
    .filter((described) => described.outcome === "valid" && described.alerts.length === 0);
  return clean.length / (100 * runs.length);
}

function summary(runs: readonly (readonly Call[])[]) {
  const curves = runs.map((run) => run.map(({ score }) => score));
  const round = (x: number) => Number(x.toFixed(4));
  const aucs = curves.map(topTenAuc);
  const mean = aucs.reduce((a, b) => a + b, 0) / aucs.length;
  const deviation = Math.sqrt(
    aucs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, aucs.length - 1),
  );
  const tops = runs.map((run) => best(run, 10).reduce((sum, { score }) => sum + score, 0) / 10);
  return {
    auc: round(mean),
    deviation: round(deviation),
    topTenAtEnd: round(tops.reduce((a, b) => a + b, 0) / tops.length),
    seeds: runs.length,
  };
}

function topTenAuc(scores: readonly number[]): number {
  let best: number[] = [];
  let sum = 0;
  for (const score of scores) {
    best = [...best, score].sort((a, b) => b - a).slice(0, 10);
    sum += best.reduce((a, b) => a + b, 0) / best.length;
  }
  return sum / scores.length;
}
