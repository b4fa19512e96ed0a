/** Acquire: a round of candidates gets the next evaluations, chosen by what the notebook knows. */

import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { acceptedCandidates, getCandidate } from "#core/notebook/tables/candidates.ts";
import { jobOrdinals } from "#core/notebook/tables/jobs.ts";
import { listObservations, type Observation } from "#core/notebook/tables/observations.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { candidateId, type Sha256 } from "#shared/ids.ts";
import type { AcquireInput } from "../../dispatch/tasks.ts";
import type { Made, Plan, Step, StepContext } from "../step.ts";
import { acquireStage } from "./run.ts";

/** The surrogate's cost grows with the cube of this: some seconds. */
const MOST_OBSERVATIONS = 1000;

interface Open {
  index: number;
  smiles: string;
  record: Sha256;
}

/** Accepted candidates that no round has chosen yet, in order of proposal. */
function openCandidates({ notebook: { db }, campaign }: StepContext): Open[] {
  const begun = new Set(jobOrdinals(db, campaign.id, "embed"));
  const accepted = acceptedCandidates(db, campaign.id, campaign.settings.generation.count);
  return accepted
    .filter((index) => !begun.has(index))
    .map((index) => {
      const { row, records } = getCandidate(db, candidateId(campaign.id, index));
      const smiles = row.identity!.canonicalSmiles;
      return { index, smiles, record: readRecord(db, records.candidate).hash };
    });
}

const digestOf = (hashes: readonly Sha256[]): string => toHex(sha256(hashes.join("\n")));

export const acquireStep: Step = {
  stage: "acquire",
  async plan(context): Promise<Plan> {
    const { notebook, campaign, job } = context;
    const { acquisition, evaluation, ranking } = campaign.settings;
    const { strategy, batchSize, seed } = acquisition;
    if (strategy === "none") throw new Error("a round of choice in a campaign without one");
    const candidates = openCandidates(context);
    const left = evaluation.maxEvaluations - jobOrdinals(notebook.db, campaign.id, "embed").length;
    // In an order that does not tell which of two threads was faster: sums, digest and links follow it.
    const observations = listObservations(notebook.db, {
      settings: evaluation,
      limit: MOST_OBSERVATIONS,
    }).sort((a, b) => (a.evaluation < b.evaluation ? -1 : 1));
    const settings = {
      ...{ strategy, seed },
      direction: ranking.direction,
      count: Math.min(batchSize, left, candidates.length),
      round: job.ordinal,
    };
    const input = {
      ...settings,
      observations: observations.length,
      observationsSha256: digestOf(observations.map(({ evaluation }) => evaluation)),
      candidates: candidates.length,
      candidatesSha256: digestOf(candidates.map(({ record }) => record)),
    };
    return {
      stageVersion: acquireStage.version,
      input,
      run: () => choose(context, { settings, input, candidates, observations }),
      next: ({ content }) =>
        (content.picks as { index: number }[]).map(({ index }) => ({ stage: "embed", ordinal: index })),
    };
  },
};

interface Choice {
  settings: Omit<AcquireInput, "candidates" | "observations">;
  input: Record<string, string | number>;
  candidates: readonly Open[];
  observations: readonly Observation[];
}

async function choose(
  { dispatcher, program, signal, report }: StepContext,
  { settings, input, candidates, observations }: Choice,
): Promise<Made> {
  const started = performance.now();
  report({ done: 0, total: null, message: `choosing what to evaluate, round ${settings.round + 1}` });
  const picks = await dispatcher.run(
    "acquire",
    {
      ...settings,
      candidates: candidates.map(({ index, smiles }) => ({ index, smiles })),
      observations: observations.map(({ canonicalSmiles, vertical_hartree }) => ({
        smiles: canonicalSmiles,
        value: vertical_hartree,
      })),
    },
    { signal },
  );
  const recordOf = new Map(candidates.map(({ index, record }) => [index, record]));
  const result = seal({
    kind: "acquisition",
    content: {
      ...{ stage: "acquire", stageVersion: acquireStage.version, program, input },
      picks: picks.map(({ index, mean, standardDeviation }) => ({
        index,
        mean_hartree: mean,
        standardDeviation_hartree: standardDeviation,
      })),
    },
    links: [
      ...picks.map(({ index }) => ({ role: "chose", target: recordOf.get(index)! })),
      ...observations.map(({ evaluation: target }) => ({ role: "learned-from", target })),
    ],
  });
  return { records: [result], result, timings_ms: { total: performance.now() - started } };
}
