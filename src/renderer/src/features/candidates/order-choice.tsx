/** The order of the table, chosen where its heads are not in sight. */
import { Button, HTMLSelect } from "@blueprintjs/core";
import { SortAsc, SortDesc } from "@blueprintjs/icons";
import type { Sort } from "../../hooks/route.ts";
import type { CandidateTableModel } from "./use-candidate-table.ts";

interface OrderChoiceProps {
  table: CandidateTableModel;
  sorts: readonly Sort[];
  onSorts(sorts: readonly Sort[]): void;
}

interface KeyChoiceProps {
  label: string;
  options: readonly { value: string; label: string }[];
  sort: Sort | undefined;
  onSort(sort: Sort | undefined): void;
}

function KeyChoice({ label, options, sort, onSort }: KeyChoiceProps) {
  const { column = "", descending = false } = sort ?? {};
  const words = descending ? "Largest first" : "Smallest first";
  return (
    <>
      <HTMLSelect
        aria-label={label}
        options={options}
        value={column}
        onChange={({ currentTarget: { value } }) =>
          onSort(value === "" ? undefined : { column: value, descending })
        }
      />
      {sort && (
        <Button
          size="small"
          variant="minimal"
          icon={descending ? <SortDesc /> : <SortAsc />}
          aria-label={`${label}: ${words}`}
          title={words}
          onClick={() => onSort({ column, descending: !descending })}
        />
      )}
    </>
  );
}

export function OrderChoice({ table, sorts: [first, second], onSorts }: OrderChoiceProps) {
  const options = table
    .getAllLeafColumns()
    .filter((column) => column.getCanSort())
    .map(({ id, columnDef }) => ({ value: id, label: String(columnDef.header) }));
  const others = options.filter(({ value }) => value !== first?.column);
  const change = (one: Sort | undefined, two: Sort | undefined) =>
    onSorts([one, two].filter((sort) => sort !== undefined));
  return (
    <span className="order-choice">
      <KeyChoice
        label="Order of the candidates"
        options={options}
        sort={first}
        onSort={(sort) => change(sort, second?.column === sort?.column ? undefined : second)}
      />
      <KeyChoice
        label="Order of those that are equal by it"
        options={[{ value: "", label: "then as proposed" }, ...others]}
        sort={second}
        onSort={(sort) => change(first, sort)}
      />
    </span>
  );
}
