/** What the review of a campaign is made of, and what to ask for anew when it changed. */
import { type Query, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CandidateView } from "#shared/campaign/candidate-page.ts";
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

/** Views that verdicts decide of; the numbers of others are as they were. */
const OF_VERDICTS: readonly unknown[] = ["shortlisted", "rejected"] satisfies CandidateView[];

/** Whether it is of numbers that a verdict leaves as they are: columns of a whole campaign, for a plot. */
function isLeftAlone({ queryKey: [path, asked] }: Query): boolean {
  if (!Array.isArray(path) || path[1] !== "numbers") return false;
  const { input } = (asked ?? {}) as { input?: { view?: unknown } };
  return !OF_VERDICTS.includes(input?.view);
}

/** Call it after a verdict, a rule, a sign-off or a reopening. */
export function useReviewChanged(): () => void {
  const queries = useQueryClient();
  return () => {
    for (const part of [api.candidates, api.campaigns, api.reviews, api.search])
      void queries.invalidateQueries({ queryKey: part.key(), predicate: (query) => !isLeftAlone(query) });
  };
}
