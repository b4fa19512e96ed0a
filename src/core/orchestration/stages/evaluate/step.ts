/** Evaluate: a molecule's vertical ionisation energy by VQE, and what it says of the candidate. */

import { type NotebookRecord, seal } from "#core/notebook/proof/record.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { EvaluationContent } from "#core/notebook/tables/contents.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import type { Iterations } from "#core/quantum/control-block.ts";
import { candidateId } from "#shared/ids.ts";
import type { IonisationRequest } from "#shared/quantum/energy-request.ts";
import { readConformer } from "../embed/step.ts";
import { stageProgress } from "../progress.ts";
import type { Plan, Result, Step, StepContext } from "../step.ts";
import { type EvaluationOrigin, evaluationRecords } from "./records.ts";
import { evaluationRequest } from "./request.ts";
import { evaluateStage } from "./run.ts";

export const evaluateStep: Step = {
  stage: "evaluate",
  async plan(context): Promise<Plan> {
    const { notebook, campaign, job } = context;
    const { row, records } = getCandidate(notebook.db, candidateId(campaign.id, job.ordinal));
    if (records.conformer === null)
      throw new Error(`candidate ${row.id} is to be evaluated without a geometry`);
    const { hash: conformer } = readRecord(notebook.db, records.conformer);
    const { maxEvaluations: _, ...settings } = campaign.settings.evaluation;
    const input = { ...settings, conformer };
    const { geometry } = readConformer(notebook.db, records.conformer);
    const request = evaluationRequest(input, geometry);
    const origin = {
      stage: "evaluate" as const,
      stageVersion: evaluateStage.version,
      program: context.program,
      input,
    };
    return {
      stageVersion: evaluateStage.version,
      input,
      run: () => evaluate(context, request, { origin, name: row.identity?.canonicalSmiles ?? row.id }),
      conclude: (result) => scoreRecord(context, result, records),
      next: () => [],
    };
  },
};

async function evaluate(
  { notebook, job, dispatcher, signal, report }: StepContext,
  request: IonisationRequest,
  { origin, name }: { origin: EvaluationOrigin; name: string },
) {
  const onProgress = ({ phase, iteration }: Iterations): void => {
    const message = `evaluating ${name}: ${phase}, iteration ${iteration}`;
    report({ ...stageProgress(notebook.db, job), message });
  };
  const result = await dispatcher.run("evaluate", request, { signal, onProgress });
  return evaluationRecords(result, origin);
}

/** What an evaluation says of this candidate: the record through which the candidate and its energies are one thread. */
function scoreRecord(
  { notebook, campaign }: StepContext,
  { hash, content }: Result,
  records: { candidate: number; verdict: number | null },
): NotebookRecord {
  const { outcome, reason, vertical_hartree, vqeMinusCasci_hartree } = EvaluationContent.parse(content);
  const { property } = campaign.settings.evaluation;
  const link = (role: string, record: number) => ({ role, target: readRecord(notebook.db, record).hash });
  return seal({
    kind: "score",
    content: { property, outcome, reason, vertical_hartree, vqeMinusCasci_hartree },
    links: [
      link("candidate", records.candidate),
      ...(records.verdict === null ? [] : [link("verdict", records.verdict)]),
      { role: "evaluation", target: hash },
    ],
  });
}
