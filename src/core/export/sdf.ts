/** Structure-data file: a molblock and named data items for each candidate (CTfile formats, BIOVIA 2020). */
import { DomainError } from "#shared/errors.ts";
import { formatXyz } from "#shared/molecule/xyz.ts";
import { type RelaxedStructure, relaxedStructures } from "#shared/properties/relaxed-structures.ts";
import type { Column, ExportRow } from "./cells.ts";
import { columnsOf } from "./columns.ts";

/** Of a molblock's first line. */
const TITLE_WIDTH = 80;

/**
 * One record a row: the name that a person gave or the candidate's id as title, its 3D molblock with all hydrogens, every column that has a
 * value, then as XYZ each structure that the property relaxed and its numbers are at.
 *
 * @param drawMolblock 2D molblock of a canonical SMILES, for a candidate that has no conformer
 * @param convert rewrites a molblock, e.g. as V3000
 * @throws DomainError invalid-input for a candidate without any structure.
 */
export function toSdf(
  rows: readonly ExportRow[],
  drawMolblock: (smiles: string) => string,
  convert: (molblock: string) => string = (molblock) => molblock,
): string {
  const columns = columnsOf(rows);
  return rows.map((row) => record(row, columns, convert(structureOf(row, drawMolblock)))).join("");
}

function structureOf({ candidate }: ExportRow, drawMolblock: (smiles: string) => string): string {
  const block =
    candidate.conformer?.molblock ?? (candidate.identity && drawMolblock(candidate.identity.canonicalSmiles));
  if (!block) {
    throw new DomainError(
      "invalid-input",
      `Candidate ${candidate.id} has no structure: an SDF record needs one.`,
      {
        candidate: candidate.id,
      },
    );
  }
  return block;
}

function record(row: ExportRow, columns: readonly Column[], block: string): string {
  const items = columns.flatMap(({ name, value }) => {
    const cell = value(row);
    return cell === null ? [] : [`> <${name}>\n${oneLine(String(cell))}\n\n`];
  });
  const { evaluation } = row.candidate;
  const relaxed = evaluation ? relaxedStructures(evaluation).map(relaxedItem) : [];
  return `${titled(block, titleOf(row))}${[...items, ...relaxed].join("")}$$$$\n`;
}

/** "relaxed_protomer_2": an XYZ file whose comment says charge, multiplicity, how it was relaxed and its energy. */
function relaxedItem({ state, level, geometry, mp2_hartree, ...electrons }: RelaxedStructure): string {
  const energy = mp2_hartree === null ? "" : `, MP2 ${mp2_hartree.toFixed(8)} Eh`;
  const xyz = formatXyz(geometry, `relaxed by ${level}${energy}`, electrons);
  return `> <relaxed_${state.replaceAll("-", "_")}>\n${xyz}\n`;
}

/** The name that a person gave, else the candidate's id. */
const titleOf = ({ candidate }: ExportRow): string =>
  oneLine(candidate.proposal.given?.name ?? candidate.id).slice(0, TITLE_WIDTH);

/** The first line of a molblock is its title; the block must end with exactly one line end. */
const titled = (block: string, title: string): string =>
  `${title}${block.slice(block.indexOf("\n")).trimEnd()}\n`;

/** An empty line would end a data item, and a line that begins with > or $$$$ would begin the next item or record. */
function oneLine(text: string): string {
  const line = text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, " ").trim();
  return /^(>|\$\$\$\$)/.test(line) ? ` ${line}` : line;
}
