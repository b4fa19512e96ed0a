/** What leaves the notebook. */
import { z } from "zod";
import { CampaignId, Sha256 } from "../ids.ts";
import { Review } from "./review.ts";

/**
 * sdf and sdf-v3000: structures and all values; csv: all values; smiles: structures and ids; plate: a wet-lab sheet (CSV) with wells;
 * pdf: a report to read.
 */
export const ExportFormat = z.enum(["sdf", "sdf-v3000", "csv", "smiles", "plate", "pdf"]);
export type ExportFormat = z.infer<typeof ExportFormat>;

/**
 * ranked: every evaluated candidate in order of rank; shortlist: those with the verdict shortlist; all: with the rejected ones (CSV only);
 * chosen: those that are named.
 */
export const ExportSelection = z.enum(["ranked", "shortlist", "all", "chosen"]);
export type ExportSelection = z.infer<typeof ExportSelection>;

/** Candidates that can be named at a time. */
export const MAX_CHOSEN = 10_000;

export const ExportRequest = z
  .strictObject({
    campaignId: CampaignId,
    format: ExportFormat,
    selection: ExportSelection,
    /** Indices of those that are chosen. */
    candidates: z.array(z.number().int().nonnegative()).min(1).max(MAX_CHOSEN).exactOptional(),
    /** Who asks for it: stands in the notebook's record of the export. */
    by: Review.shape.reviewer.exactOptional(),
  })
  .refine(({ selection, candidates }) => (selection === "chosen") === (candidates !== undefined), {
    path: ["candidates"],
    message: "expected with the selection chosen, and with no other",
  });
export type ExportRequest = z.infer<typeof ExportRequest>;

export const ExportedFile = z.strictObject({
  fileName: z.string(),
  mediaType: z.string(),
  /** How `text` stands for the file's bytes: base64 for a PDF. */
  encoding: z.enum(["utf8", "base64"]),
  text: z.string(),
  rows: z.number().int(),
  /** The notebook's record of this export; null where the notebook is open read-only. */
  record: Sha256.nullable(),
});
export type ExportedFile = z.infer<typeof ExportedFile>;

/** What the notebook keeps of an export. */
export const ExportRecord = z.strictObject({
  /** archive and provenance are of the whole notebook. */
  what: z.enum(["candidates", "archive", "provenance"]),
  campaignId: CampaignId.nullable(),
  format: z.string(),
  selection: ExportSelection.nullable(),
  fileName: z.string(),
  mediaType: z.string(),
  /** Candidates in it; null for the whole notebook, and where a blind review hides how long its shortlist is. */
  rows: z.number().int().nullable(),
  sha256: Sha256,
  size_bytes: z.number().int(),
  by: z.string().nullable(),
  program: z.string(),
  /** The last event of the log when it was made. */
  log: z.strictObject({ seq: z.number().int(), hash: Sha256 }),
  at: z.iso.datetime(),
});
export type ExportRecord = z.infer<typeof ExportRecord>;
