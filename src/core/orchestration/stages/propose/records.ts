/** What the notebook keeps of a chunk of proposals: the model, the run, and a record for each candidate. */

import type { Database } from "#core/notebook/file/database.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { SamplingRunContent } from "#core/notebook/tables/contents.ts";
import { requiredLink } from "#core/notebook/tables/records.ts";
import type { ModelCard } from "#shared/model/model.ts";
import { modelRecords } from "../../models/records.ts";
import type { Made, Origin } from "../plan.ts";
import type { Proposal } from "./run.ts";

interface Chunk {
  proposals: readonly Proposal[];
  /** Molecules that could not be written to their end. */
  givenUp: number;
  lineage: readonly ModelCard[];
}

export function samplingRecords(
  origin: Origin,
  { proposals, givenUp, lineage }: Chunk,
): Omit<Made, "timings_ms"> {
  const { records, model } = modelRecords(lineage);
  const run = seal({
    kind: "sampling-run",
    content: { ...origin, ...(givenUp > 0 ? { givenUp } : {}) },
    links: [{ role: "model", target: model.hash }],
  });
  const links = [{ role: "sampled-in", target: run.hash }];
  const candidates = proposals.map((proposal) =>
    seal({ kind: "candidate", content: { ...proposal }, links }),
  );
  return { records: [...records, run, ...candidates], result: run };
}

/** The run that a candidate was sampled in. */
export const samplingRunOf = (db: Database, candidate: number): SamplingRunContent =>
  SamplingRunContent.parse(requiredLink(db, candidate, "sampled-in").content);
