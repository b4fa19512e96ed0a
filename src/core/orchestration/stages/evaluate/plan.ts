/** Evaluate: a molecule's property, and what it says of the candidate. */

import { type NotebookRecord, seal } from "#core/notebook/proof/record.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import { EvaluationContent } from "#core/notebook/tables/contents.ts";
import { readRecord } from "#core/notebook/tables/records.ts";
import { evaluateMolecule } from "#core/quantum/properties/recovery.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import { candidateId } from "#shared/ids.ts";
import { rankedBy } from "#shared/properties/method-title.ts";
import { recordedSettings } from "#shared/properties/settings.ts";
import { type JobContext, type JobPlan, originOf, type Result } from "../plan.ts";
import { besideCandidate } from "./beside.ts";
import { computeOrFind } from "./compute.ts";
import { evaluationRecords } from "./records.ts";
import { askedDescriptors, evaluatedCandidate, evaluatedSmiles } from "./request.ts";
import { evaluateStage } from "./run.ts";
import { shapesOfCandidate } from "./shapes.ts";
import { hasStandIn } from "./state.ts";

export async function planEvaluation(context: JobContext): Promise<JobPlan> {
  const { notebook, campaign, job } = context;
  const { row, records } = getCandidate(notebook.db, candidateId(campaign.id, job.ordinal));
  if (records.conformer === null)
    throw new Error(`candidate ${row.id} is to be evaluated without a geometry`);
  const conformerRecord = records.conformer;
  const { hash: conformer } = readRecord(notebook.db, records.conformer);
  const { maxEvaluations: _, propertySettings, ...settings } = levelOf(campaign.settings, job.rung);
  const told = recordedSettings(settings.property, propertySettings);
  const descriptors = askedDescriptors(settings.definition, row.descriptors);
  const asked = {
    ...settings,
    ...(told && { propertySettings: told }),
    conformer,
    ...(descriptors && { descriptors }),
  };
  const origin = originOf(evaluateStage, context, asked);
  const candidate = evaluatedCandidate(notebook.db, records.conformer, origin.input);
  const { geometry } = candidate;
  const smiles = evaluatedSmiles(notebook.db, records.conformer);
  const link = { role: "geometry", target: conformer };
  const computed = computeOrFind(context, { link, geometry }, row.identity?.canonicalSmiles ?? row.id);
  return {
    origin,
    run: async () => {
      const { charge, multiplicity } = candidate;
      const reactant = { smiles, electrons: { charge, multiplicity } };
      const beside = await besideCandidate(settings.definition, { ...context, reactant });
      const { conformers, relaxed } = settings;
      const molecule = { ...candidate, ...beside };
      const told = { db: notebook.db, record: conformerRecord, conformers };
      let isStandIn = false;
      const compute: typeof computed = async (...asked) => {
        const state = await computed(...asked);
        isStandIn ||= hasStandIn(state);
        return state;
      };
      const { averaged, other } = await shapesOfCandidate(molecule, told, context);
      const found = await evaluateMolecule(settings.property, averaged, { compute, relaxed, other });
      return { ...evaluationRecords(found, origin, geometry), isStandIn };
    },
    conclude: (result) => scoreRecord(context, result, records),
  };
}

/** What an evaluation says of this candidate: the record through which the candidate and its energies are one thread. */
function scoreRecord(
  { notebook, campaign, job }: JobContext,
  { hash, content }: Result,
  records: { candidate: number; verdict: number | null },
): NotebookRecord {
  const { outcome, reason, values, vqeMinusCasci_hartree } = EvaluationContent.parse(content);
  const level = levelOf(campaign.settings, job.rung);
  const { property } = level;
  const { key } = rankedBy(level);
  const link = (role: string, record: number) => ({ role, target: readRecord(notebook.db, record).hash });
  return seal({
    kind: "score",
    content: { property, outcome, reason, [key]: values[key] ?? null, vqeMinusCasci_hartree },
    links: [
      link("candidate", records.candidate),
      ...(records.verdict === null ? [] : [link("verdict", records.verdict)]),
      { role: "evaluation", target: hash },
    ],
  });
}
