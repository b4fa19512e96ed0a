/** Candidates by what the tables say of them. Structures are for the caller: it hands in the molecules that match. */
import { sql } from "kysely";
import type { GivenData } from "#shared/campaign/candidate.ts";
import { cellNumber } from "#shared/campaign/measured.ts";
import type { CellRange, PropertyRange, SearchQuery } from "#shared/campaign/search.ts";
import type { CampaignId } from "#shared/ids.ts";
import { DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import { isPropertyField, propertyNamed } from "#shared/properties/find.ts";
import type { Database } from "../file/database.ts";
import { listOrders, type RankingOrder, rungsThatDefine } from "./campaigns.ts";
import { stateConditions } from "./candidate-state.ts";
import { joinCandidates, propertyByRung } from "./candidates.ts";

/** Candidates whose number lies within the bounds; those without one do not. */
function byRange(
  db: Database,
  query: Selection,
  { property, definition, version, min, max }: PropertyRange,
): Selection {
  const bounds = [
    { is: ">=", bound: min },
    { is: "<=", bound: max },
  ] as const;
  if (!isPropertyField(property)) {
    const column = `molecule.${DESCRIPTORS[property].column}` as const;
    return bounds.reduce(
      (found, { is, bound }) => (bound === undefined ? found : found.where(column, is, bound)),
      query,
    );
  }
  if (min === undefined && max === undefined) return query;
  const { id } = propertyNamed(property);
  const within = bounds.reduce(
    (found, { is, bound }) => (bound === undefined ? found : found.where("value", is, bound)),
    db.sql.selectFrom("candidate_value").select("candidate").where("property", "=", id),
  );
  const found = query.where("candidate.id", "in", within);
  if (definition === undefined) return found;
  const defining = rungsThatDefine(db, { id: definition, version }).filter(({ rungs }) => rungs.length > 0);
  return found.where(({ and, eb, or }) =>
    or(
      defining.map(({ campaign, rungs }) =>
        and([eb("candidate.campaign", "=", campaign), eb("candidate.rung", "in", rungs)]),
      ),
    ),
  );
}

/** Up to here SQLite looks molecules up by index and sorts; beyond, reading in order and leaving out is faster. */
const FEW_MOLECULES = 2000;

/** Words as FTS5 wants them: each quoted, so that none is an operator; the last one may go on. */
function textQuery(text: string): string | undefined {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.length === 0 ? undefined : `${words.map((word) => `"${word}"`).join(" ")}*`;
}

type Selection = ReturnType<typeof joinCandidates>;

function byText(db: Database, query: Selection, text: string | undefined): Selection {
  const words = text === undefined ? undefined : textQuery(text);
  if (text === undefined) return query;
  const isNamed = sql<boolean>`instr(lower(candidate.name), ${text.trim().toLowerCase()}) > 0`;
  if (words === undefined) return query.where(isNamed);
  const reviews = db.sql
    .selectFrom("review_text")
    .innerJoin("review as r", "r.id", "review_text.rowid")
    .select("r.candidate")
    .where(sql<boolean>`review_text MATCH ${words}`);
  return query.where((is) => is.or([is("candidate.id", "in", reviews), isNamed]));
}

/** First the candidates that a campaign ranks, best first, then the others as they were proposed: only the few first are sorted. */
function inRankOrder(query: Selection, { campaign, rungs }: RankingOrder): Selection[] {
  const all = query
    .where("candidate.campaign", "=", campaign)
    .leftJoin("candidate_value as ranked", (join) =>
      join.onRef("ranked.candidate", "=", "candidate.id").on("ranked.property", "=", propertyByRung(rungs)),
    );
  return [
    ...rungs.map(({ rung, direction }) =>
      all
        .where("candidate.rung", "=", rung)
        .where("ranked.value", "is not", null)
        .orderBy("ranked.value", direction === "minimise" ? "asc" : "desc")
        .orderBy("candidate.idx"),
    ),
    all.where("ranked.value", "is", null).orderBy("candidate.idx"),
  ];
}

/** Whether a person's cells are numbers within the bounds. */
function hasCells(given: string | null, cells: readonly CellRange[]): boolean {
  const { data = {} }: Partial<GivenData> = given === null ? {} : JSON.parse(given);
  return cells.every(({ column, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY }) => {
    const value = cellNumber(data[column] ?? "");
    return value !== null && value >= min && value <= max;
  });
}

/** Enough to look at a structure by; candidateAt() reads the rest. */
export interface FoundCandidate {
  row: number;
  molecule: number | null;
  smiles: string | null;
}

/** Campaigns whose candidates are not looked at. */
export interface LeftOut {
  readonly without?: ReadonlySet<CampaignId> | undefined;
}

/**
 * The candidates that fit, as far as the caller reads: campaign by campaign, oldest first, each in the order of its ranks.
 *
 * @param molecules rows of the molecule table to choose from; absent: all
 */
export function* searchCandidates(
  db: Database,
  {
    campaignId,
    state,
    verdict,
    text,
    inchiKey,
    formula,
    ranges,
    cells,
    from,
    to,
    without,
  }: Omit<SearchQuery, "limit"> & LeftOut,
  molecules?: ReadonlySet<number>,
): Generator<FoundCandidate> {
  let query = byText(db, joinCandidates(db), text);
  for (const { column, is } of state ? stateConditions(state) : []) query = query.where(column, is, null);
  if (verdict) query = query.where("review.verdict", "=", verdict);
  if (inchiKey) query = query.where("molecule.inchi_key", "=", inchiKey);
  if (formula) query = query.where("molecule.formula", "=", formula);
  if (from) query = query.where("campaign.created_at", ">=", from);
  if (to) query = query.where("campaign.created_at", "<=", to);
  for (const range of ranges) query = byRange(db, query, range);
  const few = molecules && molecules.size <= FEW_MOLECULES ? molecules : undefined;
  if (few) {
    const among = sql<number>`(SELECT value FROM json_each(${JSON.stringify([...few])}))`;
    query = query.where("candidate.molecule", "in", among);
  }
  const parts = listOrders(db, { id: campaignId, without }).flatMap((order) => inRankOrder(query, order));
  for (const part of parts) {
    const narrow = part.select([
      "candidate.id as row",
      "candidate.molecule",
      "molecule.canonical_smiles as smiles",
      (cells.length > 0 ? sql<string | null>`candidate.given` : sql<null>`NULL`).as("given"),
    ]);
    for (const { given, ...found } of db.each(narrow)) {
      if (cells.length > 0 && !hasCells(given, cells)) continue;
      if (molecules && !few && (found.molecule === null || !molecules.has(found.molecule))) continue;
      yield found;
    }
  }
}
