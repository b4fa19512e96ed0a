/** Steering a model towards an expensive objective with few evaluations. */
import assert from "node:assert/strict";
import type { Chemistry } from "#core/chemistry/chemistry.ts";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { murckoScaffold } from "../molecules/scaffold.ts";
import type { GenerationModel } from "../network/model.ts";
import { type GruWeights, gruWeights } from "../network/weights.ts";
import { randomStream } from "../random-stream.ts";
import { openThread, type Thread } from "../threads/thread-client.ts";
import { createTurns } from "../threads/turns.ts";
import { createReplayMemory, createScaffoldMemory, type Remembered } from "./experience.ts";
import { createProposalScreen } from "./proposal-screen.ts";
import type { AgentReply, AgentRequest, AgentSample, SteerData } from "./protocol.ts";

/** What an evaluation gave: a score from 0 (worst) to 1 (best), with the quantity it was made from where that was dear, or why there is none. */
export type Score =
  | { outcome: "scored"; score: number; value?: number }
  | { outcome: "failed"; reason: string };

/** Scores one molecule, given as canonical SMILES; may take microseconds or minutes, and may finish in any order. */
export type Scorer = (canonicalSmiles: string, signal?: AbortSignal) => Promise<Score>;

/** Why a molecule is not worth a call of the objective, or null where it is. */
export type Refusal = (canonicalSmiles: string) => string | null;

export interface SteerSettings {
  /** Calls of the objective; molecules seen before, refused ones and invalid strings cost none. */
  budget: number;
  /** Scores gathered for a step of learning, and molecules proposed at a time. */
  batchSize: number;
  /** Evaluations under way at the same time. */
  concurrency: number;
  /** New molecules proposed for each that is evaluated: a surrogate of the scores so far picks. 1 evaluates all. */
  screened: number;
  /** Weight of the score against the prior's log-likelihood, nats. */
  sigma: number;
  rate: number;
  /** Gradient steps for each batch of scores. */
  steps: number;
  replaySize: number;
  /** Remembered molecules in each gradient step. */
  replayed: number;
  /** Good molecules of one scaffold after which more of it score 0. */
  bucket: number;
  /** A score from which a molecule counts as good for its scaffold's bucket. */
  good: number;
  constrained: boolean;
  seed: number;
}

const STEER_DEFAULTS: SteerSettings = {
  budget: 1000,
  batchSize: 32,
  concurrency: 32,
  screened: 8,
  sigma: 100,
  rate: 5e-4,
  steps: 4,
  replaySize: 100,
  replayed: 32,
  bucket: 25,
  good: 0.4,
  constrained: true,
  seed: 1,
};

export type SteerEvent =
  | { type: "evaluated"; call: number; sample: AgentSample; canonicalSmiles: string; score: Score }
  | { type: "refused"; sample: AgentSample; canonicalSmiles: string; reason: string }
  | { type: "learned"; calls: number; meanScore: number; loss: number }
  | { type: "result"; weights: GruWeights; calls: number; ending: "budget" | "exhausted" };

/** Batches of proposals without one new molecule after which the agent has nothing more to say. */
const BARREN_BATCHES = 20;

/** A proposal whose fate is known: its score, or none where the evaluation failed. */
interface Settled {
  sample: AgentSample;
  canonicalSmiles: string | null;
  score: number | null;
}

/**
 * Teaches a copy of the model, the agent, to propose molecules with high scores.
 *
 * Each step lowers the mean of (log p_prior + σ · score − log p_agent)² over newly scored and remembered molecules
 * (Olivecrona et al., doi:10.1186/s13321-017-0235-x). An invalid string and a refused molecule score 0, as in
 * REINVENT (doi:10.1186/s13321-024-00812-5), and cost no call; a failed evaluation is left out of the learning.
 * @throws AbortError
 */
