import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { CalculationPage, CalculationStanding } from "#shared/quantum/calculation.ts";
import { api } from "../../rpc/client.ts";

const LIVE_MS = 500;
/** Asked for at a time. */
const PAGE = 100;

export const isRunning = ({ state }: CalculationStanding): boolean => state === "running";

/** Those of this run of the program that the notebook does not keep, looked at anew while one of them runs. */
export const useCurrentCalculations = () =>
  useQuery({
    ...api.calculations.current.queryOptions(),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some(isRunning) ? LIVE_MS : false),
    // The window asks before it closes on one, minimised too.
    refetchIntervalInBackground: true,
  });

const countOf = (pages: readonly CalculationPage[]): number =>
  pages.reduce((sum, { calculations }) => sum + calculations.length, 0);

/** Those that the notebook keeps, the newest first, as far as they were asked for. */
export function useKeptCalculations() {
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage, error, refetch } = useInfiniteQuery(
    api.calculations.list.infiniteOptions({
      input: (first: number) => ({ first, count: PAGE }),
      initialPageParam: 0,
      getNextPageParam: ({ total }, pages) => (countOf(pages) < total ? countOf(pages) : undefined),
    }),
  );
  return {
    calculations: data?.pages.flatMap(({ calculations }) => calculations),
    total: data?.pages.at(-1)?.total ?? 0,
    hasOlder: hasNextPage,
    isAwaited: isFetchingNextPage,
    askForOlder: () => void fetchNextPage(),
    error,
    refetch: () => void refetch(),
  };
}
