/** Filter: a chunk's verdicts, in order, so that of equal molecules the one proposed first is kept. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import { type NotebookRecord, seal } from "#core/notebook/proof/record.ts";
import { acceptedCandidates, acceptedInchiKeys } from "#core/notebook/tables/candidates.ts";
import { CandidateContent } from "#core/notebook/tables/contents.ts";
import { executionRecord } from "#core/notebook/tables/executions.ts";
import { jobOrdinals } from "#core/notebook/tables/jobs.ts";
import { linkedTo, readRecord, type StoredRecord } from "#core/notebook/tables/records.ts";
import type { FilterInput } from "../../dispatch/tasks.ts";
import { chunkSize } from "../propose/step.ts";
import type { Made, NextJob, Plan, Step, StepContext } from "../step.ts";
import { filterStage } from "./run.ts";

export const filterStep: Step = {
  stage: "filter",
  async plan(context): Promise<Plan> {
    const { notebook, campaign, job } = context;
    const made = (stage: "propose" | "filter", ordinal: number): StoredRecord | undefined => {
      const record = executionRecord(notebook.db, { campaign: campaign.id, stage, ordinal });
      return record === undefined ? undefined : readRecord(notebook.db, record);
    };
    const samplingRun = made("propose", job.ordinal);
    if (!samplingRun) throw new Error("a filter job without its sampling run");
    const previous = job.ordinal === 0 ? undefined : made("filter", job.ordinal - 1);
    const { filter: settings } = campaign.settings;
    return {
      stageVersion: filterStage.version,
      input: { settings, samplingRun: samplingRun.hash, previous: previous?.hash ?? null },
      run: () => filter(context, samplingRun, previous),
      next: () => nextJobs(context),
    };
  },
};

async function filter(
  { notebook, campaign, dispatcher, program, signal }: StepContext,
  samplingRun: StoredRecord,
  previous: StoredRecord | undefined,
): Promise<Made> {
  const started = performance.now();
  const { filter: settings } = campaign.settings;
  const candidates = linkedTo(notebook.db, samplingRun.id, "sampled-in");
  const smiles = candidates.map(({ content }) => CandidateContent.parse(content).smiles);
  const known = acceptedInchiKeys(notebook.db, campaign.id);
  const input: FilterInput = { smiles, settings, known };
  const verdicts = await dispatcher.run("filter", input, { signal });
  const run = seal({
    kind: "filter-run",
    content: {
      stage: "filter",
      stageVersion: filterStage.version,
      program,
      input: { settings, samplingRun: samplingRun.hash, previous: previous?.hash ?? null },
    },
    links: [
      { role: "judges", target: samplingRun.hash },
      ...(previous ? [{ role: "after", target: previous.hash }] : []),
    ],
  });
  const records = verdicts.flatMap((verdict, i) => verdictRecords(verdict, candidates[i]!, run));
  return { records: [run, ...records], result: run, timings_ms: { total: performance.now() - started } };
}

function verdictRecords(
  verdict: FilterVerdict,
  candidate: StoredRecord,
  run: NotebookRecord,
): NotebookRecord[] {
  const { identity } = verdict;
  const links = [
    { role: "judges", target: candidate.hash },
    { role: "by", target: run.hash },
  ];
  const molecule = identity && seal({ kind: "molecule", content: { ...identity } });
  if (molecule) links.push({ role: "identifies", target: molecule.hash });
  const content =
    verdict.outcome === "accepted"
      ? { rejection: null, identity, descriptors: verdict.descriptors }
      : { rejection: verdict.rejection, identity, descriptors: null };
  const sealed = seal({ kind: "filter-verdict", content, links });
  return molecule ? [molecule, sealed] : [sealed];
}

/** The first accepted molecules in order of proposal go on; the next chunk is proposed. */
function nextJobs({ notebook, campaign, job }: StepContext): NextJob[] {
  const { generation, evaluation, acquisition } = campaign.settings;
  const isLast = (job.ordinal + 1) * chunkSize(generation) >= generation.count;
  const propose: NextJob[] = isLast ? [] : [{ stage: "propose", ordinal: job.ordinal + 1 }];
  // A choice is among all: it begins when the last chunk is filtered and nothing else is left to do.
  if (acquisition.strategy !== "none") return propose;
  const begun = new Set(jobOrdinals(notebook.db, campaign.id, "embed"));
  const embed = acceptedCandidates(notebook.db, campaign.id, evaluation.maxEvaluations)
    .filter((ordinal) => !begun.has(ordinal))
    .map((ordinal): NextJob => ({ stage: "embed", ordinal }));
  return [...embed, ...propose];
}
