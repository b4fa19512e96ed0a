import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import type { CalculationStanding } from "#shared/quantum/calculation.ts";
import { api } from "../../rpc/client.ts";

const LIVE_MS = 500;

const isRunning = ({ state }: CalculationStanding): boolean => state === "running";

/** All calculations, looked at anew while one runs; what one found is asked for again when it has ended. */
export function useCalculations() {
  const queries = useQueryClient();
  const query = useQuery({
    ...api.calculations.list.queryOptions(),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isRunning) ? LIVE_MS : false),
  });
  const running =
    query.data
      ?.filter(isRunning)
      .map(({ id }) => id)
      .join() ?? "";
  const before = useRef(running);
  useEffect(() => {
    if (before.current !== running) void queries.invalidateQueries({ queryKey: api.calculations.get.key() });
    before.current = running;
  }, [running, queries]);
  return query;
}
