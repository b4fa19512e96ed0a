/** Where a candidate stands: read off its row, and as conditions of a query. */
import { sql } from "kysely";
import type { CandidateState } from "#shared/campaign/candidate.ts";
import type { CandidateTable } from "../file/schema.ts";

/** The first of these columns that is filled decides; where none is, a candidate is proposed. */
const DECISIVE = [
  { state: "failed", column: "failure_stage" },
  { state: "evaluated", column: "evaluation" },
  { state: "embedded", column: "conformer" },
  { state: "rejected", column: "rejection_rule" },
  { state: "filtered", column: "verdict" },
] as const satisfies readonly { state: CandidateState; column: keyof CandidateTable }[];

type DecisiveColumn = (typeof DECISIVE)[number]["column"];

export function candidateState(row: Pick<CandidateTable, DecisiveColumn>): CandidateState {
  for (const { state, column } of DECISIVE) if (row[column] !== null) return state;
  return "proposed";
}

/** The same of a row in SQL. */
export const stateName = sql<CandidateState>`CASE ${sql.join(
  DECISIVE.map(
    ({ state, column }) => sql`WHEN ${sql.ref(`candidate.${column}`)} IS NOT NULL THEN ${sql.lit(state)}`,
  ),
  sql` `,
)} ELSE 'proposed' END`;

/** What holds of the columns of a candidate in that state: `[column, "is", null]` and the like. */
export function stateConditions(wanted: CandidateState) {
  const place = DECISIVE.findIndex(({ state }) => state === wanted);
  const earlier = place < 0 ? DECISIVE : DECISIVE.slice(0, place);
  const empty = earlier.map(({ column }) => ({ column: `candidate.${column}`, is: "is" }) as const);
  const decisive = DECISIVE[place];
  return decisive ? [...empty, { column: `candidate.${decisive.column}`, is: "is not" } as const] : empty;
}
