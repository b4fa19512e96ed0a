/** What leaves the notebook. */
import { z } from "zod";
import { CampaignId } from "./ids.ts";

export const ExportFormat = z.enum(["sdf", "csv"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** ranked: every evaluated candidate in order of rank; shortlist: those with the verdict shortlist; all: with the rejected ones (CSV only). */
export const ExportSelection = z.enum(["ranked", "shortlist", "all"]);
export type ExportSelection = z.infer<typeof ExportSelection>;

export const ExportRequest = z.strictObject({
  campaignId: CampaignId,
  format: ExportFormat,
  selection: ExportSelection,
});
export type ExportRequest = z.infer<typeof ExportRequest>;

export const ExportedFile = z.strictObject({
  fileName: z.string(),
  mediaType: z.string(),
  /** UTF-8 text of the file. */
  text: z.string(),
  rows: z.number().int(),
});
export type ExportedFile = z.infer<typeof ExportedFile>;
