/** In which order hits stand: as they were found, or by what a person chooses. */
import type { SearchHit } from "#shared/campaign/search.ts";
import type { CampaignId } from "#shared/ids.ts";
import { DESCRIPTORS, TABLE_DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import { REGISTERED_PROPERTIES } from "#shared/properties/find.ts";
import type { Sort } from "../../hooks/route.ts";
import { smilesOf } from "../../text/smiles-of.ts";

/** As the engine answers: campaign by campaign, the best first; where a molecule was given, the most similar first. */
export const AS_FOUND: Sort = { column: "found", descending: false };

type Key = string | number | null | undefined;

interface OrderKey {
  id: string;
  title: string;
  of(hit: SearchHit, nameOf: (campaign: CampaignId) => string): Key;
}

const ORDERS: readonly OrderKey[] = [
  { id: "similarity", title: "Similarity", of: ({ similarity }) => similarity },
  ...REGISTERED_PROPERTIES.map(
    ({ id, title }): OrderKey => ({ id, title, of: ({ candidate }) => candidate.values[id] }),
  ),
  ...TABLE_DESCRIPTORS.map(
    (id): OrderKey => ({
      id,
      title: DESCRIPTORS[id].title,
      of: ({ candidate }) => candidate.descriptors?.[id],
    }),
  ),
  { id: "rank", title: "Rank in its campaign", of: ({ candidate }) => candidate.rank },
  { id: "campaign", title: "Campaign", of: ({ candidate }, nameOf) => nameOf(candidate.campaignId) },
  { id: "verdict", title: "Verdict", of: ({ candidate }) => candidate.review?.verdict },
  { id: "smiles", title: "SMILES", of: ({ candidate }) => smilesOf(candidate) },
];

const isMissing = (key: Key): key is null | undefined => key === null || key === undefined;

/** Those by which these hits can be ordered: of which two have something to say. */
export const ordersOf = (hits: readonly SearchHit[]): readonly Pick<OrderKey, "id" | "title">[] =>
  ORDERS.filter(({ of }) => hits.filter((hit) => !isMissing(of(hit, String))).length > 1);

/** Hits without what they are ordered by are last either way; equal ones stay as they were found. */
export function orderedHits(
  hits: readonly SearchHit[],
  { column, descending }: Sort,
  nameOf: (campaign: CampaignId) => string,
): readonly SearchHit[] {
  const order = ORDERS.find(({ id }) => id === column);
  if (!order) return descending ? hits.toReversed() : hits;
  const sign = descending ? -1 : 1;
  const keyed = hits.map((hit) => ({ hit, key: order.of(hit, nameOf) }));
  return keyed
    .sort(({ key: a }, { key: b }) => {
      if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b));
      return a < b ? -sign : a > b ? sign : 0;
    })
    .map(({ hit }) => hit);
}
