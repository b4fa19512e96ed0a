/** What the notebook keeps of a chunk of proposals: what it comes from, the run, and a record for each candidate. */

import type { Database } from "#core/notebook/file/database.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { SamplingRunContent } from "#core/notebook/tables/contents.ts";
import { executionRecord } from "#core/notebook/tables/executions.ts";
import { readRecord, requiredLink } from "#core/notebook/tables/records.ts";
import type { CampaignId } from "#shared/ids.ts";
import type { Drawn, Lineage } from "../../sources/source.ts";
import type { Made, Origin } from "../plan.ts";

interface Chunk {
  proposals: readonly Drawn[];
  /** Molecules that could not be written to their end. */
  givenUp: number;
  lineage: Lineage;
}

export function samplingRecords(
  origin: Origin,
  { proposals, givenUp, lineage }: Chunk,
): Omit<Made, "timings_ms"> {
  const run = seal({
    kind: "sampling-run",
    content: { ...origin, ...(givenUp > 0 ? { givenUp } : {}) },
    links: [lineage.link],
  });
  const links = [{ role: "sampled-in", target: run.hash }];
  const candidates = proposals.map(({ molblock, ...content }) =>
    seal({
      kind: "candidate",
      content,
      links,
      ...(molblock !== undefined && { parts: { molblock: Buffer.from(molblock) } }),
    }),
  );
  return { records: [...lineage.records, run, ...candidates], result: run };
}

/** The run that a candidate was sampled in. */
export const samplingRunOf = (db: Database, candidate: number): SamplingRunContent =>
  SamplingRunContent.parse(requiredLink(db, candidate, "sampled-in").content);

/** The run of a campaign's chunk, once it is there. */
export function samplingRunAt(db: Database, campaign: CampaignId, ordinal: number): SamplingRunContent {
  const record = executionRecord(db, { campaign, stage: "propose", ordinal });
  if (record === undefined) throw new Error(`chunk ${ordinal} was not proposed`);
  return SamplingRunContent.parse(readRecord(db, record).content);
}
