/** Molecules from a model outside any campaign: nothing of this is kept in the notebook. */
import type { z } from "zod";
import { canonicalSmiles as canonicalSmilesOf } from "#core/chemistry/chemistry.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { type GenerationMetrics, measureSamples } from "#core/generation/measure/metrics.ts";
import { readReferenceSet } from "#core/generation/measure/reference-set.ts";
import { sampleMolecules } from "#core/generation/sampling/sample.ts";
import type { SteerSettings } from "#core/generation/steering/settings.ts";
import { type Refusal, type Scorer, type SteerEvent, steer } from "#core/generation/steering/steer.ts";
import type { Progress } from "#shared/campaign/job.ts";
import {
  type SampledMolecule,
  SampleRequest,
  type ScoredMolecule,
  SteerRequest,
} from "#shared/model/generation.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { samplingOptions } from "../drawing/drawing.ts";
import { createScorer } from "../drawing/objectives.ts";
import type { Models } from "../models/models.ts";
import { threadChemistry } from "../threads/thread-chemistry.ts";
import { filterRefusal, propertyObjective } from "./property-objective.ts";

interface SamplingServices {
  dispatcher: Dispatcher;
  models: Models;
  resources: string;
  /** Evaluations that can go on at the same time. */
  threads: number;
}

interface Following {
  signal?: AbortSignal;
  report?: (progress: Progress) => void;
  /** Told once which TensorFlow.js backend computes. */
  onBackend?: (backend: string) => void;
  /** Told of each sample that could not be written to its end. */
  onGivenUp?: () => void;
}

/** Samples for each different molecule asked for, before giving up: a prompt may allow few. */
const MOST_SAMPLES_PER_MOLECULE = 20;
const REPORT_EVERY_MS = 250;

/** Progress at most every 250 ms, and at the end. */
function paced(report: ((progress: Progress) => void) | undefined, phase: string, total: number) {
  let last = -Infinity;
  return (done: number, message: string) => {
    const now = performance.now();
    if (!report || (now - last < REPORT_EVERY_MS && done < total)) return;
    last = now;
    report({ phase, done, total, message });
  };
}

interface Aim extends Disposable {
  objective: Scorer;
  refusal?: Refusal;
  settings: Partial<SteerSettings>;
}

/** Few expensive scores at a time teach in small batches, so that none waits long to be learned from. */
const EVALUATION_BATCH = 8;

async function aimOf(
  { dispatcher, threads, resources }: SamplingServices,
  wanted: SteerRequest["objective"],
): Promise<Aim> {
  if (!Array.isArray(wanted))
    return {
      objective: propertyObjective({ dispatcher }, wanted),
      refusal: filterRefusal(await threadChemistry(resources)),
      settings: { batchSize: EVALUATION_BATCH, concurrency: threads },
      [Symbol.dispose]: () => {},
    };
  const scorer = await createScorer(await threadChemistry(resources), wanted);
  return {
    objective: async (smiles) => scorer.score(smiles),
    settings: {},
    [Symbol.dispose]: () => scorer[Symbol.dispose](),
  };
}

async function* sample(
  { models }: SamplingServices,
  wanted: z.input<typeof SampleRequest>,
  { signal, report, onBackend, onGivenUp }: Following,
): AsyncGenerator<SampledMolecule, void, undefined> {
  const request = SampleRequest.parse(wanted);
  const model = await models.open(request.model);
  // The tables of the filters, half a second, are not needed to count.
  const rdkit = await loadRdkit();
  const { count: goal, unique, batchSize } = request;
  const count = unique ? goal * MOST_SAMPLES_PER_MOLECULE : goal;
  const options = { ...(await samplingOptions(model, request)), count, batchSize: batchSize ?? undefined };
  const tell = paced(report, "sample", goal);
  const known = new Set<string>();
  const control = { signal, onBackend, onGivenUp };
  for await (const { index, smiles, nll } of sampleMolecules(model, options, control)) {
    const canonicalSmiles = canonicalSmilesOf(rdkit, smiles);
    const isNew = canonicalSmiles !== null && !known.has(canonicalSmiles);
    if (isNew) known.add(canonicalSmiles);
    yield { smiles, canonicalSmiles, nll, isNew };
    tell(unique ? known.size : index + 1, "sampling molecules");
    if (unique && known.size === goal) return;
  }
}

async function* steerModel(
  services: SamplingServices,
  wanted: z.input<typeof SteerRequest>,
  { signal, report }: Following,
): AsyncGenerator<ScoredMolecule, void, undefined> {
  const request = SteerRequest.parse(wanted);
  const { seed, constrained, calls } = request;
  const model = await services.models.open(request.model);
  const chemistry = await threadChemistry(services.resources);
  using aim = await aimOf(services, request.objective);
  const settings = { ...aim.settings, seed, constrained, budget: calls };
  const tell = paced(report, "steer", calls);
  let done = 0;
  const { objective, refusal } = aim;
  for await (const event of steer(model, { chemistry, objective, refusal, settings }, { signal })) {
    if (event.type !== "evaluated" && event.type !== "refused") continue;
    yield scoredMolecule(event);
    if (event.type === "evaluated") tell(++done, `scored ${event.canonicalSmiles}`);
  }
}

function scoredMolecule(event: Extract<SteerEvent, { type: "evaluated" | "refused" }>): ScoredMolecule {
  const { sample, canonicalSmiles } = event;
  const molecule = { smiles: sample.smiles, canonicalSmiles, nll: sample.priorNll };
  if (event.type === "refused")
    return { call: null, ...molecule, score: null, value: null, failure: event.reason };
  const { call, score } = event;
  if (score.outcome === "failed")
    return { call, ...molecule, score: null, value: null, failure: score.reason };
  return { call, ...molecule, score: score.score, value: score.value ?? null, failure: null };
}

export function createSampling(services: SamplingServices) {
  const { models, resources } = services;
  return {
    /** Molecules in order of sampling. @throws DomainError invalid-input, not-found, model-damaged; AbortError */
    sample: (wanted: z.input<typeof SampleRequest>, following: Following = {}) =>
      sample(services, wanted, following),
    /** Molecules in order of their scores' coming. @throws as `sample` */
    steer: (wanted: z.input<typeof SteerRequest>, following: Following = {}) =>
      steerModel(services, wanted, following),
    /** How good samples of a model are, against what was held back from its training where the model brings that. */
    async measure(
      { model, smiles }: { model: string; smiles: readonly string[] },
      { signal }: Pick<Following, "signal"> = {},
    ): Promise<GenerationMetrics> {
      const { directory } = await models.open(model);
      const reference = await readReferenceSet(directory);
      return measureSamples(smiles, { chemistry: await threadChemistry(resources), reference, signal });
    },
  };
}
