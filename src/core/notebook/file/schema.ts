/** The tables as the query builder sees them: columns named as in the newest migration. */
import type { Generated } from "kysely";
import type { DescriptorColumn } from "#shared/molecule/descriptor-lists.ts";
import type { KeyProtection } from "#shared/notebook/signing.ts";
import type { PropertyId } from "#shared/properties/find.ts";
import type { DiagnosticRoute } from "#shared/quantum/diagnostic.ts";

interface EventTable {
  seq: number;
  at: string;
  kind: string;
  body: string;
  /** How many records this event sealed, and SHA-256 over their hashes in order. */
  records: number;
  records_digest: Buffer;
  hash: Buffer;
}

interface RecordTable {
  id: Generated<number>;
  hash: Buffer;
  kind: string;
  content: string;
  event: number;
}

interface LinkTable {
  source: number;
  role: string;
  target: number;
}

interface BlobTable {
  id: Generated<number>;
  hash: Buffer;
  size: number;
  codec: "plain" | "zstd";
  bytes: Buffer;
}

interface PartTable {
  record: number;
  name: string;
  blob: number;
}

export interface CampaignTable {
  id: Generated<number>;
  uuid: string;
  settings: string;
  state: string;
  error: string | null;
  model_hash: string | null;
  created_at: string;
  finished_at: string | null;
  second_reviewer: Generated<number>;
  blind: Generated<number>;
  /** The record of the sign-off that locks the shortlist. */
  signed_off: Generated<number | null>;
  /** Newest version by which a candidate of it was evaluated. */
  evaluation_version: Generated<number | null>;
}

interface MoleculeIdentityColumns {
  id: Generated<number>;
  canonical_smiles: string;
  inchi_key: string;
  /** This and the descriptors: null until a filter computed them. */
  formula: string | null;
}

/** One column for each descriptor. */
type DescriptorColumns = Record<DescriptorColumn, number | null>;

export interface MoleculeTable extends MoleculeIdentityColumns, DescriptorColumns {}

export interface CandidateTable {
  id: Generated<number>;
  campaign: number;
  idx: number;
  smiles: string;
  nll: number | null;
  /** What a person said of it, as JSON; null where a model wrote it. */
  given: string | null;
  /** Of what a person gave: for search. */
  name: string | null;
  record: number;
  verdict: number | null;
  molecule: number | null;
  /** With the multiplicity: null for a neutral closed shell. */
  charge: number | null;
  multiplicity: number | null;
  /** SHA-256 of the molblock that is taken as its geometry. */
  coordinates: string | null;
  rejection_rule: string | null;
  rejection_detail: string | null;
  conformer: number | null;
  evaluation: number | null;
  score: number | null;
  failure_stage: string | null;
  failure_reason: string | null;
  vqe_minus_casci_hartree: number | null;
  /** Why it was evaluated and has no number though nothing failed. */
  no_value: Generated<string | null>;
  /** Where its numbers are, if not at the geometry that was asked for. */
  recovered_at: Generated<string | null>;
  /** Whether one determinant will do for it; null where that was not asked. */
  route: Generated<DiagnosticRoute | null>;
  /** From 0, the cheapest: where its evaluation is from. */
  rung: Generated<number>;
  /** The latest review. */
  review: number | null;
}

interface CandidateValueTable {
  candidate: number;
  property: PropertyId;
  /** In the property's stored unit. */
  value: number;
}

interface ReviewTable {
  id: Generated<number>;
  candidate: number;
  record: number;
  verdict: string;
  reason: string;
  comment: string;
  reviewer: string;
  at: string;
}

interface ExecutionTable {
  event: number;
  campaign: number;
  stage: string;
  ordinal: number;
  rung: number;
  key: Buffer;
  record: number;
  reused: number;
  program: string;
  at: string;
}

interface ResultTable {
  key: Buffer;
  record: number;
}

interface JobTable {
  id: Generated<number>;
  campaign: number;
  stage: string;
  ordinal: number;
  rung: number;
  state: string;
  attempts: Generated<number>;
  error: string | null;
}

/** How long jobs of a campaign were at work, by the clock; work in hand like the queue. */
interface ComputingTable {
  campaign: number;
  milliseconds: number;
}

export interface CheckpointTable {
  /** The last event covered. */
  seq: number;
  at: string;
  root: Buffer;
  /** The Merkle tree's peaks, 32 bytes each. */
  peaks: Buffer;
  key: Buffer;
  ed25519: Buffer;
  ml_dsa_65: Buffer;
}

interface SecretTable {
  key: Buffer;
  protection: KeyProtection;
  /** Empty where the secret half stayed elsewhere. */
  box: string;
}

interface FingerprintTable {
  molecule: number;
  morgan: Buffer;
  pattern: Buffer;
}

interface KeptViewTable {
  campaign: number;
  kind: string;
  name: string;
  /** JSON. */
  content: string;
}

/** Only added to. */
export interface DeviceEventTable {
  id: Generated<number>;
  at: string;
  provider: string;
  /** null of what is of no job. */
  job: string | null;
  kind: string;
  /** Millionths of a USD. */
  micro_usd: number | null;
  body: string;
}

/** Full text of reviews (FTS5). */
interface ReviewTextTable {
  rowid: number;
  reason: string;
  comment: string;
  reviewer: string;
}

export interface Schema {
  event: EventTable;
  record: RecordTable;
  link: LinkTable;
  blob: BlobTable;
  part: PartTable;
  campaign: CampaignTable;
  molecule: MoleculeTable;
  candidate: CandidateTable;
  candidate_value: CandidateValueTable;
  review: ReviewTable;
  execution: ExecutionTable;
  result: ResultTable;
  job: JobTable;
  computing: ComputingTable;
  checkpoint: CheckpointTable;
  secret: SecretTable;
  fingerprint: FingerprintTable;
  review_text: ReviewTextTable;
  device_event: DeviceEventTable;
  kept_view: KeptViewTable;
}
