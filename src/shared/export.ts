/** What leaves the notebook. */
import { z } from "zod";
import { CampaignId } from "./ids.ts";

/**
 * sdf and sdf-v3000: structures and all values; csv: all values; smiles: structures and ids; plate: a wet-lab sheet (CSV) with wells;
 * pdf: a report to read.
 */
export const ExportFormat = z.enum(["sdf", "sdf-v3000", "csv", "smiles", "plate", "pdf"]);
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
  /** How `text` stands for the file's bytes: base64 for a PDF. */
  encoding: z.enum(["utf8", "base64"]),
  text: z.string(),
  rows: z.number().int(),
});
export type ExportedFile = z.infer<typeof ExportedFile>;
