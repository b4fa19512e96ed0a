import { useTable } from "@tanstack/react-table";
import { useMemo } from "react";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { type PropertyId, propertyOf } from "#shared/properties/find.ts";
import { features, tableColumns } from "./columns.tsx";
import { select, type View } from "./filters.ts";

const BEST_FIRST = { sorting: [{ id: "rank", desc: false }] };

/** The table of the candidates that the view and the text let through, best first until the person sorts otherwise. */
export function useCandidateTable(
  rows: readonly CandidateRow[],
  { property, view, text }: { property: PropertyId; view: View; text: string },
) {
  const data = useMemo(() => select(rows, view, text), [rows, view, text]);
  const columns = useMemo(() => tableColumns(propertyOf(property)), [property]);
  return useTable({
    features,
    columns,
    data,
    initialState: BEST_FIRST,
    enableMultiSort: false,
    enableSortingRemoval: false,
    getRowId: (row) => String(row.proposal.index),
  });
}

export type CandidateTableModel = ReturnType<typeof useCandidateTable>;
