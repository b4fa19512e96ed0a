/** The order of the table, chosen where its heads are not in sight. */
import { Button, HTMLSelect } from "@blueprintjs/core";
import { SortAsc, SortDesc } from "@blueprintjs/icons";
import type { CandidateTableModel } from "./use-candidate-table.ts";

export function OrderChoice({ table }: { table: CandidateTableModel }) {
  const columns = table.getAllLeafColumns().filter((column) => column.getCanSort());
  const by = columns.find((column) => column.getIsSorted());
  const isDescending = by?.getIsSorted() === "desc";
  return (
    <span className="order-choice">
      <HTMLSelect
        aria-label="Order of the candidates"
        options={columns.map(({ id, columnDef }) => ({ value: id, label: String(columnDef.header) }))}
        value={by?.id ?? ""}
        onChange={({ currentTarget }) => table.getColumn(currentTarget.value)?.toggleSorting(isDescending)}
      />
      <Button
        size="small"
        variant="minimal"
        icon={isDescending ? <SortDesc /> : <SortAsc />}
        aria-label={isDescending ? "Largest first" : "Smallest first"}
        title={isDescending ? "Largest first" : "Smallest first"}
        onClick={() => by?.toggleSorting(!isDescending)}
      />
    </span>
  );
}
