import { skipToken, useQuery } from "@tanstack/react-query";
import type { SearchHit, SearchQueryInput } from "#shared/campaign/search.ts";
import { useViewer } from "../../components/reviewer.tsx";
import { api } from "../../rpc/client.ts";

/** A screen full, which is shown while the rest is still looked for. */
const FIRST_HITS = 20;
export const MOST_HITS = 500;

export interface Found {
  hits: readonly SearchHit[] | undefined;
  /** More may follow. */
  isSearching: boolean;
  error: unknown;
}

/** Asks twice: for the first hits, which come at once, and for all of them. */
export function useSearch(query: SearchQueryInput | null): Found {
  const viewer = useViewer();
  const asked = (limit: number) => (query ? { ...query, ...viewer, limit } : skipToken);
  const first = useQuery({ ...api.search.queryOptions({ input: asked(FIRST_HITS) }), staleTime: 0 });
  const isMore = first.data?.length === FIRST_HITS;
  const all = useQuery({
    ...api.search.queryOptions({ input: isMore ? asked(MOST_HITS) : skipToken }),
    staleTime: 0,
  });
  return {
    hits: (isMore ? all.data : undefined) ?? first.data,
    isSearching: first.isFetching || all.isFetching,
    error: first.error ?? all.error,
  };
}
