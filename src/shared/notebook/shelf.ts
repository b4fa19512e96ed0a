/** The notebooks that lie in one folder, and the sample among them. */
import { z } from "zod";
import { Progress } from "../campaign/job.ts";
import { CampaignId } from "../ids.ts";

export const ShelvedNotebook = z.strictObject({
  /** Its name in the folder. */
  file: z.string(),
  isOpen: z.boolean(),
  /** The one that the program was started with, and will be again. */
  isFirst: z.boolean(),
});
export type ShelvedNotebook = z.infer<typeof ShelvedNotebook>;

/** How far the sample has come; the last says where it lies. */
export const SampleProgress = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("progress"), progress: Progress }),
  z.strictObject({ type: z.literal("made"), file: z.string(), campaign: CampaignId }),
]);
export type SampleProgress = z.infer<typeof SampleProgress>;

/** What its campaign is called. */
export const SAMPLE_QUESTION = "Which small molecule gives up an electron most easily?";
