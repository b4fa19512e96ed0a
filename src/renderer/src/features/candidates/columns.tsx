/** The columns of the candidate table. */
import { Tag } from "@blueprintjs/core";
import { createColumnHelper, rowSortingFeature, tableFeatures } from "@tanstack/react-table";
import { CANDIDATE_STATES, type CandidateRow } from "#shared/campaign/candidate.ts";
import { CandidateKey, NumericKey } from "#shared/campaign/candidate-page.ts";
import { type CertaintyOf, type FrontOf, isDecided } from "#shared/campaign/certainty.ts";
import {
  DESCRIPTOR_IDS,
  DESCRIPTORS,
  type DescriptorId,
  TABLE_DESCRIPTORS,
  titleWithUnit,
} from "#shared/molecule/descriptor-lists.ts";
import type { RegisteredProperty } from "#shared/properties/find.ts";
import { headWithUnit, inSentence, shownAs, UNITS } from "#shared/properties/property.ts";
import { VerdictTag } from "../../components/state-tag.tsx";
import { Structure2d } from "../../components/structure-2d.tsx";
import { differenceIn, type EnergyUnitChoice, readAs, readValue } from "../../text/energy-unit.ts";
import { NONE, typeset } from "../../text/format.ts";
import { smilesOf } from "../../text/smiles-of.ts";
import { orderedColumns } from "./column-order.ts";
import { reasonOf } from "./reason.ts";

/** In place of descriptors; more would leave no room for what was computed. The page of a candidate has them all. */
const DATA_COLUMNS = 4;

/** Beside a difference in another unit: 1 kcal/mol is what chemists call accurate. */
const KCAL = differenceIn("kcal/mol");

/** Rows come in their order: the engine sorts, as it alone has all of them. */
export const features = tableFeatures({ rowSortingFeature });

const helper = createColumnHelper<typeof features, CandidateRow>();

export function CandidateStateCell({ row }: { row: CandidateRow }) {
  const reason = reasonOf(row);
  const intent = row.state === "failed" ? "danger" : row.state === "evaluated" ? "success" : "none";
  return (
    <span className="state-cell" title={reason}>
      <Tag minimal round intent={intent}>
        {CANDIDATE_STATES[row.state].title}
      </Tag>
      {row.review && (
        <span className="verdict-beside">
          <VerdictTag verdict={row.review.verdict} />
        </span>
      )}
      {reason && <span className="reason">{reason}</span>}
    </span>
  );
}

const number = (value: number | null | undefined): number | undefined => value ?? undefined;

/** Names the cells for the style sheet too: a head with a unit is wider. */
const columnId = (id: DescriptorId): string =>
  DESCRIPTORS[id].unit === undefined ? `descriptor-${id}` : `descriptor-unit-${id}`;

const descriptorColumn = (id: DescriptorId) => {
  const { title, symbol = title, unit, decimals } = DESCRIPTORS[id];
  return helper.accessor((row) => number(row.descriptors?.[id]), {
    id: columnId(id),
    header: titleWithUnit({ title: symbol, ...(unit !== undefined && { unit }) }),
    cell: (cell) => typeset(cell.getValue(), decimals.table ?? decimals.page ?? decimals.export),
  });
};

/** Of another property, or another definition of it, numbers of a cheaper rung do not stand under this title. */
const valueColumn = (
  property: RegisteredProperty,
  certainty: CertaintyOf,
  isOwn: (rung: number) => boolean,
  choice: EnergyUnitChoice,
) => {
  const shown = readAs(shownAs(property), choice);
  return helper.accessor(({ values, rung = 0 }) => number(isOwn(rung) ? values[property.id] : undefined), {
    id: "value",
    header: headWithUnit(property.symbol, shown.unit, " / "),
    cell: ({ getValue, row }) => {
      const deviation = certainty.get(row.original.proposal.index)?.deviation;
      return (
        <>
          <b>{readValue(shown, getValue())}</b>
          {deviation !== undefined && (
            <small className="cell-note" title="One standard deviation, against the values of the others">
              ± {readValue(shown, deviation)}
            </small>
          )}
        </>
      );
    },
  });
};

