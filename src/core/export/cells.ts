/** What a column is made of. */
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import { decimal } from "#shared/decimals.ts";
import { DESCRIPTORS, type DescriptorId } from "#shared/molecule/descriptor-lists.ts";
import { recoveredAt } from "#shared/properties/evaluation.ts";
import { shapesTitle } from "#shared/properties/method-title.ts";

/** One candidate and where it comes from. */
export interface ExportRow {
  candidate: CandidateDetail;
  campaign: Campaign;
  /** Of a composite, over the numbers of its parts; null for what has none, undefined for other properties. */
  front?: number | null | undefined;
  /** Name and version of this program. */
  program: string;
}

export type Cell = string | number | null;

export interface Column {
  name: string;
  value: (row: ExportRow) => Cell;
}

/** Keeps a number a number but drops digits that mean nothing. */
export const rounded = (value: number | null | undefined, decimals: number): number | null =>
  value === null || value === undefined ? null : Number(decimal(value, decimals));

/** In another unit. */
export const scaled = (value: number | null | undefined, factor: number, decimals: number): number | null =>
  value === null || value === undefined ? null : rounded(value * factor, decimals);

/** At which geometries the numbers are, where not at the one that is exported; undefined where they are there. */
export const numbersAt = ({
  candidate: { evaluation, rung = 0 },
  campaign,
}: ExportRow): string | undefined =>
  evaluation ? (recoveredAt(evaluation) ?? shapesTitle(levelOf(campaign.settings, rung))) : undefined;

/** A descriptor with the decimals of the table of descriptors; null where the molecule has none. */
export const descriptorCell = ({ descriptors }: CandidateDetail, id: DescriptorId): number | null =>
  rounded(descriptors?.[id], DESCRIPTORS[id].decimals.export);
