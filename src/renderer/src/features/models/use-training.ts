import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { isTraining, type Training } from "#shared/model/training.ts";
import { api } from "../../rpc/client.ts";

const LIVE_MS = 500;

/** The training under way, looked at anew while it goes on, or the last one; null where there was none. */
export function useTraining(): Training | null {
  const queries = useQueryClient();
  const { data } = useQuery({
    ...api.models.training.queryOptions(),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && isTraining(state.data) ? LIVE_MS : false),
  });
  const made = data?.model?.hash;
  useEffect(() => {
    if (made) void queries.invalidateQueries({ queryKey: api.models.list.key() });
  }, [made, queries]);
  return data ?? null;
}
