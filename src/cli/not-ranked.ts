/** The molecules that were taken on and have no rank: a failed calculation is shown, never left out. */
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { givenName } from "./given-name.ts";
import { beginningOf, formatTable, type TextColumn } from "./output.ts";

/** A molecule without a rank, and the stage and reason of its failure. */
export type NotRanked = Pick<CandidateRow, "id" | "failure"> & { smiles: string; name?: string };

/** Why a molecule that was taken on has no number. */
const whyUnranked = ({ failure, noValue }: CandidateRow): NotRanked["failure"] =>
  failure ?? (noValue === undefined ? null : { stage: "evaluate", reason: noValue });

/** The candidates of a campaign that failed or have no number, in their order. */
export const notRanked = (rows: readonly CandidateRow[]): NotRanked[] =>
  rows
    .filter(({ state, noValue }) => state === "failed" || noValue !== undefined)
    .map((row) => ({
      id: row.id,
      ...(givenName(row) !== "" && { name: givenName(row) }),
      smiles: row.identity?.canonicalSmiles ?? row.proposal.smiles,
      failure: whyUnranked(row),
    }));

/** "38 of 40 molecules were filtered out by heavy-atoms (11 heavy atoms, 2 to 5 allowed)": the commonest reason and its first example. */
export function whyNone(rows: readonly CandidateRow[]): string {
  const stopped = rows.flatMap((row) => {
    const { rejection } = row;
    if (rejection) return [{ by: `filtered out by ${rejection.rule}`, example: rejection.detail }];
    const failure = whyUnranked(row);
    return failure ? [{ by: `stopped at ${failure.stage}`, example: failure.reason }] : [];
  });
  const groups = [...Map.groupBy(stopped, ({ by }) => by).values()];
  const [most] = groups.sort((a, b) => b.length - a.length);
  if (!most?.[0]) return "no molecule was proposed";
  const { by, example } = most[0];
  return `${most.length} of ${rows.length} molecules were ${by}${example ? ` (the first: ${example})` : ""}`;
}

/** "2 filtered out by duplicate (the first: …)": each reason, the commonest first. */
export function filteredOut(rows: readonly CandidateRow[]): string[] {
  const rejected = rows.flatMap((row) =>
    row.rejection ? [{ ...row.rejection, of: givenName(row) || row.proposal.smiles }] : [],
  );
  const groups = [...Map.groupBy(rejected, ({ rule }) => rule).values()];
  return groups
    .sort((a, b) => b.length - a.length)
    .map((group) => {
      const [{ rule, detail, of }] = group as [(typeof rejected)[number]];
      return `${group.length} by ${rule} (${group.length > 1 ? "the first: " : ""}${beginningOf(of)}: ${beginningOf(detail)})`;
    });
}

const columns: TextColumn<NotRanked>[] = [
  { title: "not ranked", text: ({ smiles, name }) => (name === undefined ? smiles : `${name}: ${smiles}`) },
  {
    title: "why",
    text: ({ failure }) => (failure ? `${failure.stage}: ${failure.reason}` : "no reason stored"),
  },
];

/** The failed candidates as a table of plain text; undefined where every molecule has its rank. */
export const notRankedTable = (failed: readonly NotRanked[]): string | undefined =>
  failed.length === 0 ? undefined : formatTable(columns, failed);
