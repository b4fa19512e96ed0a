/** What can happen to a notebook: the words of its append-only log, from which every table but the evidence is derived. */
import { z } from "zod";
import {
  CampaignLimits,
  type CampaignSettings,
  CampaignState,
  StoredCampaignSettings,
} from "#shared/campaign/campaign.ts";
import { StageName } from "#shared/campaign/job.ts";
import { CampaignId, CandidateId, Sha256 } from "#shared/ids.ts";

const ordinal = z.number().int().nonnegative();
/** Of an evaluation; absent on the first. */
const rung = z.number().int().positive().exactOptional();

/** The part of a parsed value that was written, in the parser's order: without defaults that came later. */
function onlyWritten(parsed: unknown, written: unknown): unknown {
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed)) return parsed;
  const source = written as Record<string, unknown>;
  const kept = Object.entries(parsed).filter(([key]) => source?.[key] !== undefined);
  return Object.fromEntries(kept.map(([key, value]) => [key, onlyWritten(value, source[key])]));
}

/**
 * Settings of a campaign as written: those of an older version lack what came later, and the tables made anew from the log must
 * say what they said then. Whoever reads a campaign's row fills in the defaults.
 */
const WrittenSettings = z.unknown().transform((written, context): CampaignSettings => {
  const { data, error } = StoredCampaignSettings.safeParse(written);
  if (data) return onlyWritten(data, written) as CampaignSettings;
  for (const { path, message } of error.issues)
    context.issues.push({ code: "custom", input: written, path, message });
  return z.NEVER;
});

export const NotebookEvent = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("notebook-created"), notebook: z.uuid(), program: z.string() }),
  z.strictObject({ kind: z.literal("campaign-created"), campaign: CampaignId, settings: WrittenSettings }),
  z.strictObject({
    kind: z.literal("campaign-state"),
    campaign: CampaignId,
    state: CampaignState,
    error: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal("stage-finished"),
    campaign: CampaignId,
    stage: StageName,
    /** The chunk for propose and filter, the index of the candidate for embed and evaluate, the round for acquire, the rung left for promote. */
    ordinal,
    rung,
    /** Hash of stage, version and canonical input. */
    key: Sha256,
    /** What the stage made: a sampling run, a filter run, a conformer, an evaluation, a promotion or a failure. */
    record: Sha256,
    /** The candidate's score, where the stage was its evaluation. */
    score: Sha256.nullable(),
    /** True where a result with the same key was there already. */
    reused: z.boolean(),
    program: z.string(),
    timings_ms: z.record(z.string(), z.number()),
  }),
  /** A state of a candidate that is under evaluation: kept as soon as it is computed, for whoever asks for it next. */
  z.strictObject({
    kind: z.literal("state-finished"),
    campaign: CampaignId,
    /** Index of the candidate. */
    ordinal,
    /** Hash of version and canonical request. */
    key: Sha256,
    record: Sha256,
    program: z.string(),
    timings_ms: z.record(z.string(), z.number()),
  }),
  /** A stage that ended without a result of its own: its worker died, or its input was refused. */
  z.strictObject({
    kind: z.literal("stage-failed"),
    campaign: CampaignId,
    stage: StageName,
    ordinal,
    rung,
    reason: z.string(),
  }),
  /** Evaluations of an older version are made again, from the first rung on, those of the newest found again: how the old ones stand no longer counts. */
  z.strictObject({
    kind: z.literal("renewed"),
    campaign: CampaignId,
    /** The oldest version there was, and that of the program. */
    from: z.number().int(),
    to: z.number().int(),
  }),
  /** A person changed how long a campaign may compute. */
  z.strictObject({ kind: z.literal("limits-set"), campaign: CampaignId, limits: CampaignLimits }),
  /** The public halves of a new signing key, hexadecimal. */
  z.strictObject({
    kind: z.literal("key-created"),
    fingerprint: Sha256,
    ed25519: z.string().regex(/^[0-9a-f]{64}$/),
    mlDsa65: z.string().regex(/^[0-9a-f]{3904}$/),
    /** Digest of the locked secret half, so that one that is exchanged can be told; keys of schema 5 and before lack it. */
    box: Sha256.optional(),
  }),
  z.strictObject({
    kind: z.literal("review-policy"),
    campaign: CampaignId,
    by: z.string(),
    secondReviewer: z.boolean(),
    blind: z.boolean(),
  }),
  z.strictObject({ kind: z.literal("signed-off"), campaign: CampaignId, record: Sha256 }),
  z.strictObject({ kind: z.literal("reopened"), campaign: CampaignId, by: z.string(), reason: z.string() }),
  /** A model of the user's own was put beside the notebook; its record comes with those of its data and its ancestors. */
  z.strictObject({
    kind: z.literal("model-added"),
    how: z.enum(["trained", "imported"]),
    record: Sha256,
    program: z.string(),
  }),
  z.strictObject({ kind: z.literal("exported"), record: Sha256 }),
  /** A person's calculation outside campaigns. */
  z.strictObject({ kind: z.literal("calculated"), record: Sha256 }),
  z.strictObject({ kind: z.literal("reviewed"), candidate: CandidateId, record: Sha256 }),
]);
export type NotebookEvent = z.infer<typeof NotebookEvent>;
export type StageFinished = Extract<NotebookEvent, { kind: "stage-finished" }>;
