/** Propose: a chunk of the campaign's molecules from the model, each determined by model, seed, temperature and index. */

import type { GenerationModel } from "#core/generation/model.ts";
import { sampleMolecules } from "#core/generation/sample.ts";
import { type NotebookRecord, seal } from "#core/notebook/record.ts";
import type { Made, Plan, Step, StepContext } from "../step.ts";

/** Molecules a job: a killed process loses at most this many. */
export const CHUNK = 1000;

const STAGE_VERSION = 1;

/** The model and the data sets that its card names; the last record is the model. */
function modelRecords({ card, hash }: GenerationModel): [...NotebookRecord[], NotebookRecord] {
  const dataSets = card.data.sources.map((source) => seal({ kind: "data-set", content: { ...source } }));
  const links = dataSets.map(({ hash: target }) => ({ role: "trained-on", target }));
  const { name, parent, architecture } = card;
  const content = { name, hash, parent, architecture: { ...architecture } };
  return [...dataSets, seal({ kind: "model", content, links })];
}

export const proposeStep: Step = {
  stage: "propose",
  async plan(context): Promise<Plan> {
    const { campaign, job, openModel } = context;
    const { model: name, seed, temperature, count } = campaign.settings.generation;
    const model = await openModel(name);
    const first = job.ordinal * CHUNK;
    const chunk = { first, count: Math.min(CHUNK, count - first) };
    const input = { modelHash: model.hash, seed, temperature, ...chunk };
    return {
      stageVersion: STAGE_VERSION,
      input,
      run: () => propose(context, model, input),
      next: () => [{ stage: "filter", ordinal: job.ordinal }],
    };
  },
};

interface ProposeInput {
  modelHash: string;
  seed: number;
  temperature: number;
  first: number;
  count: number;
}

async function propose(
  { signal, report, program }: StepContext,
  model: GenerationModel,
  input: ProposeInput,
): Promise<Made> {
  const started = performance.now();
  const { seed, temperature, first, count } = input;
  const lineage = modelRecords(model);
  const content = { stage: "propose", stageVersion: STAGE_VERSION, program, input: { ...input } };
  const run = seal({
    kind: "sampling-run",
    content,
    links: [{ role: "model", target: lineage.at(-1)!.hash }],
  });
  const links = [{ role: "sampled-in", target: run.hash }];
  const candidates: NotebookRecord[] = [];
  for await (const { index, smiles, nll } of sampleMolecules(
    model,
    { first, count, seed, temperature },
    { signal },
  )) {
    candidates.push(seal({ kind: "candidate", content: { index, smiles, nll }, links }));
    report({ done: candidates.length, total: count, message: "sampling molecules" });
  }
  return {
    records: [...lineage, run, ...candidates],
    result: run,
    timings_ms: { total: performance.now() - started },
  };
}
