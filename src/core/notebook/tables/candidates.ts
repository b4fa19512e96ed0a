/** Candidates as people see them, without the rank: that is a view over numbers and direction, made by the caller. */
import type { Selectable } from "kysely";
import type { CandidateRow, GivenData, PropertyValues, Proposal } from "#shared/campaign/candidate.ts";
import { Review } from "#shared/campaign/review.ts";
import { DomainError } from "#shared/errors.ts";
import { type CampaignId, type CandidateId, parseCandidateId, type Sha256 } from "#shared/ids.ts";
import { DESCRIPTOR_COLUMNS, DESCRIPTOR_IDS, LATER_DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import type { Descriptors, Electrons, MoleculeIdentity } from "#shared/molecule/molecule.ts";
import type { PropertyId } from "#shared/properties/find.ts";
import { type Database, template } from "../file/database.ts";
import type { CandidateTable } from "../file/schema.ts";
import { candidateState } from "./candidate-state.ts";
import { valuesAt, valuesOfCampaign } from "./candidate-values.ts";
import { EvaluationContent } from "./contents.ts";

/** A candidate with its campaign, molecule and latest review. */
export const selectCandidates = ({ sql }: Pick<Database, "sql">) =>
  sql
    .selectFrom("candidate")
    .innerJoin("campaign", "campaign.id", "candidate.campaign")
    .leftJoin("molecule", "molecule.id", "candidate.molecule")
    .leftJoin("review", "review.id", "candidate.review")
    .selectAll("molecule")
    .selectAll("candidate")
    .select([
      "campaign.uuid",
      "review.verdict as review_verdict",
      "review.reason as review_reason",
      "review.comment as review_comment",
      "review.reviewer as review_reviewer",
      "review.at as review_at",
    ]);
type Row = Awaited<ReturnType<ReturnType<typeof selectCandidates>["executeTakeFirstOrThrow"]>>;

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

function latestReview(row: Row, id: CandidateId): CandidateRow["review"] {
  if (row.review === null) return null;
  return Review.parse({
    candidateId: id,
    verdict: row.review_verdict,
    reason: row.review_reason,
    comment: row.review_comment,
    reviewer: row.review_reviewer,
    at: row.review_at,
  });
}

/** As its record has it; parsed as the notebook itself wrote it. */
const proposalOf = ({ idx: index, smiles, nll, given }: Row): Proposal =>
  given === null ? { index, smiles, nll } : { index, smiles, nll, given: JSON.parse(given) as GivenData };

function candidateRow(row: Row, values: PropertyValues): CandidateRow {
  const campaignId = row.uuid as CampaignId;
  // As candidateId() makes it; checking what the notebook itself made costs more than all else here.
  const id = `${campaignId}/${row.idx}` as CandidateId;
  const {
    rejection_rule: rule,
    rejection_detail: detail,
    failure_stage: stage,
    failure_reason: reason,
    no_value: noValue,
  } = row;
  return {
    id,
    campaignId,
    proposal: proposalOf(row),
    state: candidateState(row),
    identity: identityOf(row),
    ...speciesOf(row),
    descriptors: descriptors(row),
    rejection: rule === null ? null : { rule, detail: detail ?? "" },
    failure: stage === null ? null : { stage, reason: reason ?? "" },
    ...(noValue !== null && { noValue }),
    rank: null,
    values,
    vqeMinusCasci_hartree: row.vqe_minus_casci_hartree,
    review: latestReview(row, id),
  };
}

/** Every candidate of a campaign in order of proposal. */
export function listCandidates(db: Database, campaign: CampaignId): CandidateRow[] {
  const query = selectCandidates(db).where("campaign.uuid", "=", campaign).orderBy("candidate.idx");
  const { rows, values } = db.snapshot(() => ({
    rows: db.all(query),
    values: valuesOfCampaign(db, campaign),
  }));
  return rows.map((row) => candidateRow(row, values.get(row.id) ?? {}));
}

/** A row and its numbers as of one moment, whatever another process writes meanwhile. */
const oneWithValues = (db: Database, query: Parameters<typeof db.one<Row>>[0]) =>
  db.snapshot(() => {
    const row = db.one(query);
    return row && { row, values: valuesAt(db, row.id) };
  });

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
  selectCandidates({ sql }).where("campaign.uuid", "=", campaign).where("candidate.idx", "=", index),
);

