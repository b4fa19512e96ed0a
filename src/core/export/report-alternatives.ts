/** What the report's numbers were chosen from or averaged over: bonds, tautomers, conformers. */
import type { Content, TableCell } from "pdfmake/interfaces.js";
import { decimal } from "#shared/decimals.ts";
import type { Alternative } from "#shared/properties/evaluation.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { headWithUnit, shownAs } from "#shared/properties/property.ts";
import type { ExportRow } from "./cells.ts";

const bold = (text: string): TableCell => ({ text, bold: true });

const percent = ({ weight, share = weight }: Alternative): string =>
  share === undefined ? "" : `${(100 * share).toFixed(1)} %`;

/** A candidate's, under its name; nothing where it had no choice. */
function tableOf({ candidate: { evaluation, proposal, identity } }: ExportRow): Content[] {
  const { alternatives = [] } = evaluation ?? {};
  if (!evaluation || alternatives.length === 0) return [];
  const property = declarationOf(evaluation);
  const { unit, digits, fromStored } = shownAs(property);
  const isAveraged = alternatives.some(({ weight }) => weight !== undefined);
  const name = proposal.given?.name ?? identity?.canonicalSmiles ?? proposal.smiles;
  const head = [
    isAveraged ? "Averaged over" : "Chosen from",
    headWithUnit(property.abbreviation, unit, " / "),
    "Share",
    "Remark",
  ].map(bold);
  const body = alternatives.map((one): TableCell[] => [
    one.name,
    one.value === null ? "–" : decimal(fromStored(one.value), digits + 1),
    percent(one),
    one.remark ?? "",
  ]);
  return [
    { text: `no. ${proposal.index} · ${name}`, bold: true, margin: [0, 4, 0, 2] },
    {
      table: { headerRows: 1, widths: [120, 80, 50, "*"], body: [head, ...body] },
      layout: "lightHorizontalLines",
    },
  ];
}

/** A table for each candidate whose number was chosen or averaged; nothing where none was. */
export function alternativesSection(rows: readonly ExportRow[]): Content[] {
  const tables = rows.flatMap(tableOf);
  return tables.length > 0 ? [{ text: "Alternatives", style: "section" }, ...tables] : [];
}
