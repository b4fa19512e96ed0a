/** Steering a model towards an expensive objective with few evaluations. */
import assert from "node:assert/strict";
import type { Chemistry } from "#core/chemistry/chemistry.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import type { GenerationModel } from "../network/model.ts";
import { type GruWeights, gruWeights } from "../network/weights.ts";
import { openThread, type Thread } from "../threads/thread-client.ts";
import { createTurns } from "../threads/turns.ts";
import { createLearner, type Settled } from "./learner.ts";
import { createProposalScreen, type ProposalScreen } from "./proposal-screen.ts";
import type { AgentReply, AgentRequest, AgentSample, SteerData } from "./protocol.ts";
import { STEER_DEFAULTS, type SteerSettings } from "./settings.ts";

/** What an evaluation gave: a score from 0 (worst) to 1 (best), with the quantity it was made from where that was dear, or why there is none. */
export type Score =
  | { outcome: "scored"; score: number; value?: number }
  | { outcome: "failed"; reason: string };

/** Scores one molecule, given as canonical SMILES; may take microseconds or minutes, and may finish in any order. */
export type Scorer = (canonicalSmiles: string, signal?: AbortSignal) => Promise<Score>;

/** Why a molecule is not worth a call of the objective, or null where it is. */
export type Refusal = (canonicalSmiles: string) => string | null;

export type SteerEvent =
  | { type: "evaluated"; call: number; sample: AgentSample; canonicalSmiles: string; score: Score }
  | { type: "refused"; sample: AgentSample; canonicalSmiles: string; reason: string }
  | { type: "learned"; calls: number; meanScore: number; loss: number }
  | { type: "result"; weights: GruWeights; calls: number; ending: "budget" | "exhausted" };

/** Batches of proposals without one new molecule after which the agent has nothing more to say. */
const BARREN_BATCHES = 20;

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
  const proposer = createProposer({ thread, chemistry, screen, known, rules, turn: createTurns(signal) });
  const evaluations = createEvaluations({ objective, refusal, screen, known, signal });
  const { running, settled, events } = evaluations;
  using abort = abortion(signal);
  const canStart = () =>
    evaluations.calls < rules.budget && running.size < rules.concurrency && !proposer.isBarren;

  while (canStart() || running.size > 0 || settled.length > 0) {
    while (canStart()) {
      if (proposer.isEmpty) await proposer.propose();
      const sample = proposer.next();
      if (!sample) continue;
      if (evaluations.take(sample, chemistry.canonicalSmiles(sample.smiles))) proposer.bear();
      if (settled.length >= rules.batchSize) break;
    }
    if (running.size > 0 && settled.length < rules.batchSize) await Promise.race([abort.promise, ...running]);
    signal?.throwIfAborted();
    yield* events.splice(0);
    const isLast = running.size === 0 && !canStart();
    if (settled.length < rules.batchSize && !(isLast && settled.length > 0)) continue;
    const { calls } = evaluations;
    // What settles while the agent learns is for the next time.
    yield { type: "learned", calls, ...(await learner.learn(settled.splice(0))) };
    proposer.forget();
  }
  const reply = await thread.ask({ type: "weights" });
  assert(reply.type === "weights");
  const weights = gruWeights(new Float32Array(reply.weights), model.vocabulary.size, model.weights.hidden);
  const { calls } = evaluations;
  yield { type: "result", weights, calls, ending: calls >= rules.budget ? "budget" : "exhausted" };
}

/** The agent's proposals one by one, the most promising first where a surrogate of the scores picks. */
function createProposer({
  thread,
  chemistry,
  screen,
  known,
  rules,
  turn,
}: {
  thread: Thread<AgentRequest, AgentReply>;
  chemistry: Chemistry;
  screen: ProposalScreen;
  known: ReadonlyMap<string, Score>;
  rules: SteerSettings;
  turn: () => Promise<void>;
}) {
  let proposals: AgentSample[] = [];
  let [proposed, barren] = [0, 0];
  const picked = async (samples: readonly AgentSample[]): Promise<AgentSample[]> => {
    if (rules.screened === 1) return [...samples];
    const fresh = new Map<string, AgentSample>();
    for (const sample of samples) {
      await turn();
      const canonicalSmiles = chemistry.canonicalSmiles(sample.smiles);
      if (canonicalSmiles !== null && !known.has(canonicalSmiles)) fresh.set(canonicalSmiles, sample);
    }
    // The screen picks among the keys that it is given.
    return screen.pick([...fresh.keys()], rules.batchSize).map((smiles) => fresh.get(smiles)!);
  };
  return {
    /** Whether so many batches brought nothing new that there is nothing more to expect. */
    get isBarren() {
      return barren >= BARREN_BATCHES;
    },
    get isEmpty() {
      return proposals.length === 0;
    },
    async propose(): Promise<void> {
      const count = rules.batchSize * rules.screened;
      proposals = await picked(await propose(thread, proposed, count));
      proposed += count;
      barren++;
    },
    /** Undefined where a whole batch brought nothing new. */
    next: (): AgentSample | undefined => proposals.shift(),
    /** To be called when one was evaluated. */
    bear() {
      barren = 0;
    },
    /** The agent has learned: what it proposed before is out of date. */
    forget() {
      proposals = [];
    },
  };
}

/** What becomes of proposals: each is evaluated, refused, or known already. */
function createEvaluations({
  objective,
  refusal,
  screen,
  known,
  signal,
}: {
  objective: Scorer;
  refusal: Refusal;
  screen: ProposalScreen;
  known: Map<string, Score>;
  signal: AbortSignal | undefined;
}) {
  const running = new Set<Promise<void>>();
  const events: SteerEvent[] = [];
  /** Those that the agent has not learned from yet. */
  const settled: Settled[] = [];
  let calls = 0;
  const evaluate = async (sample: AgentSample, canonicalSmiles: string, call: number) => {
    const score = await objective(canonicalSmiles, signal);
    known.set(canonicalSmiles, score);
    if (score.outcome === "scored") screen.observe(canonicalSmiles, score.score);
    settled.push({ sample, canonicalSmiles, score: score.outcome === "scored" ? score.score : null });
    events.push({ type: "evaluated", call, sample, canonicalSmiles, score });
  };
  const refuse = (sample: AgentSample, canonicalSmiles: string, reason: string) => {
    known.set(canonicalSmiles, { outcome: "scored", score: 0 });
    settled.push({ sample, canonicalSmiles, score: 0 });
    events.push({ type: "refused", sample, canonicalSmiles, reason });
  };
  const start = (sample: AgentSample, canonicalSmiles: string) => {
    known.set(canonicalSmiles, { outcome: "failed", reason: "under way" });
    const work = evaluate(sample, canonicalSmiles, ++calls).finally(() => running.delete(work));
    // A rejection is met where the loop waits; those after it need not be.
    work.catch(() => undefined);
    running.add(work);
  };
  return {
    running,
    events,
    settled,
    /** Calls of the objective so far. */
    get calls() {
      return calls;
    },
    /** Begins to evaluate a new molecule; whether it did. */
    take(sample: AgentSample, canonicalSmiles: string | null): boolean {
      if (canonicalSmiles === null) {
        settled.push({ sample, canonicalSmiles, score: 0 });
        return false;
      }
      const before = known.get(canonicalSmiles);
      if (before !== undefined) {
        if (before.outcome === "scored") settled.push({ sample, canonicalSmiles, score: before.score });
        return false;
      }
      const reason = refusal(canonicalSmiles);
      if (reason === null) start(sample, canonicalSmiles);
      else refuse(sample, canonicalSmiles, reason);
      return reason === null;
    },
  };
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
