/** Numbers of the candidates of a table, as they are read. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { CandidateOrder } from "#shared/campaign/candidate-page.ts";
import type { CampaignId } from "#shared/ids.ts";
import { api } from "../../rpc/client.ts";
import type { PlotColumn } from "./plot-columns.ts";

/** Which candidates: those of the table. */
export type PlotAsked = Pick<CandidateOrder, "view" | "text" | "viewer" | "ranges">;

export interface NumbersRead {
  /** Of the candidates, by place. */
  indices: Int32Array;
  /** Of the columns that were asked for, in order. */
  columns: Float64Array[];
}

/** Undefined until they are there. @param columns the same array as long as they are the same, 1 to 8 */
export function usePlotNumbers(
  campaignId: CampaignId,
  asked: PlotAsked,
  columns: readonly PlotColumn[],
): { numbers: NumbersRead | undefined; error: Error | null } {
  const input = { campaignId, ...asked, keys: columns.map(({ key }) => key) };
  const { data, isPlaceholderData, error } = useQuery({
    ...api.candidates.numbers.queryOptions({ input, placeholderData: keepPreviousData }),
    staleTime: 0,
    gcTime: 60_000,
  });
  const numbers = useMemo(() => {
    if (!data || isPlaceholderData) return undefined;
    return { indices: data.indices, columns: data.columns.map((all, k) => all.map(columns[k]!.fromStored)) };
  }, [data, isPlaceholderData, columns]);
  return { numbers, error };
}

/** Numbers of one of the columns that were asked for, with its title; undefined where it was not. */
export function besideOf(
  read: NumbersRead,
  wanted: readonly PlotColumn[],
  column: PlotColumn | undefined,
): { title: string; values: Float64Array } | undefined {
  const values = column && read.columns[wanted.indexOf(column)];
  return values && { title: column.title, values };
}
