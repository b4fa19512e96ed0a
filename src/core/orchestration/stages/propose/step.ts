/** Propose: a chunk of the campaign's molecules from the model, determined by model, settings, seed and index. */

import type { GenerationModel } from "#core/generation/network/model.ts";
import { sampleMolecules } from "#core/generation/sampling/sample.ts";
import type { Json } from "#core/notebook/proof/canonical-json.ts";
import { seal } from "#core/notebook/proof/record.ts";
import type { GenerationSettings } from "#shared/campaign/campaign.ts";
import { samplingOptions, steerBySettings } from "../../drawing/drawing.ts";
import { modelRecords } from "../../models/records.ts";
import type { Made, Plan, Step, StepContext } from "../step.ts";

/** Molecules a job: a killed process loses at most this many. */
const CHUNK = 1000;

/** 2: the grammar gives some constrained samples another end. */
const STAGE_VERSION = 2;

/** The molecules of one job. A steered model learns from each to the next, so that all of them are one job. */
export const chunkSize = ({ steering, count }: GenerationSettings): number => (steering ? count : CHUNK);

/** Settings that say something: the input of a plain run is the same as before there were others. */
const saying = (settings: Record<string, unknown>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== null && value !== false),
  ) as Record<string, Json>;

export const proposeStep: Step = {
  stage: "propose",
  async plan(context): Promise<Plan> {
    const { campaign, job, openModel } = context;
    const { model: name, count, ...settings } = campaign.settings.generation;
    const size = chunkSize(campaign.settings.generation);
    const model = await openModel(name);
    const first = job.ordinal * size;
    const chunk = { first, count: Math.min(size, count - first) };
    const input = { modelHash: model.hash, ...saying(settings), ...chunk };
    return {
      stageVersion: STAGE_VERSION,
      input,
      run: () => propose(context, model, { input, ...chunk }),
      next: () => [{ stage: "filter", ordinal: job.ordinal }],
    };
  },
};

interface Chunk {
  input: Record<string, Json>;
  first: number;
  count: number;
}

async function propose(context: StepContext, model: GenerationModel, chunk: Chunk): Promise<Made> {
  const { report, program } = context;
  const started = performance.now();
  const { input, count } = chunk;
  const lineage = modelRecords(await context.lineageOf(model));
  const samples: { index: number; smiles: string; nll: number }[] = [];
  let givenUp = 0;
  const onGivenUp = () => {
    givenUp++;
  };
  for await (const { index, smiles, nll } of proposals(context, model, { ...chunk, onGivenUp })) {
    samples.push({ index, smiles, nll });
    report({ done: samples.length + givenUp, total: count, message: "sampling molecules" });
  }
  const content = {
    ...{ stage: "propose", stageVersion: STAGE_VERSION, program, input },
    ...(givenUp > 0 ? { givenUp } : {}),
  };
  const run = seal({
    kind: "sampling-run",
    content,
    links: [{ role: "model", target: lineage.model.hash }],
  });
  const links = [{ role: "sampled-in", target: run.hash }];
  const candidates = samples.map((content) => seal({ kind: "candidate", content: { ...content }, links }));
  return {
    records: [...lineage.records, run, ...candidates],
    result: run,
    timings_ms: { total: performance.now() - started },
  };
}

async function* proposals(
  { campaign, signal, resources }: StepContext,
  model: GenerationModel,
  { first, count, onGivenUp }: Chunk & { onGivenUp: () => void },
) {
  const { generation } = campaign.settings;
  const { steering } = generation;
  if (steering) yield* steerBySettings(model, { ...generation, steering }, { resources, signal });
  else {
    const options = { ...(await samplingOptions(model, generation)), first, count };
    yield* sampleMolecules(model, options, { signal, onGivenUp });
  }
}
