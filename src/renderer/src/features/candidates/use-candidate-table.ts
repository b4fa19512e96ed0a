import { useTable } from "@tanstack/react-table";
import { useMemo } from "react";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { certaintyOf, type RankingCertainty } from "#shared/campaign/certainty.ts";
import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import { type PropertyId, propertyOf } from "#shared/properties/find.ts";
import { features, tableColumns } from "./columns.tsx";
import { type Agreed, select, type View } from "./filters.ts";

const BEST_FIRST = { sorting: [{ id: "rank", desc: false }] };

interface TableAsked {
  property: PropertyId;
  generation: GenerationSettings;
  view: View;
  text: string;
  agreed: Agreed;
  certainty: RankingCertainty;
}

/** The table of the candidates that the view and the text let through, best first until the person sorts otherwise. */
export function useCandidateTable(
  rows: readonly CandidateRow[],
  { property, generation, view, text, agreed, certainty }: TableAsked,
) {
  const own = generation.source === "library" ? generation.columns : null;
  const data = useMemo(() => select(rows, { view, text, agreed }), [rows, view, text, agreed]);
  const columns = useMemo(
    () => tableColumns(propertyOf(property), own, certaintyOf(certainty)),
    [property, own, certainty],
  );
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
