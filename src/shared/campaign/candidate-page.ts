/** Candidates of a campaign in an order, a page at a time: what a table shows of however many there are. */
import { z } from "zod";
import { CampaignId } from "../ids.ts";
import { DESCRIPTOR_IDS, type DescriptorId } from "../molecule/descriptor-lists.ts";
import { CandidateRow } from "./candidate.ts";
import { Review } from "./review.ts";

/** ranked: evaluated, in order; open: still on the way; shortlisted and rejected: as people agree; the rest as they ended. */
export const CandidateView = z.enum([
  "all",
  "ranked",
  "shortlisted",
  "rejected",
  "open",
  "filtered-out",
  "failed",
]);
export type CandidateView = z.infer<typeof CandidateView>;

/** Geometries in one answer: more than there are cards in sight. */
export const MAX_SHAPES = 100;

/** What rows are ordered by: a column that all have, a descriptor, or a column of a person's own, by its numbers. */
export const CandidateKey = z.union([
  z.enum(["rank", "name", "smiles", "value", "difference", "state", "verdict"]),
  z.strictObject({ descriptor: z.enum(DESCRIPTOR_IDS as [DescriptorId]) }),
  z.strictObject({ data: z.string() }),
]);
export type CandidateKey = z.infer<typeof CandidateKey>;

/** What candidates have numbers of; of a person's own column those cells that are numbers. */
export const NumericKey = z.union([
  z.enum(["rank", "value", "difference"]),
  z.strictObject({ descriptor: z.enum(DESCRIPTOR_IDS as [DescriptorId]) }),
  z.strictObject({ data: z.string() }),
]);
export type NumericKey = z.infer<typeof NumericKey>;

/** Numbers of all candidates of a view, in the units that they are stored in. */
export const CandidateNumbers = z.strictObject({
  /** Of the proposals, in their order. */
  indices: z.instanceof(Int32Array),
  /** A column for each key, in order; NaN where a candidate has none. */
  columns: z.array(z.instanceof(Float64Array)),
});
export type CandidateNumbers = z.infer<typeof CandidateNumbers>;

/** Rows whose number is between both ends, these included, in the unit that it is stored in; null: an open end. Of none a row is not. */
export const NumberRange = z.strictObject({
  by: NumericKey,
  from: z.number().nullable(),
  to: z.number().nullable(),
});
export type NumberRange = z.infer<typeof NumberRange>;

/** What rows are ordered by; those without it are last either way. */
export const OrderKey = z.strictObject({ by: CandidateKey, descending: z.boolean() });
export type OrderKey = z.infer<typeof OrderKey>;

/** Keys of an order, the first among them. */
export const MOST_ORDER_KEYS = 3;

export const CandidateOrder = z.strictObject({
  campaignId: CampaignId,
  /** Verdicts are those that this reviewer may see. */
  viewer: Review.shape.reviewer.exactOptional(),
  view: CandidateView,
  /** In SMILES, names, cells, InChIKey, formula or reason; capitals matter once the text has one. Empty: all. */
  text: z.string(),
  /** Of rows that are within all of them. */
  ranges: z.array(NumberRange).max(8).exactOptional(),
  ...OrderKey.shape,
  /** Of rows that are equal by that, and so on; what is equal by all is in order of proposal. */
  next: z
    .array(OrderKey)
    .max(MOST_ORDER_KEYS - 1)
    .exactOptional(),
});
export type CandidateOrder = z.infer<typeof CandidateOrder>;

/** Rows of a page at most. */
export const MAX_PAGE_ROWS = 500;

export const TablePage = z.strictObject({
  /** Of the order, on all pages. */
  total: z.number().int(),
  rows: z.array(CandidateRow),
});
export type TablePage = z.infer<typeof TablePage>;

export const CandidateCounts = z.record(CandidateView, z.number().int());
export type CandidateCounts = z.infer<typeof CandidateCounts>;
