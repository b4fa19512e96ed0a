/** What a chemist may ask a notebook for: every condition given must hold. */
import { z } from "zod";
import { CampaignId } from "../ids.ts";
import { SEARCHED_DESCRIPTORS } from "../molecule/descriptor-lists.ts";
import { PROPERTY_FIELDS } from "../properties/find.ts";
import { CandidateRow, CandidateState } from "./candidate.ts";
import { Verdict } from "./review.ts";

export const SearchProperty = z.enum([...PROPERTY_FIELDS, ...SEARCHED_DESCRIPTORS]);
export type SearchProperty = z.infer<typeof SearchProperty>;

export const PropertyRange = z.strictObject({
  property: SearchProperty,
  /** Id of a person's own property: only numbers of rungs that define it. */
  definition: z.string().max(60).exactOptional(),
  /** Which definition of that id, where the notebook has several (own-properties.ts); absent: the newest. */
  version: z.number().int().positive().exactOptional(),
  min: z.number().optional(),
  max: z.number().optional(),
});
export type PropertyRange = z.infer<typeof PropertyRange>;

/** Numbers in a column of a person's own. */
const CellRange = z.strictObject({
  /** Its head, as the campaign has it. */
  column: z.string().min(1).max(200),
  min: z.number().optional(),
  max: z.number().optional(),
});
export type CellRange = z.infer<typeof CellRange>;

/** A search finds no more. */
export const MOST_FOUND = 10_000;

export const SearchQuery = z.strictObject({
  campaignId: CampaignId.optional(),
  state: CandidateState.optional(),
  /** The latest verdict. */
  verdict: Verdict.optional(),
  /**
   * Words in the reasons and comments of reviews, or in reviewers' names; all must occur, the last may be the beginning of a word.
   * Or a part of the name that a person gave the molecule, as it is written here; capitals do not matter.
   */
  text: z.string().max(200).optional(),
  inchiKey: z.string().max(27).optional(),
  formula: z.string().max(100).optional(),
  ranges: z.array(PropertyRange).max(20).default([]),
  cells: z.array(CellRange).max(20).default([]),
  /** Start of the campaign, from and to, inclusive. */
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  /** SMARTS or SMILES that the molecule contains. */
  contains: z.string().max(2000).optional(),
  /** SMILES that the molecule resembles (Tanimoto, Morgan fingerprint of radius 2). */
  similarTo: z.string().max(2000).optional(),
  minSimilarity: z.number().min(0).max(1).default(0.5),
  limit: z.number().int().min(1).max(MOST_FOUND).default(200),
  /** The reviewer who looks: under a blind policy others' verdicts are left out. */
  viewer: z.string().min(1).max(200).optional(),
});
export type SearchQuery = z.infer<typeof SearchQuery>;
export type SearchQueryInput = z.input<typeof SearchQuery>;

/** Hits come campaign by campaign, oldest first, each best first; most similar first where similarTo was given. */
export const SearchHit = z.strictObject({
  candidate: CandidateRow,
  /** To similarTo; null where that was not asked. */
  similarity: z.number().nullable(),
});
export type SearchHit = z.infer<typeof SearchHit>;
