/** Propose, again: one molecule by itself, or all that a steered model wrote up to it, because it learned from them. */
import { readRecord } from "#core/notebook/tables/records.ts";
import type { ReplayedStep } from "#shared/notebook/replay.ts";
import { reopenSource } from "../../sources/sources.ts";
import { judged, type ReplayContext, versions } from "../judge.ts";
import { samplingRunOf } from "./records.ts";
import { proposeStage } from "./run.ts";

/** In nats. */
const TOLERANCE = 1e-6;

export async function replayProposal(context: ReplayContext): Promise<ReplayedStep> {
  const { notebook, program, records, signal } = context;
  const stored = readRecord(notebook.db, records.candidate).content;
  const { input, program: then } = samplingRunOf(notebook.db, records.candidate);
  const source = await reopenSource(input, context);
  const chunk = { first: Number(stored.index), count: 1 };
  for await (const { molblock: _, ...now } of proposeStage.run({ source, ...chunk }, { signal })) {
    if (now.index !== stored.index) continue;
    return judged("propose", { stored, now, why: versions(then, program), tolerance: TOLERANCE });
  }
  return { step: "propose", outcome: "different", detail: "the source proposed nothing" };
}
