import { type SortingState, useTable } from "@tanstack/react-table";
import { useMemo } from "react";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateOrder } from "#shared/campaign/candidate-page.ts";
import { certaintyOf, frontOf, type RankingCertainty } from "#shared/campaign/certainty.ts";
import { isOwnRung } from "#shared/campaign/rungs.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { useViewer } from "../../components/reviewer.tsx";
import type { TableShown } from "../../hooks/route.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import type { EnergyUnitChoice } from "../../text/energy-unit.ts";
import { everyColumn, features, keyOfColumn, numericKeyOf, tableColumns } from "./columns.tsx";
import { plotColumns } from "./plot-columns.ts";
import type { RangeColumn } from "./range-filter.tsx";
import { useCandidatePages } from "./use-candidate-pages.ts";

/** Those of the table's columns that are numbers, as a plot names and reads them. */
function rangeColumns(
  columns: readonly { id?: string }[],
  campaign: Campaign,
  choice: EnergyUnitChoice,
): RangeColumn[] {
  const { generation } = campaign.settings;
  const own = generation.source === "library" ? generation.columns : [];
  const plotted = new Map(plotColumns(campaign, choice).map((one) => [JSON.stringify(one.key), one]));
  return columns.flatMap(({ id = "" }) => {
    const known = plotted.get(JSON.stringify(numericKeyOf(id, own)));
    return known ? [{ ...known, column: id }] : [];
  });
}

const FIRST = { by: "rank", column: "rank", descending: false } as const;

interface TableAsked {
  shown: TableShown;
  certainty: RankingCertainty;
  /** Index of the candidate that is open. */
  selected: number | null;
}

/** The table of the candidates that the view and the text let through, best first until the person sorts otherwise. */
export function useCandidateTable(campaign: Campaign, { shown, certainty, selected }: TableAsked) {
  const { evaluation, generation, rungs } = campaign.settings;
  const own = generation.source === "library" ? generation.columns : null;
  const [choice] = useEnergyUnit();
  // As a text, which is the same as long as the choice is.
  const chosen = shown.columns?.join(" ");
  const columns = useMemo(
    () =>
      tableColumns(
        declarationOf(evaluation),
        {
          ...{ data: own, certainty: certaintyOf(certainty), fronts: frontOf(certainty), choice },
          isOwn: (rung) => isOwnRung({ evaluation, rungs }, rung),
        },
        chosen?.split(" "),
      ),
    [evaluation, rungs, own, certainty, choice, chosen],
  );
  const { view, text } = shown;
  const keys = shown.sorts.flatMap(({ column, descending }) => {
    const by = columns.some(({ id }) => id === column) ? keyOfColumn(column, own ?? []) : null;
    return by === null ? [] : [{ by, descending, column }];
  });
  const [first = FIRST, ...others] = keys;
  const next = others.map(({ by, descending }) => ({ by, descending }));
  // Of columns that are not shown too: plots choose ranges of them.
  const numeric = useMemo(
    () => rangeColumns(everyColumn(declarationOf(campaign.settings.evaluation), own), campaign, choice),
    [campaign, own, choice],
  );
  const ranges = shown.ranges.flatMap(({ column, ...ends }) => {
    const known = numeric.find((one) => one.column === column);
    return known ? [{ by: known.key, ...ends }] : [];
  });
  const order: CandidateOrder = {
    ...{ campaignId: campaign.id, ...useViewer(), view, text },
    ...(ranges.length > 0 && { ranges }),
    ...{ by: first.by, descending: first.descending },
    ...(next.length > 0 && { next }),
  };
  const pages = useCandidatePages(order, selected);
  const sorts = [first, ...others].map(({ column, descending }) => ({ column, descending }));
  const sorting: SortingState = sorts.map(({ column: id, descending: desc }) => ({ id, desc }));
  const table = useTable({
    features,
    columns,
    data: useMemo(() => [...pages.rows.values()], [pages.rows]),
    state: { sorting },
    manualSorting: true,
    getRowId: (row) => String(row.proposal.index),
  });
  const titles = new Map(columns.map(({ id = "", header }) => [id, String(header)]));
  return { table, pages, sorts, numeric, ranges, titles };
}

export type CandidateTableModel = ReturnType<typeof useCandidateTable>["table"];
