import { type SortingState, useTable } from "@tanstack/react-table";
import { useMemo } from "react";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateOrder } from "#shared/campaign/candidate-page.ts";
import { certaintyOf, frontOf, type RankingCertainty } from "#shared/campaign/certainty.ts";
import { isOwnRung } from "#shared/campaign/rungs.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { useViewer } from "../../components/reviewer.tsx";
import { type TableShown, WHOLE_TABLE } from "../../hooks/route.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { features, keyOfColumn, tableColumns } from "./columns.tsx";
import { useCandidatePages } from "./use-candidate-pages.ts";

interface TableAsked {
  shown: TableShown;
  onSort(sort: TableShown["sort"]): void;
  certainty: RankingCertainty;
  /** Index of the candidate that is open. */
  selected: number | null;
}

/** The table of the candidates that the view and the text let through, best first until the person sorts otherwise. */
export function useCandidateTable(campaign: Campaign, { shown, onSort, certainty, selected }: TableAsked) {
  const { evaluation, generation, rungs } = campaign.settings;
  const own = generation.source === "library" ? generation.columns : null;
  const { view, text, sort } = shown;
  const known = keyOfColumn(sort.column, own ?? []);
  const { column, descending } = known === null ? WHOLE_TABLE.sort : sort;
  const by = known ?? "rank";
  const order: CandidateOrder = { campaignId: campaign.id, ...useViewer(), view, text, by, descending };
  const pages = useCandidatePages(order, selected);
  const [choice] = useEnergyUnit();
  const columns = useMemo(
    () =>
      tableColumns(
        declarationOf(evaluation),
        own,
        certaintyOf(certainty),
        frontOf(certainty),
        (rung) => isOwnRung({ evaluation, rungs }, rung),
        choice,
      ),
    [evaluation, rungs, own, certainty, choice],
  );
  const sorting: SortingState = [{ id: column, desc: descending }];
  const table = useTable({
    features,
    columns,
    data: useMemo(() => [...pages.rows.values()], [pages.rows]),
    state: { sorting },
    onSortingChange: (change) => {
      const [next] = typeof change === "function" ? change(sorting) : change;
      if (next) onSort({ column: next.id, descending: next.desc });
    },
    manualSorting: true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    getRowId: (row) => String(row.proposal.index),
  });
  return { table, pages };
}

export type CandidateTableModel = ReturnType<typeof useCandidateTable>["table"];
