import { type SortingState, useTable } from "@tanstack/react-table";
import { useMemo, useState } from "react";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateOrder, CandidateView } from "#shared/campaign/candidate-page.ts";
import { certaintyOf, frontOf, type RankingCertainty } from "#shared/campaign/certainty.ts";
import { isOwnRung } from "#shared/campaign/rungs.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { useViewer } from "../../components/reviewer.tsx";
import { features, keyOfColumn, tableColumns } from "./columns.tsx";
import { useCandidatePages } from "./use-candidate-pages.ts";

const BEST_FIRST: SortingState = [{ id: "rank", desc: false }];

interface TableAsked {
  view: CandidateView;
  text: string;
  certainty: RankingCertainty;
  /** Index of the candidate that is open. */
  selected: number | null;
}

/** The table of the candidates that the view and the text let through, best first until the person sorts otherwise. */
export function useCandidateTable(campaign: Campaign, { view, text, certainty, selected }: TableAsked) {
  const { evaluation, generation, rungs } = campaign.settings;
  const own = generation.source === "library" ? generation.columns : null;
  const [sorting, setSorting] = useState(BEST_FIRST);
  const [{ id, desc: descending } = { id: "rank", desc: false }] = sorting;
  const by = keyOfColumn(id, own ?? []);
  const order: CandidateOrder = { campaignId: campaign.id, ...useViewer(), view, text, by, descending };
  const pages = useCandidatePages(order, selected);
  const columns = useMemo(
    () =>
      tableColumns(declarationOf(evaluation), own, certaintyOf(certainty), frontOf(certainty), (rung) =>
        isOwnRung({ evaluation, rungs }, rung),
      ),
    [evaluation, rungs, own, certainty],
  );
  const table = useTable({
    features,
    columns,
    data: useMemo(() => [...pages.rows.values()], [pages.rows]),
    state: { sorting },
    onSortingChange: setSorting,
    manualSorting: true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    getRowId: (row) => String(row.proposal.index),
  });
  return { table, pages };
}

export type CandidateTableModel = ReturnType<typeof useCandidateTable>["table"];
