/** Propose, again: one molecule by itself, or all that a steered model wrote up to it, for it learned from them. */
import { readRecord } from "#core/notebook/tables/records.ts";
import type { ReplayedStep } from "#shared/notebook/replay.ts";
import { judged, type ReplayContext, versions } from "../judge.ts";
import { samplingRunOf } from "./records.ts";
import { proposeStage } from "./run.ts";

/** In nats. */
const TOLERANCE = 1e-6;

export async function replayProposal(context: ReplayContext): Promise<ReplayedStep> {
  const { notebook, models, resources, program, records, signal } = context;
  const stored = readRecord(notebook.db, records.candidate).content;
  const { input: settings, program: then } = samplingRunOf(notebook.db, records.candidate);
  const summary = (await models.list()).find(({ hash }) => hash === settings.modelHash);
  if (!summary) {
    const detail = `the model with hash ${settings.modelHash} is not installed`;
    return { step: "propose", outcome: "not-possible", detail };
  }
  const model = await models.open(summary.name);
  const input = { model, settings, first: Number(stored.index), count: 1 };
  for await (const { index, smiles, nll } of proposeStage.run(input, { resources, signal })) {
    if (index !== stored.index) continue;
    const now = { index, smiles, nll };
    return judged("propose", { stored, now, why: versions(then, program), tolerance: TOLERANCE });
  }
  return { step: "propose", outcome: "different", detail: "the model proposed nothing" };
}