/** The rank and, where the error bars do not decide it, those that it may be. */
const rankColumn = (certainty: CertaintyOf) =>
  helper.accessor((row) => number(row.rank), {
    id: "rank",
    header: "Rank",
    cell: ({ getValue, row }) => {
      const known = certainty.get(row.original.proposal.index);
      return (
        <>
          {getValue() ?? "–"}
          {known && !isDecided(known) && (
            <small
              className="cell-note"
              title="Not decided by the error bars: the ranks that they leave (95 %)"
            >
              {known.ranks.join("–")}
            </small>
          )}
        </>
      );
    },
  });

/** Of a composite: its Pareto front, and each part's number with how good it is. */
function compositeColumns({ values }: RegisteredProperty, fronts: FrontOf, choice: EnergyUnitChoice) {
  const parts = values.filter(({ shown, method }) => shown && method !== "desirability");
  return [
    helper.display({
      // Named as descriptors are: the style sheet gives both their width.
      id: "descriptor-front",
      header: "Front",
      cell: ({ row }) => fronts.get(row.original.proposal.index)?.front ?? NONE,
    }),
    ...parts.slice(0, DATA_COLUMNS).map(({ key, title, shown: declared }, place) => {
      const shown = declared && readAs(declared, choice);
      return helper.display({
        id: `descriptor-unit-${key}`,
        header: headWithUnit(title, shown?.unit ?? "", " / "),
        cell: ({ row }) => {
          const part = fronts.get(row.original.proposal.index)?.parts[place];
          if (!part || !shown) return NONE;
          return (
            <>
              {typeset(shown.fromStored(part.value), Math.min(shown.digits, 2))}
              <small className="cell-note" title="Desirability, 0 to 1">
                {typeset(part.desirability, 3)}
              </small>
            </>
          );
        },
      });
    }),
  ];
}

const nameColumn = helper.accessor((row) => row.proposal.given?.name ?? undefined, {
  id: "name",
  header: "Name",
  cell: (cell) => <span title={cell.getValue()}>{cell.getValue() ?? ""}</span>,
});

/** A column of a person's own. */
const dataColumn = (head: string, place: number) =>
  helper.accessor((row) => row.proposal.given?.data[head], {
    id: `data-${place}`,
    header: head,
    cell: ({ getValue }) => <span title={getValue()}>{getValue() ?? ""}</span>,
  });

/** What rows are ordered by where a column is chosen; null of one that there is not. @param data heads of a person's own columns */
export function keyOfColumn(id: string, data: readonly string[]): CandidateKey | null {
  const descriptor = DESCRIPTOR_IDS.find((one) => columnId(one) === id);
  if (descriptor) return { descriptor };
  const head = id.startsWith("data-") ? data[Number(id.slice("data-".length))] : undefined;
  if (head !== undefined) return { data: head };
  const key = CandidateKey.safeParse(id);
  return key.success ? key.data : null;
}

/** The key of a column of numbers; null of another. */
export function numericKeyOf(id: string, data: readonly string[]): NumericKey | null {
  const key = NumericKey.safeParse(keyOfColumn(id, data));
  return key.success ? key.data : null;
}

/** Those of the table, then the others. */
const OFFERED_DESCRIPTORS = [...new Set([...TABLE_DESCRIPTORS, ...DESCRIPTOR_IDS])];

export interface TableColumnsOf {
  /** Heads of a person's own columns; null where a model wrote the molecules. */
  data?: readonly string[] | null;
  /** Error bars, as far as they are known. */
  certainty?: CertaintyOf;
  /** Of a composite. */
  fronts?: FrontOf | undefined;
  /** Whether a rung's numbers are of the property. */
  isOwn?: (rung: number) => boolean;
  /** The unit that energies are read in. */
  choice?: EnergyUnitChoice;
}

/** How far the VQE is above exact diagonalisation. */
function differenceColumn(choice: EnergyUnitChoice) {
  const difference = differenceIn(choice);
  return helper.accessor((row) => number(row.vqeMinusCasci_hartree), {
    id: "difference",
    header: `VQE − CASCI / ${difference.unit}`,
    cell: (cell) => (
      <>
        {difference.textOf(cell.getValue())}
        {cell.getValue() !== undefined && difference.unit !== KCAL.unit && (
          <small className="cell-note">
            {KCAL.textOf(cell.getValue())} {KCAL.unit}
          </small>
        )}
      </>
    ),
  });
}

