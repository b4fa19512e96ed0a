/** The molecules that were taken on and have no rank: a failed calculation is shown, never left out. */
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { formatTable, type TextColumn } from "./output.ts";

/** A molecule without a rank, and the stage and reason of its failure. */
export type NotRanked = Pick<CandidateRow, "id" | "failure"> & { smiles: string };

/** The failed candidates of a campaign, in their order. */
export const notRanked = (rows: readonly CandidateRow[]): NotRanked[] =>
  rows
    .filter((row) => row.state === "failed")
    .map(({ id, identity, proposal, failure }) => ({
      id,
      smiles: identity?.canonicalSmiles ?? proposal.smiles,
      failure,
    }));

const columns: TextColumn<NotRanked>[] = [
  { title: "not ranked", text: ({ smiles }) => smiles },
  {
    title: "why",
    text: ({ failure }) => (failure ? `${failure.stage}: ${failure.reason}` : "no reason stored"),
  },
];

/** The failed candidates as a table of plain text; undefined where every molecule has its rank. */
export const notRankedTable = (failed: readonly NotRanked[]): string | undefined =>
  failed.length === 0 ? undefined : formatTable(columns, failed);
