/** Candidates as people see them, without the rank: that is a view over numbers and direction, made by the caller. */
import { type Selectable, sql } from "kysely";
import type { CandidateRow, GivenData, PropertyValues, Proposal } from "#shared/campaign/candidate.ts";
import { HeldReview } from "#shared/campaign/review.ts";
import type { RungOrder } from "#shared/campaign/rungs.ts";
import { DomainError } from "#shared/errors.ts";
import { type CampaignId, type CandidateId, parseCandidateId, type Sha256 } from "#shared/ids.ts";
import { DESCRIPTOR_COLUMNS, DESCRIPTOR_IDS, LATER_DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import type { Descriptors, Electrons, MoleculeIdentity } from "#shared/molecule/molecule.ts";
import { PROPERTY_IDS, type PropertyId } from "#shared/properties/find.ts";
import type { PropertyNumbers } from "#shared/properties/property.ts";
import { type Database, template } from "../file/database.ts";
import type { CandidateTable } from "../file/schema.ts";
import { candidateState } from "./candidate-state.ts";
import { EvaluationContent } from "./contents.ts";

/** A candidate with its campaign, molecule and the latest verdict that holds. */
export const joinCandidates = ({ sql }: Pick<Database, "sql">) =>
  sql
    .selectFrom("candidate")
    .innerJoin("campaign", "campaign.id", "candidate.campaign")
    .leftJoin("molecule", "molecule.id", "candidate.molecule")
    .leftJoin("review", "review.id", "candidate.review");

const latestReview = sql<string | null>`CASE WHEN candidate.review IS NULL THEN NULL ELSE json_object(
  'verdict', review.verdict, 'reason', review.reason, 'comment', review.comment, 'reviewer', review.reviewer, 'at', review.at) END`;

/** What few candidates have is one column, as JSON, which is read where there is something. */
const rare = sql<
  string | null
>`CASE WHEN coalesce(candidate.charge, candidate.coordinates, candidate.no_value, candidate.recovered_at, nullif(candidate.rung, 0)) IS NOT NULL THEN
  json_object('charge', candidate.charge, 'multiplicity', candidate.multiplicity, 'coordinates', candidate.coordinates,
    'noValue', candidate.no_value, 'recoveredAt', candidate.recovered_at, 'rung', candidate.rung) END`;

/**
 * Numbers by property, as JSON, which holds every double exactly; they come with an evaluation, and only where there is one are they
 * looked up.
 */
const numbers = sql<string | null>`CASE WHEN candidate.evaluation IS NOT NULL THEN
  (SELECT json_group_object(property, value) FROM candidate_value WHERE candidate_value.candidate = candidate.id) END`;

/** What a candidate is ranked by: the property of the rung that it came to. */
export const propertyByRung = (rungs: readonly RungOrder[]) =>
  sql<PropertyId>`CASE candidate.rung ${sql.join(
    rungs.map(({ rung, property }) => sql`WHEN ${sql.lit(rung)} THEN ${sql.lit(property)}`),
    sql` `,
  )} END`;

/**
 * What people see of a candidate, and no more: each column of 10,000 rows takes a third of a millisecond to read. One statement, so
 * that a row and its numbers are of one moment, whatever another process writes meanwhile.
 */
const selectShown = (from: Pick<Database, "sql">) =>
  joinCandidates(from)
    .select([
      "candidate.idx",
      "candidate.smiles",
      "candidate.nll",
      "candidate.given",
      "candidate.verdict",
      "candidate.rejection_rule",
      "candidate.rejection_detail",
      "candidate.conformer",
      "candidate.evaluation",
      "candidate.failure_stage",
      "candidate.failure_reason",
      "candidate.vqe_minus_casci_hartree",
      "candidate.route",
      "molecule.canonical_smiles",
      "molecule.inchi_key",
      "molecule.formula",
      latestReview.as("review"),
      numbers.as("numbers"),
      rare.as("rare"),
    ])
    .select(DESCRIPTOR_COLUMNS.map(({ column }) => `molecule.${column}` as const));
type Row = Awaited<ReturnType<ReturnType<typeof selectShown>["executeTakeFirstOrThrow"]>>;

/** The same with its campaign and the records that speak of it. */
const selectWithRecords = (from: Pick<Database, "sql">) =>
  selectShown(from).select(["candidate.id", "campaign.uuid", "candidate.record", "candidate.score"]);

/** Members that every described molecule has: an object that begins with them is filled in faster than one that grows. */
const ALL_ZERO = Object.fromEntries(
  ["formula", ...DESCRIPTOR_IDS.filter((id) => !LATER_DESCRIPTORS.includes(id))].map((name) => [name, 0]),
);

function descriptors(row: Row): Descriptors | null {
  if (row.formula === null) return null;
  const found: Record<string, string | number> = { ...ALL_ZERO, formula: row.formula };
  for (const { id, column } of DESCRIPTOR_COLUMNS) {
    const value = row[column];
    if (value === null) delete found[id];
    else found[id] = value;
  }
  return found as Descriptors;
}

function identityOf({ canonical_smiles, inchi_key }: Row): MoleculeIdentity | null {
  if (canonical_smiles === null || inchi_key === null) return null;
  return { canonicalSmiles: canonical_smiles, inchiKey: inchi_key };
}
/** Electrons and coordinates; those of a neutral closed shell, and coordinates that were not given, are left out. */
function speciesOf({
  charge,
  multiplicity,
  coordinates,
}: Pick<Selectable<CandidateTable>, "charge" | "multiplicity" | "coordinates">): AcceptedMolecule["species"] {
  return {
    ...(charge !== null && multiplicity !== null && { electrons: { charge, multiplicity } }),
    ...(coordinates !== null && { coordinates: coordinates as Sha256 }),
  };
}

/** As its record has it; parsed as the notebook itself wrote it. */
const proposalOf = ({ idx: index, smiles, nll, given }: Row): Proposal =>
  given === null ? { index, smiles, nll } : { index, smiles, nll, given: JSON.parse(given) as GivenData };

const reviewOf = ({ review }: Row, candidateId: CandidateId): CandidateRow["review"] =>
  review === null ? null : HeldReview.parse({ candidateId, ...JSON.parse(review) });

/** A number of no property that there is was put in by hand: verification names it. */
function valuesOf({ numbers }: Row): PropertyValues {
  if (numbers === null) return {};
  const found: Record<string, number> = JSON.parse(numbers);
  return Object.fromEntries(PROPERTY_IDS.flatMap((id) => (id in found ? [[id, found[id]]] : [])));
}

function rareOf(
  rare: string,
): Pick<CandidateRow, "electrons" | "coordinates" | "noValue" | "recoveredAt" | "rung"> {
  const { noValue, recoveredAt, rung, ...species } = JSON.parse(rare);
  return {
    ...speciesOf(species),
    ...(noValue !== null && { noValue }),
    ...(recoveredAt !== null && { recoveredAt }),
    ...(rung > 0 && { rung }),
  };
}

function candidateRow(campaignId: CampaignId, row: Row): CandidateRow {
  // As candidateId() makes it; checking what the notebook itself made costs more than all else here.
  const id = `${campaignId}/${row.idx}` as CandidateId;
  const {
    rejection_rule: rule,
    rejection_detail: detail,
    failure_stage: stage,
    failure_reason: reason,
  } = row;
  const candidate: CandidateRow = {
    id,
    campaignId,
    proposal: proposalOf(row),
    state: candidateState(row),
    identity: identityOf(row),
    descriptors: descriptors(row),
    rejection: rule === null ? null : { rule, detail: detail ?? "" },
    failure: stage === null ? null : { stage, reason: reason ?? "" },
    rank: null,
    values: valuesOf(row),
    vqeMinusCasci_hartree: row.vqe_minus_casci_hartree,
    review: reviewOf(row, id),
  };
  if (row.route !== null) candidate.route = row.route;
  // Spread in the literal, nothing would cost half of the time of the whole table.
  return row.rare === null ? candidate : { ...candidate, ...rareOf(row.rare) };
}

/** Candidates of a campaign in order of proposal: all, or those of the indices given. */
export function listCandidates(
  db: Database,
  campaign: CampaignId,
  indices?: readonly number[],
): CandidateRow[] {
  const all = selectShown(db).where("campaign.uuid", "=", campaign).orderBy("candidate.idx");
  const among = sql<number>`(SELECT value FROM json_each(${JSON.stringify(indices ?? [])}))`;
  const query = indices === undefined ? all : all.where("candidate.idx", "in", among);
  return db.all(query).map((row) => candidateRow(campaign, row));
}

/** The numbers of a candidate's row and of the records that speak of it. */
export interface CandidateRecords {
  row: number;
  candidate: number;
  verdict: number | null;
  conformer: number | null;
  evaluation: number | null;
  score: number | null;
}

const byCampaign = template((sql, campaign: CampaignId, index: number) =>
  selectWithRecords({ sql }).where("campaign.uuid", "=", campaign).where("candidate.idx", "=", index),
);

/** @throws DomainError not-found */
export function getCandidate(
  db: Database,
  id: CandidateId,
): { row: CandidateRow; records: CandidateRecords } {
  const { campaign, index } = parseCandidateId(id);
  const row = db.one(byCampaign(campaign, index));
  if (!row) {
    const message = `This notebook holds no candidate ${id}. It may be in another notebook.`;
    throw new DomainError("not-found", message, { candidate: id });
  }
  const { record: candidate, verdict, conformer, evaluation, score } = row;
  return {
    row: candidateRow(campaign, row),
    records: { row: row.id, candidate, verdict, conformer, evaluation, score },
  };
}

const accepted = (db: Database, campaign: CampaignId) =>
  db.sql
    .selectFrom("candidate")
    .innerJoin("campaign", "campaign.id", "candidate.campaign")
    .where("campaign.uuid", "=", campaign)
    .where("candidate.verdict", "is not", null)
    .where("candidate.rejection_rule", "is", null)
    .orderBy("candidate.idx");

/** Indices from one up to, not with, another; all where nothing is said. */
interface Range {
  from?: number;
  before?: number;
}
const WHOLE_RANGE = { from: 0, before: Number.MAX_SAFE_INTEGER };

/** The indices of the first candidates that the filter accepted. */
export function acceptedCandidates(
  db: Database,
  campaign: CampaignId,
  { limit, ...range }: Range & { limit: number },
): number[] {
  const { from, before } = { ...WHOLE_RANGE, ...range };
  const query = accepted(db, campaign)
    .select("candidate.idx")
    .where("candidate.idx", ">=", from)
    .where("candidate.idx", "<", before)
    .limit(limit);
  return db.all(query).map(({ idx }) => idx);
}

/** A candidate's molecule as the filter saw it. */
export interface AcceptedMolecule {
  index: number;
  identity: MoleculeIdentity;
  species: { electrons?: Electrons; coordinates?: Sha256 };
  /** As it was proposed. */
  smiles: string;
}

/** The molecules of the candidates that the filter accepted, in order. */
export function acceptedMolecules(db: Database, campaign: CampaignId, range: Range = {}): AcceptedMolecule[] {
  const { from, before } = { ...WHOLE_RANGE, ...range };
  const query = accepted(db, campaign)
    .innerJoin("molecule", "molecule.id", "candidate.molecule")
    .select(["candidate.idx", "candidate.smiles", "charge", "multiplicity", "coordinates"])
    .select(["canonical_smiles", "inchi_key"])
    .where("candidate.idx", ">=", from)
    .where("candidate.idx", "<", before);
  return db.all(query).map((row) => ({
    index: row.idx,
    identity: { canonicalSmiles: row.canonical_smiles, inchiKey: row.inchi_key },
    species: speciesOf(row),
    smiles: row.smiles,
  }));
}

const withValue = (db: Database, campaign: CampaignId) =>
  db.sql
    .selectFrom("candidate_value")
    .innerJoin("candidate", "candidate.id", "candidate_value.candidate")
    .innerJoin("campaign", "campaign.id", "candidate.campaign")
    .where("campaign.uuid", "=", campaign);

/** The numbers of the candidates of a campaign, in order of proposal, with the property and the rung that they are of. */
export function listScores(
  db: Database,
  campaign: CampaignId,
): { index: number; rung: number; property: PropertyId; value: number }[] {
  const query = withValue(db, campaign)
    .select(["candidate.idx as index", "candidate.rung", "property", "candidate_value.value"])
    .orderBy("candidate.idx");
  return db.all(query);
}

/** A candidate's number of a property, and all numbers of the evaluation that it is from, by their keys. */
export interface EvaluatedNumbers {
  index: number;
  value: number;
  numbers: PropertyNumbers;
  /** Of the molecule, e. */
  charge: number;
  /** The evaluation's record. */
  evaluation: number;
  /** Whether its geometry was given, not made. */
  isGiven: boolean;
  /** Whether its numbers are elsewhere than at the geometry that was asked for. */
  isElsewhere: boolean;
}

/** Numbers by the record of their evaluation: records never change, and while a campaign runs they are asked for after each. */
const readNumbers = new WeakMap<Database, Map<number, PropertyNumbers>>();

function numbersIn(db: Database): Map<number, PropertyNumbers> {
  const found = readNumbers.get(db) ?? new Map<number, PropertyNumbers>();
  readNumbers.set(db, found);
  return found;
}

/** Of a campaign's candidates that have a number of the property on a rung, in order of proposal. */
export function listNumbers(
  db: Database,
  campaign: CampaignId,
  { property, rung }: { property: PropertyId; rung: number },
): EvaluatedNumbers[] {
  const query = withValue(db, campaign)
    .where("candidate_value.property", "=", property)
    .where("candidate.rung", "=", rung)
    .innerJoin("record", "record.id", "candidate.evaluation")
    .select(["candidate.idx as index", "candidate_value.value", "candidate.charge"])
    .select(["candidate.coordinates", "candidate.recovered_at"])
    .select(["record.content", "record.id as evaluation"])
    .orderBy("candidate.idx");
  const known = numbersIn(db);
  return db.all(query).map(({ content, charge, coordinates, recovered_at, ...row }) => {
    const numbers = known.get(row.evaluation) ?? EvaluationContent.parse(JSON.parse(content)).values;
    known.set(row.evaluation, numbers);
    // Not written of molecules that a model made, which are neutral.
    const place = { isGiven: coordinates !== null, isElsewhere: recovered_at !== null };
    return { ...row, charge: charge ?? 0, numbers, ...place };
  });
}

const byRow = template((sql, row: number) => selectWithRecords({ sql }).where("candidate.id", "=", row));
/** The candidate in a row of the table. */
export function candidateAt(db: Database, row: number): CandidateRow {
  const found = db.one(byRow(row));
  if (!found) throw new Error(`no candidate in row ${row}`);
  return candidateRow(found.uuid as CampaignId, found);
}
