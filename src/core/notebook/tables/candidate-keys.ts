/** What the candidates of a campaign are chosen and ordered by, without their rows. */
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { FilterSettings } from "#shared/campaign/campaign.ts";
import { CANDIDATE_STATES, type CandidateState } from "#shared/campaign/candidate.ts";
import { type CandidateCounts, type CandidateKey, CandidateView } from "#shared/campaign/candidate-page.ts";
import type { MeasuredRow } from "#shared/campaign/measured.ts";
import { type Marks, markedKey, moleculeKey } from "#shared/campaign/molecule-key.ts";
import type { RungOrder } from "#shared/campaign/rungs.ts";
import type { CampaignId, Sha256 } from "#shared/ids.ts";
import { DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import { type Database, only } from "../file/database.ts";
import { stateConditions, stateName } from "./candidate-state.ts";
import { joinCandidates, propertyByRung } from "./candidates.ts";

/** A cell of a person's own column. */
const cellOf = (head: string) =>
  sql<string | null>`(SELECT value FROM json_each(candidate.given, '$.data') WHERE key = ${head})`;

/** Of the campaign's own property: numbers of another one, of a cheaper rung, are not held against it. */
function ownValue({ rungs }: Asked): RawBuilder<number | null> {
  const own = rungs.filter(({ isOwn }) => isOwn).map(({ rung }) => rung);
  return sql`CASE WHEN candidate.rung IN (${sql.join(own)}) THEN ranked.value END`;
}

/** By rank candidates are ordered by who knows their ranks. */
const KEYS: Readonly<
  Record<Exclude<Extract<CandidateKey, string>, "rank" | "value">, RawBuilder<string | number | null>>
> = {
  name: sql`candidate.name`,
  smiles: sql`coalesce(molecule.canonical_smiles, candidate.smiles)`,
  difference: sql`candidate.vqe_minus_casci_hartree`,
  state: sql`${stateName} || ' ' || coalesce(candidate.rejection_rule, '')`,
  verdict: sql`review.verdict`,
};

function keyOf(by: CandidateKey, asked: Asked): RawBuilder<string | number | null> {
  if (by === "rank") return sql<null>`NULL`;
  if (by === "value") return ownValue(asked);
  if (typeof by === "string") return KEYS[by];
  if ("data" in by) return cellOf(by.data);
  return sql`${sql.ref(`molecule.${DESCRIPTORS[by.descriptor].column}`)}`;
}

/** Every text by which a person might look for a candidate, a line each. */
const WORDS = sql<string>`concat_ws(char(10), molecule.canonical_smiles, candidate.smiles, candidate.name,
  (SELECT group_concat(value, char(10)) FROM json_each(candidate.given, '$.data')), molecule.inchi_key, molecule.formula,
  candidate.rejection_rule, candidate.rejection_detail, candidate.failure_stage, candidate.failure_reason, candidate.no_value,
  candidate.recovered_at)`;

/** Joined by what each candidate is ranked by. */
const withValues = (db: Database, { campaign, rungs }: Asked) =>
  joinCandidates(db)
    .leftJoin("candidate_value as ranked", (join) =>
      join.onRef("ranked.candidate", "=", "candidate.id").on("ranked.property", "=", propertyByRung(rungs)),
    )
    .where("campaign.uuid", "=", campaign);

const OPEN = (Object.keys(CANDIDATE_STATES) as CandidateState[]).filter(
  (state) => CANDIDATE_STATES[state].isUnderWay,
);

const inStates = (states: readonly CandidateState[]): RawBuilder<SqlBool> =>
  sql`(${sql.join(states.map(inState), sql` OR `)})`;

const inState = (state: CandidateState): RawBuilder<SqlBool> =>
  sql`(${sql.join(
    stateConditions(state).map(({ column, is }) => sql`${sql.ref(column)} ${sql.raw(is)} NULL`),
    sql` AND `,
  )})`;

/** Whether a candidate is in a view. @param agreed indices of the candidates on which people agree as the view asks */
function inView(view: CandidateView, agreed: readonly number[]): RawBuilder<SqlBool> {
  switch (view) {
    case "all":
      return sql`TRUE`;
    case "ranked":
      return sql`ranked.value IS NOT NULL`;
    case "open":
      return inStates(OPEN);
    case "filtered-out":
      return inStates(["rejected"]);
    case "failed":
      return inStates(["failed"]);
    case "shortlisted":
    case "rejected":
      return sql`candidate.idx IN (SELECT value FROM json_each(${JSON.stringify(agreed)}))`;
    default:
      return view satisfies never;
  }
}

interface Asked {
  campaign: CampaignId;
  /** What it ranks by, the dearest rung first. */
  rungs: readonly RungOrder[];
}

/** The candidates of a view in order of proposal, with what they are ordered by and, if asked for, all text of them. */
export function candidateKeys(
  db: Database,
  asked: Asked,
  {
    view,
    agreed,
    by,
    isSearched,
  }: { view: CandidateView; agreed: readonly number[]; by: CandidateKey; isSearched: boolean },
): { index: number; key: string | number | null; words: string }[] {
  const query = withValues(db, asked)
    .where(inView(view, agreed))
    .select([
      "candidate.idx as index",
      keyOf(by, asked).as("key"),
      (isSearched ? WORDS : sql<string>`''`).as("words"),
    ])
    .orderBy("candidate.idx");
  return db.all(query);
}

/** How many candidates are in each view: one look at all of them. */
export function countViews(
  db: Database,
  asked: Asked,
  agreedIn: (view: CandidateView) => readonly number[],
): CandidateCounts {
  const counts = CandidateView.options.map((view) =>
    sql<number>`count(*) FILTER (WHERE ${inView(view, agreedIn(view))})`.as(view),
  );
  return only(db, withValues(db, asked).select(counts));
}

/** undefined where it holds none. */
function moleculeOf(
  { filter, ...marks }: Marks & { filter: Pick<FilterSettings, "species"> },
  row: {
    smiles: string;
    charge: number | null;
    multiplicity: number | null;
    coordinates: string | null;
    canonical_smiles: string | null;
    inchi_key: string | null;
  },
): string | undefined {
  const {
    smiles,
    canonical_smiles: canonicalSmiles,
    inchi_key: inchiKey,
    charge,
    multiplicity,
    coordinates,
  } = row;
  if (canonicalSmiles === null || inchiKey === null) return undefined;
  const species = {
    ...(charge !== null && multiplicity !== null && { electrons: { charge, multiplicity } }),
    ...(coordinates !== null && { coordinates: coordinates as Sha256 }),
  };
  return markedKey(moleculeKey(filter, { canonicalSmiles, inchiKey }, species), smiles, marks);
}

/**
 * Of each candidate that has a cell in a person's own column or a number of the dearest rung, both, and which molecule it is of: of
 * duplicates one is computed for all.
 *
 * @param head of the column @param of the campaign
 */
export function cellsAndValues(
  db: Database,
  asked: Asked,
  { head, ...of }: Marks & { head: string; filter: Pick<FilterSettings, "species"> },
): MeasuredRow[] {
  const cell = cellOf(head);
  const top = asked.rungs[0]?.rung ?? 0;
  const value = sql<number | null>`CASE WHEN candidate.rung = ${top} THEN ranked.value END`;
  const query = withValues(db, asked)
    .select([
      "candidate.idx",
      "candidate.smiles",
      "candidate.charge",
      "candidate.multiplicity",
      "candidate.coordinates",
      "molecule.canonical_smiles",
      "molecule.inchi_key",
      cell.as("cell"),
      value.as("value"),
    ])
    .where(sql<SqlBool>`(${cell} IS NOT NULL OR ${value} IS NOT NULL)`)
    // Measured was the substance: of its forms the one as given stands for it.
    .where(sql<SqlBool>`json_extract(candidate.given, '$.tautomer') IS NULL`)
    .orderBy("candidate.idx");
  return db.all(query).map(({ cell: text, value: number, ...row }) => ({
    cell: text ?? "",
    value: number,
    molecule: moleculeOf(of, row) ?? `row ${row.idx}`,
  }));
}
