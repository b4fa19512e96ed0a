/** The candidates of an order, of which only those in sight are here. */
import { type UseQueryResult, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type { CandidateOrder, TablePage } from "#shared/campaign/candidate-page.ts";
import { api } from "../../rpc/client.ts";

/** Rows asked for at a time: more than fit into sight. */
const BLOCK = 100;

const blockOf = (place: number): number => Math.floor(place / BLOCK);

const pageQuery = (order: CandidateOrder, block: number) =>
  api.candidates.page.queryOptions({ input: { ...order, first: block * BLOCK, count: BLOCK }, staleTime: 0 });

/** Rows by their places, as far as they are here. */
interface Shown {
  total: number;
  rows: ReadonlyMap<number, CandidateRow>;
}

export interface RowsInSight extends Shown {
  /** Whether nothing was answered yet. */
  isAwaited: boolean;
  error: Error | null;
  refetch(): void;
  /** Of the candidate that is open; -1 where it is not in the order, or not known to be. */
  place: number;
  /** Index of the candidate so many places on, where it is here and of now; asks for nothing. */
  neighbour(step: number): number | undefined;
  /** Index of the candidate so many places on; asked for where it is not here, or where what is here may be of before. */
  walk(step: number): number | undefined | Promise<number | undefined>;
  /** To be told which places are in sight. */
  onSight(first: number, last: number): void;
}

type Answer = Pick<UseQueryResult<TablePage>, "data" | "error" | "isFetching" | "refetch">;

/** What came of the pages asked for, one after the other, from a block on. */
function joined(found: readonly Answer[], from: number) {
  const rows = new Map<number, CandidateRow>();
  for (const [i, { data }] of found.entries())
    for (const [k, row] of (data?.rows ?? []).entries()) rows.set((from + i) * BLOCK + k, row);
  return {
    rows,
    total: found.find(({ data }) => data)?.data?.total,
    isSettled: found.every(({ data, isFetching }) => data !== undefined && !isFetching),
    error: found.find(({ error }) => error)?.error ?? null,
    refetch: () => {
      for (const query of found) void query.refetch();
    },
  };
}

/** Pages of the blocks in sight; of another order those of the one before, until the first of the new ones is here. */
function useShown(order: CandidateOrder, { first, last }: { first: number; last: number }) {
  const blocks = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  // The same object as long as nothing came: the table would be made anew otherwise.
  const combine = useCallback((found: readonly Answer[]) => joined(found, first), [first]);
  const now = useQueries({ queries: blocks.map((block) => pageQuery(order, block)), combine });
  const key = JSON.stringify(order);
  const seen = useRef<Shown & { key: string }>(undefined);
  useEffect(() => {
    if (now.total !== undefined) seen.current = { key, total: now.total, rows: now.rows };
  }, [key, now]);
  const before = seen.current;
  if (now.total !== undefined) return { ...now, total: now.total, isAwaited: false };
  if (before === undefined) return { ...now, total: 0, isAwaited: true };
  const rows = before.key === key ? now.rows : before.rows;
  return { ...now, total: before.total, rows, isAwaited: false };
}

/** @param selected index of the candidate that is open */
export function useCandidatePages(order: CandidateOrder, selected: number | null): RowsInSight {
  const queries = useQueryClient();
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const { rows, error, isSettled, ...shown } = useShown(order, sight);
  const placeQuery = api.candidates.place.queryOptions({
    input: { ...order, index: selected ?? 0 },
    staleTime: 0,
  });
  const asked = useQuery({ ...placeQuery, enabled: selected !== null });
  const here = [...rows].find(([, row]) => row.proposal.index === selected)?.[0];
  const place = selected === null ? -1 : (here ?? asked.data ?? -1);
  const stepped = (from: number, step: number, total: number) =>
    Math.min(Math.max(from + step, 0), total - 1);
  /** Of the notebook as it stands now. */
  const walkAnew = async (step: number): Promise<number | undefined> => {
    const from = selected === null ? -1 : ((await queries.fetchQuery(placeQuery)) ?? -1);
    const { total } = await queries.fetchQuery(pageQuery(order, 0));
    const target = stepped(from, step, total);
    if (target < 0) return undefined;
    const page = await queries.fetchQuery(pageQuery(order, blockOf(target)));
    return page.rows[target % BLOCK]?.proposal.index;
  };
  const isKnown = isSettled && (selected === null || here !== undefined || !asked.isFetching);
  const neighbour = (step: number): number | undefined =>
    isKnown ? rows.get(stepped(place, step, shown.total))?.proposal.index : undefined;
  return {
    ...shown,
    rows,
    error: error ?? asked.error,
    place,
    neighbour,
    walk: (step) => neighbour(step) ?? walkAnew(step),
    onSight: (first, last) =>
      setSight((now) => {
        const next = { first: blockOf(first), last: blockOf(last) };
        return now.first === next.first && now.last === next.last ? now : next;
      }),
  };
}
