/** The columns of the candidate table. */
import { Tag } from "@blueprintjs/core";
import {
  createColumnHelper,
  createSortedRowModel,
  rowSortingFeature,
  sortFn_basic,
  sortFn_text,
  tableFeatures,
} from "@tanstack/react-table";
import type { CandidateRow, CandidateState } from "#shared/campaign/candidate.ts";
import { VerdictTag } from "../../components/state-tag.tsx";
import { Structure2d } from "../../components/structure-2d.tsx";
import { electronVolts, fixed, kcalPerMol, milliHartrees } from "../../text/format.ts";
import { reasonOf } from "./filters.ts";

export const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { basic: sortFn_basic, text: sortFn_text },
});

const helper = createColumnHelper<typeof features, CandidateRow>();

export const smilesOf = (row: CandidateRow): string => row.identity?.canonicalSmiles ?? row.proposal.smiles;

const STATES: Readonly<Record<CandidateState, string>> = {
  proposed: "Proposed",
  rejected: "Filtered out",
  filtered: "Passed the filter",
  embedded: "Waiting for VQE",
  evaluated: "Evaluated",
  failed: "Failed",
};

function State({ row }: { row: CandidateRow }) {
  const reason = reasonOf(row);
  const intent = row.state === "failed" ? "danger" : row.state === "evaluated" ? "success" : "none";
  return (
    <span className="state-cell" title={reason}>
      <Tag minimal round intent={intent}>
        {STATES[row.state]}
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

/** Absent values sort last whichever way a column is turned. */
const number = (value: number | null | undefined): number | undefined => value ?? undefined;

const descriptor = (
  id: string,
  header: string,
  digits: number,
  read: (row: CandidateRow) => number | undefined,
) =>
  helper.accessor(read, {
    id,
    header,
    sortUndefined: "last",
    sortFn: "basic",
    cell: (cell) => fixed(cell.getValue(), digits),
  });

export const columns = helper.columns([
  helper.accessor((row) => number(row.rank), {
    id: "rank",
    header: "Rank",
    sortUndefined: "last",
    sortFn: "basic",
    cell: (cell) => cell.getValue() ?? "–",
  }),
  helper.display({
    id: "structure",
    header: "Structure",
    cell: ({ row }) =>
      row.original.identity ? <Structure2d smiles={row.original.identity.canonicalSmiles} /> : null,
  }),
  helper.accessor(smilesOf, {
    id: "smiles",
    header: "SMILES",
    sortFn: "text",
    cell: (cell) => <code title={cell.getValue()}>{cell.getValue()}</code>,
  }),
  helper.accessor((row) => number(row.verticalIonisation_hartree), {
    id: "ionisation",
    header: "IE / eV",
    sortUndefined: "last",
    sortFn: "basic",
    cell: (cell) => <b>{electronVolts(cell.getValue())}</b>,
  }),
  helper.accessor((row) => number(row.vqeMinusCasci_hartree), {
    id: "difference",
    header: "VQE − CASCI / mEh",
    sortUndefined: "last",
    sortFn: "basic",
    cell: (cell) => (
      <span title={`${kcalPerMol(cell.getValue())} kcal/mol`}>
        {milliHartrees(cell.getValue())}
        {cell.getValue() !== undefined && <small>{kcalPerMol(cell.getValue())} kcal/mol</small>}
      </span>
    ),
  }),
  descriptor("weight", "MW / Da", 1, (row) => number(row.descriptors?.molecularWeight_dalton)),
  descriptor("logp", "logP", 2, (row) => number(row.descriptors?.logP)),
  descriptor("sa", "SA", 2, (row) => number(row.descriptors?.saScore)),
  descriptor("qed", "QED", 2, (row) => number(row.descriptors?.qed)),
  helper.accessor((row) => `${row.state} ${row.rejection?.rule ?? ""}`, {
    id: "state",
    header: "State",
    sortFn: "text",
    cell: ({ row }) => <State row={row.original} />,
  }),
  helper.accessor((row) => row.review?.verdict, {
    id: "verdict",
    header: "Verdict",
    sortUndefined: "last",
    sortFn: "text",
    cell: ({ row }) => (row.original.review ? <VerdictTag verdict={row.original.review.verdict} /> : null),
  }),
]);

/** What a header says when it is pointed at. */
export const EXPLANATIONS: Readonly<Record<string, string>> = {
  rank: "Order by vertical ionisation energy; 1 is best",
  ionisation:
    "Vertical ionisation energy: VQE energy of the cation less that of the neutral, in the neutral's geometry",
  difference:
    "How far the VQE is above exact diagonalisation in the same active space; of the neutral molecule",
  weight: "Molecular weight, Da (g/mol)",
  logp: "Crippen's estimate of log P (octanol/water)",
  sa: "Synthetic accessibility, 1 (easy) to 10",
  qed: "Quantitative estimate of drug-likeness, 0 to 1",
};
