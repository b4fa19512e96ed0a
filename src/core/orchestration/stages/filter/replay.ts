/** Filter, again: one candidate, with the molecules that were accepted before it. */
import type { JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { VerdictContent } from "#core/notebook/tables/contents.ts";
import { readRecord, requiredLink } from "#core/notebook/tables/records.ts";
import { FilterSettings } from "#shared/campaign/campaign.ts";
import { takesMarks } from "#shared/campaign/rungs.ts";
import type { ReplayedStep } from "#shared/notebook/replay.ts";
import { judged, type ReplayContext, versions } from "../judge.ts";
import { keysBefore } from "./known.ts";
import { verdictContent } from "./records.ts";

/** Of descriptors. */
const TOLERANCE = 1e-9;

export async function replayVerdict(context: ReplayContext): Promise<ReplayedStep | undefined> {
  const { notebook, dispatcher, program, row, records, signal } = context;
  if (records.verdict === null) return undefined;
  const stored = VerdictContent.parse(readRecord(notebook.db, records.verdict).content);
  const run = requiredLink(notebook.db, records.verdict, "by");
  const settings = FilterSettings.parse((run.content.input as JsonObject).settings);
  const marks = { takesMarks: takesMarks(campaignSettings(notebook.db, row.campaignId)) };
  const known = keysBefore(notebook.db, { campaign: row.campaignId, settings, ...marks }, row.proposal.index);
  const input = { molecules: [row.proposal], settings, known, ...marks };
  const [now] = (await dispatcher.run("filter", input, { signal })).map(verdictContent);
  if (!now) throw new Error("the filter gave no verdict");
  const why = versions(String(run.content.program), program);
  return judged("filter", { stored, now, why, tolerance: TOLERANCE });
}