/** In the order in which they stand. */
function allColumns(
  property: RegisteredProperty,
  { data = null, certainty = new Map(), fronts, isOwn = () => true, choice = "usual" }: TableColumnsOf,
) {
  return helper.columns([
    rankColumn(certainty),
    helper.display({
      id: "structure",
      header: "Structure",
      cell: ({ row }) =>
        row.original.identity ? <Structure2d smiles={row.original.identity.canonicalSmiles} /> : null,
    }),
    ...(data === null ? [] : [nameColumn]),
    helper.accessor(smilesOf, {
      id: "smiles",
      header: "SMILES",
      cell: (cell) => <code title={cell.getValue()}>{cell.getValue()}</code>,
    }),
    valueColumn(property, certainty, isOwn, choice),
    ...(fronts ? compositeColumns(property, fronts, choice) : []),
    differenceColumn(choice),
    ...(data ?? []).map(dataColumn),
    ...OFFERED_DESCRIPTORS.map(descriptorColumn),
    helper.accessor((row) => `${row.state} ${row.rejection?.rule ?? ""}`, {
      id: "state",
      header: "State",
      cell: ({ row }) => <CandidateStateCell row={row.original} />,
    }),
    helper.accessor((row) => row.review?.verdict, {
      id: "verdict",
      header: "Verdict",
      cell: ({ row }) => (row.original.review ? <VerdictTag verdict={row.original.review.verdict} /> : null),
    }),
  ]);
}

/** Ids of all columns, shown or not. @param data heads of a person's own */
export const everyColumn = (property: RegisteredProperty, data: readonly string[] | null): { id: string }[] =>
  allColumns(property, { data }).map(({ id = "" }) => ({ id }));

/** Always shown: what the order of the campaign is, and what it is by. */
const ALWAYS: readonly string[] = ["rank", "value"];
const TABLE_IDS: readonly string[] = TABLE_DESCRIPTORS.map(columnId);

export const COLUMN_GROUPS = ["Candidate", "Computed", "Your columns", "Descriptors"] as const;

export interface OfferedColumn {
  readonly id: string;
  /** With its unit. */
  readonly title: string;
  /** Empty where the title says it. */
  readonly meaning: string;
  readonly group: (typeof COLUMN_GROUPS)[number];
  readonly isUsual: boolean;
}

const OFTEN: readonly string[] = ["structure", "name", "smiles", "state", "verdict"];

/** What can be shown or left out, in the order in which it stands. */
export function offeredColumns(property: RegisteredProperty, of: TableColumnsOf = {}): OfferedColumn[] {
  const meanings = explanations(property);
  return allColumns(property, of)
    .map(({ id = "", header }) => ({ id, title: String(header), meaning: meanings[id] ?? "" }))
    .filter(({ id }) => !ALWAYS.includes(id))
    .map((column): OfferedColumn => {
      const { id } = column;
      const descriptor = DESCRIPTOR_IDS.find((one) => columnId(one) === id);
      if (descriptor) {
        const title = titleWithUnit(DESCRIPTORS[descriptor]);
        const isUsual = !of.data && TABLE_IDS.includes(id);
        return { ...column, title, group: "Descriptors", isUsual };
      }
      if (id.startsWith("data-"))
        return {
          ...column,
          group: "Your columns",
          isUsual: Number(id.slice("data-".length)) < DATA_COLUMNS,
        };
      return { ...column, group: OFTEN.includes(id) ? "Candidate" : "Computed", isUsual: true };
    });
}

/**
 * @param property what the campaign ranks by
 * @param shown ids from left to right; the rank and what it is by are shown in any case. Absent: the usual ones
 */
export function tableColumns(
  property: RegisteredProperty,
  of: TableColumnsOf = {},
  shown?: readonly string[],
) {
  const usual = () => offeredColumns(property, of).flatMap(({ id, isUsual }) => (isUsual ? [id] : []));
  const all = new Map(allColumns(property, of).map((column) => [column.id ?? "", column]));
  const order = orderedColumns([...all.keys()], ALWAYS, shown ?? usual());
  return order.flatMap((id) => all.get(id) ?? []);
}

/** What a header says when it is pointed at. */
export const explanations = ({
  title,
  definition,
  unit,
}: RegisteredProperty): Readonly<Record<string, string>> => ({
  rank: `Order by ${inSentence(title)}; 1 is best`,
  value: `${title}: ${UNITS[unit].quantity} ${definition}`,
  difference:
    "How far the VQE is above exact diagonalisation in the same active space; of the neutral molecule",
  ...Object.fromEntries(DESCRIPTOR_IDS.map((id) => [columnId(id), DESCRIPTORS[id].meaning ?? ""])),
});