/** @throws DomainError not-found */
export function getCandidate(
  db: Database,
  id: CandidateId,
): { row: CandidateRow; records: CandidateRecords } {
  const { campaign, index } = parseCandidateId(id);
  const found = oneWithValues(db, byCampaign(campaign, index));
  if (!found) {
    const message = `This notebook holds no candidate ${id}. It may be in another notebook.`;
    throw new DomainError("not-found", message, { candidate: id });
  }
  const { row, values } = found;
  const { record: candidate, verdict, conformer, evaluation, score } = row;
  return {
    row: candidateRow(row, values),
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

/** The indices of the first candidates that the filter accepted. */
export function acceptedCandidates(db: Database, campaign: CampaignId, limit: number): number[] {
  return db.all(accepted(db, campaign).select("candidate.idx").limit(limit)).map(({ idx }) => idx);
}

/** A candidate's molecule as the filter saw it. */
export interface AcceptedMolecule {
  index: number;
  identity: MoleculeIdentity;
  species: { electrons?: Electrons; coordinates?: Sha256 };
}

/** The molecules of the candidates that the filter accepted, in order. @param before the index of the first that is not asked for */
export function acceptedMolecules(db: Database, campaign: CampaignId, before?: number): AcceptedMolecule[] {
  const all = accepted(db, campaign)
    .innerJoin("molecule", "molecule.id", "candidate.molecule")
    .select(["candidate.idx", "charge", "multiplicity", "coordinates", "canonical_smiles", "inchi_key"]);
  const query = before === undefined ? all : all.where("candidate.idx", "<", before);
  return db.all(query).map((row) => ({
    index: row.idx,
    identity: { canonicalSmiles: row.canonical_smiles, inchiKey: row.inchi_key },
    species: speciesOf(row),
  }));
}

const withValue = (db: Database, campaign: CampaignId, property: PropertyId) =>
  db.sql
    .selectFrom("candidate_value")
    .innerJoin("candidate", "candidate.id", "candidate_value.candidate")
    .innerJoin("campaign", "campaign.id", "candidate.campaign")
    .where("campaign.uuid", "=", campaign)
    .where("candidate_value.property", "=", property);

/** The numbers of a property among the candidates of a campaign, in order of proposal. */
export function listScores(
  db: Database,
  campaign: CampaignId,
  property: PropertyId,
): { index: number; value: number }[] {
  const query = withValue(db, campaign, property)
    .select(["candidate.idx as index", "candidate_value.value"])
    .orderBy("candidate.idx");
  return db.all(query);
}

/** The values of a property and of an estimate of it, by its key, of a campaign's candidates that have both. */
export function listEstimates(
  db: Database,
  campaign: CampaignId,
  { property, key }: { property: PropertyId; key: string },
): { value: number; estimate: number }[] {
  const query = withValue(db, campaign, property)
    .innerJoin("record", "record.id", "candidate.evaluation")
    .select(["candidate_value.value", "record.content"])
    .orderBy("candidate.idx");
  return db.all(query).flatMap(({ value, content }) => {
    const estimate = EvaluationContent.parse(JSON.parse(content)).values[key] ?? null;
    return estimate === null ? [] : [{ value, estimate }];
  });
}

const byRow = template((sql, row: number) => selectCandidates({ sql }).where("candidate.id", "=", row));

/** The candidate in a row of the table. */
export function candidateAt(db: Database, row: number): CandidateRow {
  const found = oneWithValues(db, byRow(row));
  if (!found) throw new Error(`no candidate in row ${row}`);
  return candidateRow(found.row, found.values);
}
