/** A proposed molecule and everything that became of it. */
import { z } from "zod";
import { CampaignId, CandidateId, Sha256 } from "../ids.ts";
import { Conformer, Descriptors, Electrons, MoleculeIdentity } from "../molecule/molecule.ts";
import { Evaluation } from "../properties/evaluation.ts";
import { PROPERTY_IDS, type PropertyId } from "../properties/find.ts";
import { DiagnosticRoute } from "../quantum/diagnostic.ts";
import { HeldReview, Review } from "./review.ts";

/** Where a candidate stands on its way; derived from what the notebook holds of it. */
export const CandidateState = z.enum(["proposed", "rejected", "filtered", "embedded", "evaluated", "failed"]);
export type CandidateState = z.infer<typeof CandidateState>;

/** What people call each state, and whether a candidate in it is still on its way. */
export const CANDIDATE_STATES: Readonly<Record<CandidateState, { title: string; isUnderWay: boolean }>> = {
  proposed: { title: "Proposed", isUnderWay: true },
  rejected: { title: "Filtered out", isUnderWay: false },
  filtered: { title: "Passed the filter", isUnderWay: true },
  embedded: { title: "Waiting for VQE", isUnderWay: true },
  evaluated: { title: "Evaluated", isUnderWay: false },
  failed: { title: "Failed", isUnderWay: false },
};

/** The rule that rejected a molecule and what it saw, e.g. { rule: "alert:pains", detail: "quinone_A(370)" }. */
export const Rejection = z.strictObject({ rule: z.string(), detail: z.string() });
export type Rejection = z.infer<typeof Rejection>;

/** A stage that could not be finished for this candidate, e.g. no conformer, SCF not converged. */
const StageFailure = z.strictObject({ stage: z.string(), reason: z.string() });

/** What a person said of a molecule beside its structure. */
export const GivenData = z.strictObject({
  name: z.string().nullable(),
  /** Cells by the head of their column, as they are. */
  data: z.record(z.string(), z.string()),
  /** Of all electrons; absent: as the structure has it. */
  charge: z.number().int().exactOptional(),
  /** 2S + 1; absent: as the structure has it. */
  multiplicity: z.number().int().exactOptional(),
  /** SHA-256 of the molblock that is taken as it is; absent: a geometry is made. */
  coordinates: Sha256.exactOptional(),
  /** Which form of a molecule that was given in another: 2 and on; absent: as given. */
  tautomer: z.number().int().min(2).exactOptional(),
  /** Why the row holds no molecule. */
  problem: z.string().exactOptional(),
});
export type GivenData = z.infer<typeof GivenData>;

/** As it came from its source. */
export const Proposal = z.strictObject({
  index: z.number().int().nonnegative(),
  smiles: z.string(),
  /** Negative log-likelihood under the model, nats; null where no model wrote it. */
  nll: z.number().nullable(),
  /** Absent where no person gave it. */
  given: GivenData.exactOptional(),
});
export type Proposal = z.infer<typeof Proposal>;

/** Numbers by the property that they are of, in its stored unit; what is not known of a candidate is left out. */
export const PropertyValues = z.partialRecord(z.enum(PROPERTY_IDS as [PropertyId]), z.number());
export type PropertyValues = z.infer<typeof PropertyValues>;

/** One line of the candidate table. */
export const CandidateRow = z.strictObject({
  id: CandidateId,
  campaignId: CampaignId,
  proposal: Proposal,
  state: CandidateState,
  identity: MoleculeIdentity.nullable(),
  /** What it is computed with; absent for a neutral closed shell. */
  electrons: Electrons.exactOptional(),
  /** SHA-256 of the molblock that is taken as its geometry; absent where one is made. */
  coordinates: Sha256.exactOptional(),
  descriptors: Descriptors.nullable(),
  rejection: Rejection.nullable(),
  failure: StageFailure.nullable(),
  /** Why it was evaluated and has no number though nothing failed: an anion that is not bound, no place for a proton. */
  noValue: z.string().exactOptional(),
  /** Where its numbers are, as "at the next conformer by MMFF94"; absent: at the geometry that was asked for. */
  recoveredAt: z.string().exactOptional(),
  /** Whether one determinant will do for it; absent where it has no evaluation, or one of before that was asked. */
  route: DiagnosticRoute.exactOptional(),
  /** From 0, the cheapest: which its evaluation is from, or it failed on; absent on the first. */
  rung: z.number().int().positive().exactOptional(),
  /** 1 is best; null until evaluated. */
  rank: z.number().int().nullable(),
  values: PropertyValues,
  vqeMinusCasci_hartree: z.number().nullable(),
  /** The last given of the verdicts that hold. */
  review: HeldReview.nullable(),
});
export type CandidateRow = z.infer<typeof CandidateRow>;

/** How one stage made its result: enough to trace and to repeat it. */
export const ProvenanceStep = z.strictObject({
  stage: z.string(),
  stageVersion: z.number().int(),
  resultKey: z.string(),
  /** True where an earlier result with the same key was used again. */
  reused: z.boolean(),
  program: z.string(),
  finishedAt: z.iso.datetime(),
  input: z.json(),
});
export type ProvenanceStep = z.infer<typeof ProvenanceStep>;

export const CandidateDetail = CandidateRow.extend({
  /** What became of it on the rungs below the last, and where it failed above the first, a sentence each; absent where there are none. */
  climb: z.array(z.string()).exactOptional(),
  conformer: Conformer.nullable(),
  evaluation: Evaluation.nullable(),
  reviews: z.array(Review),
  provenance: z.array(ProvenanceStep),
});
export type CandidateDetail = z.infer<typeof CandidateDetail>;
