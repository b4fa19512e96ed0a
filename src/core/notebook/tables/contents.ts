/** What records of each kind say: written by the stages, checked whenever the notebook reads them. */
import { z } from "zod";
import { EmbeddingSettings, EvaluationSettings } from "#shared/campaign/campaign.ts";
import { Rejection } from "#shared/campaign/candidate.ts";
import { StageName } from "#shared/campaign/job.ts";
import { Review } from "#shared/campaign/review.ts";
import { Sha256 } from "#shared/ids.ts";
import { Descriptors, EmbeddedIsomer, MoleculeIdentity } from "#shared/molecule/molecule.ts";
import { Outcome } from "#shared/quantum/state-result.ts";

/** How a stage's result was made; the result is keyed by stage, version and input. */
const made = { stage: StageName, stageVersion: z.number().int(), program: z.string() };

export const ModelContent = z.object({ name: z.string(), hash: Sha256 });

export const SamplingRunContent = z.strictObject({
  ...made,
  /** Which of the source's molecules, and what says which source: the source itself reads that. */
  input: z.looseObject({ source: z.string().optional(), first: z.number().int(), count: z.number().int() }),
  /** Molecules that could not be written to their end; left out where there are none. */
  givenUp: z.number().int().positive().optional(),
});
export type SamplingRunContent = z.infer<typeof SamplingRunContent>;

export const CandidateContent = z.strictObject({
  index: z.number().int().nonnegative(),
  smiles: z.string(),
  nll: z.number().nullable(),
});

export const VerdictContent = z.strictObject({
  rejection: Rejection.nullable(),
  identity: MoleculeIdentity.nullable(),
  descriptors: Descriptors.nullable(),
});
export type VerdictContent = z.infer<typeof VerdictContent>;

export const ConformerContent = z.strictObject({
  ...made,
  input: EmbeddingSettings.extend({ smiles: z.string() }),
  symbols: z.array(z.string()),
  method: z.string(),
  forceFieldEnergy_kcal_per_mol: z.number().nullable(),
  /** Absent from what version 1 of the stage made. */
  isomer: EmbeddedIsomer.nullable().default(null),
});

export const EvaluationContent = z.strictObject({
  ...made,
  input: EvaluationSettings.omit({ maxEvaluations: true }).extend({ conformer: Sha256 }),
  outcome: Outcome,
  vertical_hartree: z.number().nullable(),
  verticalCasci_hartree: z.number().nullable(),
  koopmans_hartree: z.number().nullable(),
  /** VQE less CASCI of the neutral. */
  vqeMinusCasci_hartree: z.number().nullable(),
  /** Why it did not converge; null where it did. */
  reason: z.string().nullable(),
  build: z.string(),
  backend: z.string(),
});

/** What an evaluation says of one candidate; null energies where a calculation did not converge, with the reason. */
export const ScoreContent = z.strictObject({
  property: z.string(),
  outcome: Outcome,
  reason: z.string().nullable(),
  vertical_hartree: z.number().nullable(),
  vqeMinusCasci_hartree: z.number().nullable(),
});

/** A stage that came to an end without what was asked for, as expected of some molecules. */
export const FailureContent = z.strictObject({ ...made, input: z.json(), reason: z.string() });

export const ReviewContent = Review;