export async function* steer(
  model: GenerationModel,
  {
    chemistry,
    objective,
    refusal = () => null,
    settings = {},
  }: {
    chemistry: Chemistry;
    objective: Scorer;
    refusal?: Refusal | undefined;
    settings?: Partial<SteerSettings>;
  },
  { signal }: { signal?: AbortSignal | undefined } = {},
): AsyncGenerator<SteerEvent, void, undefined> {
  const rules = { ...STEER_DEFAULTS, ...settings };
  const rdkit = await loadRdkit();
  const entry = new URL("./worker.ts", import.meta.url);
  await using thread = openThread<AgentRequest, AgentReply>(entry, threadData(model, rules), signal);
  const learner = createLearner(thread, rdkit, rules);
  const screen = createProposalScreen(rdkit);
  const known = new Map<string, Score>();
  const running = new Set<Promise<void>>();
  const turn = createTurns(signal);
  using abort = abortion(signal);
  const events: SteerEvent[] = [];
  let settled: Settled[] = [];
  let proposals: AgentSample[] = [];
  let [proposed, calls, barren] = [0, 0, 0];

  const screenedOf = async (samples: readonly AgentSample[]): Promise<AgentSample[]> => {
    if (rules.screened === 1) return [...samples];
    const fresh = new Map<string, AgentSample>();
    for (const sample of samples) {
      await turn();
      const canonicalSmiles = chemistry.canonicalSmiles(sample.smiles);
      if (canonicalSmiles !== null && !known.has(canonicalSmiles)) fresh.set(canonicalSmiles, sample);
    }
    return screen.pick([...fresh.keys()], rules.batchSize).map((smiles) => fresh.get(smiles)!);
  };
  const evaluate = async (sample: AgentSample, canonicalSmiles: string, call: number) => {
    const score = await objective(canonicalSmiles, signal);
    known.set(canonicalSmiles, score);
    if (score.outcome === "scored") screen.observe(canonicalSmiles, score.score);
    settled.push({ sample, canonicalSmiles, score: score.outcome === "scored" ? score.score : null });
    events.push({ type: "evaluated", call, sample, canonicalSmiles, score });
  };
  const start = (sample: AgentSample, canonicalSmiles: string) => {
    const reason = refusal(canonicalSmiles);
    if (reason !== null) {
      known.set(canonicalSmiles, { outcome: "scored", score: 0 });
      settled.push({ sample, canonicalSmiles, score: 0 });
      events.push({ type: "refused", sample, canonicalSmiles, reason });
      return;
    }
    barren = 0;
    known.set(canonicalSmiles, { outcome: "failed", reason: "under way" });
    const work = evaluate(sample, canonicalSmiles, ++calls).finally(() => running.delete(work));
    // A rejection is met where the loop waits; those after it need not be.
    work.catch(() => undefined);
    running.add(work);
  };
  const canStart = () => calls < rules.budget && running.size < rules.concurrency && barren < BARREN_BATCHES;

  while (canStart() || running.size > 0) {
    while (canStart()) {
      if (proposals.length === 0) {
        const count = rules.batchSize * rules.screened;
        proposals = await screenedOf(await propose(thread, proposed, count));
        proposed += count;
        barren++;
      }
      const sample = proposals.shift();
      if (!sample) continue;
      const canonicalSmiles = chemistry.canonicalSmiles(sample.smiles);
      const before = canonicalSmiles === null ? undefined : known.get(canonicalSmiles);
      if (canonicalSmiles === null) settled.push({ sample, canonicalSmiles, score: 0 });
      else if (before === undefined) start(sample, canonicalSmiles);
      else if (before.outcome === "scored") settled.push({ sample, canonicalSmiles, score: before.score });
      if (settled.length >= rules.batchSize) break;
    }
    if (running.size > 0 && settled.length < rules.batchSize) await Promise.race([abort.promise, ...running]);
    signal?.throwIfAborted();
    yield* events.splice(0);
    const isLast = running.size === 0 && !canStart();
    if (settled.length < rules.batchSize && !(isLast && settled.length > 0)) continue;
    yield { type: "learned", calls, ...(await learner.learn(settled)) };
    settled = [];
    proposals = [];
  }
  const reply = await thread.ask({ type: "weights" });
  assert(reply.type === "weights");
  const weights = gruWeights(new Float32Array(reply.weights), model.vocabulary.size, model.weights.hidden);
  yield { type: "result", weights, calls, ending: calls >= rules.budget ? "budget" : "exhausted" };
}

/** A promise that the signal rejects: an evaluation that is slow to end is not waited for. */
function abortion(signal: AbortSignal | undefined): Disposable & { promise: Promise<never> } {
  const { promise, reject } = Promise.withResolvers<never>();
  promise.catch(() => undefined);
  const stop = () => reject(signal?.reason);
  signal?.addEventListener("abort", stop, { once: true });
  return { promise, [Symbol.dispose]: () => signal?.removeEventListener("abort", stop) };
}

const threadData = (model: GenerationModel, rules: SteerSettings): SteerData => ({
  weights: model.weights.all.buffer,
  vocabulary: model.vocabulary.tokens,
  hidden: model.weights.hidden,
  maxTokens: model.card.architecture.maxTokens,
  rate: rules.rate,
  seed: rules.seed,
  constrained: rules.constrained,
});

async function propose(
  thread: Thread<AgentRequest, AgentReply>,
  first: number,
  count: number,
): Promise<AgentSample[]> {
  const reply = await thread.ask({ type: "propose", first, count });
  assert(reply.type === "proposed");
  return reply.samples;
}

/** Turns scores into gradient steps: a scaffold that is full scores 0, and the best molecules are learned again. */
function createLearner(thread: Thread<AgentRequest, AgentReply>, rdkit: RDKit, rules: SteerSettings) {
  const replay = createReplayMemory(rules.replaySize);
  const scaffolds = createScaffoldMemory(rules.bucket);
  const random = randomStream(rules.seed, 0xfffffffe);

  const scaffoldOf = (canonicalSmiles: string) => {
    const parsed = parseSmiles(rdkit, canonicalSmiles);
    if (isInvalid(parsed)) return canonicalSmiles;
    using mol = parsed;
    return murckoScaffold(rdkit, mol) || canonicalSmiles;
  };

  function worth({ sample, canonicalSmiles, score }: Settled): Remembered | undefined {
    if (score === null) return undefined;
    if (canonicalSmiles === null) return { ...sample, canonicalSmiles: sample.smiles, score: 0 };
    const scaffold = scaffoldOf(canonicalSmiles);
    const full = scaffolds.isFull(scaffold);
    if (score >= rules.good && !full) scaffolds.add(scaffold);
    return { ...sample, canonicalSmiles, score: full ? 0 : score };
  }

  return {
    async learn(settled: readonly Settled[]): Promise<{ meanScore: number; loss: number }> {
      const fresh = settled.map(worth).filter((entry) => entry !== undefined);
      for (const entry of fresh) if (entry.score > 0) replay.add(entry);
      replay.forget((entry) => scaffolds.isFull(scaffoldOf(entry.canonicalSmiles)));
      let loss = 0;
      for (let step = 0; step < rules.steps; step++) {
        const batch = [...fresh, ...replay.draw(rules.replayed, random)].map(
          ({ smiles, priorNll, score }) => ({
            smiles,
            target: rules.sigma * score - priorNll,
          }),
        );
        if (batch.length === 0) break;
        const reply = await thread.ask({ type: "learn", batch });
        assert(reply.type === "learned");
        loss = reply.loss;
      }
      return {
        meanScore: fresh.reduce((sum, entry) => sum + entry.score, 0) / Math.max(1, fresh.length),
        loss,
      };
    },
  };
}
