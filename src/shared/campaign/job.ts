/** A unit of queued work and its progress. */
import { z } from "zod";
import { CampaignId } from "../ids.ts";

export const JobState = z.enum(["queued", "running", "succeeded", "failed", "cancelled"]);
export type JobState = z.infer<typeof JobState>;

export const StageName = z.enum(["propose", "filter", "acquire", "embed", "evaluate", "promote"]);
export type StageName = z.infer<typeof StageName>;

/** Each of their jobs is of one candidate: one that fails gives up that candidate alone. Those of other stages stand for many. */
export const STAGES_OF_ONE_CANDIDATE = ["embed", "evaluate"] as const satisfies readonly StageName[];
type StageOfOneCandidate = (typeof STAGES_OF_ONE_CANDIDATE)[number];

export const isOfOneCandidate = (stage: StageName): stage is StageOfOneCandidate =>
  STAGES_OF_ONE_CANDIDATE.some((one) => one === stage);

/** Published at most every 250 ms; the last value always. */
export const Progress = z.strictObject({
  phase: z.string(),
  done: z.number(),
  total: z.number().nullable(),
  message: z.string(),
  /** Of the whole campaign; absent while it is not known. */
  secondsLeft: z.number().exactOptional(),
});
export type Progress = z.infer<typeof Progress>;

/** A hint that something changed: the notebook is the truth, so a client refetches. */
export const CampaignEvent = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("progress"), campaignId: CampaignId, progress: Progress }),
  z.strictObject({ type: z.literal("changed"), campaignId: CampaignId }),
]);
export type CampaignEvent = z.infer<typeof CampaignEvent>;
