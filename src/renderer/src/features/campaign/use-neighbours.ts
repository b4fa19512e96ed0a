/** The candidates before and after the one that is open, asked for before a person goes to them. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { type CampaignId, candidateId } from "#shared/ids.ts";
import { useViewer } from "../../components/reviewer.tsx";
import { api } from "../../rpc/client.ts";
import type { RowsInSight } from "../candidates/use-candidate-pages.ts";

/** A person who walks on faster asks for none in between, ms. */
const PAUSE = 50;

/** What is here already is shown at once when it is opened, and asked for anew then. */
export function useNeighbours(
  campaign: CampaignId,
  selected: number | null,
  { neighbour }: Pick<RowsInSight, "neighbour">,
): void {
  const queries = useQueryClient();
  const { viewer } = useViewer();
  // biome-ignore lint/correctness/useExhaustiveDependencies: neighbour is another function at each turn and does the same.
  useEffect(() => {
    if (selected === null) return;
    const timer = setTimeout(() => {
      for (const step of [1, -1]) {
        const index = neighbour(step);
        if (index === undefined || index === selected) continue;
        const input = { id: candidateId(campaign, index), ...(viewer !== undefined && { viewer }) };
        void queries.prefetchQuery({ ...api.candidates.get.queryOptions({ input }), staleTime: 0 });
      }
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [campaign, selected, viewer, queries]);
}
