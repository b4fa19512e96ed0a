/** What the review of a campaign is made of, and what to ask for anew when it changed. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { CampaignId } from "#shared/ids.ts";
import { useViewer } from "../../components/reviewer.tsx";
import { api } from "../../rpc/client.ts";

export const usePolicy = (campaignId: CampaignId) =>
  useQuery(api.reviews.policy.queryOptions({ input: { campaignId } }));

/** The sign-off that locks the shortlist; null while it is open. */
export const useSignedOff = (campaignId: CampaignId) =>
  useQuery(api.reviews.signedOff.queryOptions({ input: { campaignId } }));

export const useStandings = (campaignId: CampaignId) =>
  useQuery({
    ...api.reviews.standings.queryOptions({ input: { campaignId, ...useViewer() } }),
    staleTime: 0,
  });

/** Call it after a verdict, a rule, a sign-off or a reopening. */
export function useReviewChanged(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const part of [api.candidates, api.campaigns, api.reviews, api.search])
      void queries.invalidateQueries({ queryKey: part.key() });
  };
}
