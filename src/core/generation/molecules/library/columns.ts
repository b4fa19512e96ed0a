/** What the columns of a person's table are: name, charge, multiplicity, and data. */
import type { LibraryReading, LibraryRow } from "#shared/campaign/library.ts";
import { columnNamed, noColumn } from "../molecule-table.ts";

/** Heads that say that a column names its molecules, the most telling first. */
const NAMES: readonly RegExp[] = [
  /^(?:(?:molecule|compound|mol|cmpd|substance|chemical|iupac|common)[ _-]?)?name$/i,
  /^(?:title|label)$/i,
  /^(?:(?:molecule|compound|mol|cmpd|zinc|chembl|catalog(?:ue)?|reg(?:istry)?)[ _-]?)?(?:id|identifier|no\.?|number|code)$/i,
  /^(?:cas|cas[ _-]?(?:no\.?|number|rn)|inchi[ _-]?key|chembl[ _-]?id|zinc[ _-]?id|abbr(?:eviation)?)$/i,
];
const CHARGE = [/^(?:total[ _-]?|net[ _-]?|molecular[ _-]?|formal[ _-]?)?charge$/i];
const MULTIPLICITY = [/^(?:spin[ _-]?)?(?:multiplicity|mult)$/i, /^2 ?S ?\+ ?1$/i];

/** Which of a table's columns are what, from 0; -1 where there is none. */
export interface ColumnRoles {
  smiles: number;
  name: number;
  charge: number;
  multiplicity: number;
}

/** @throws DomainError invalid-input where a column that a person named is not there */
export function columnRoles(
  names: readonly string[],
  reading: LibraryReading,
  { smiles, file }: { smiles: number; file: string },
): ColumnRoles {
  const find = (wanted: string | undefined, usual: readonly RegExp[]): number => {
    if (wanted === undefined) {
      const fits = (pattern: RegExp) =>
        names.findIndex((name, i) => i !== smiles && pattern.test(name.trim()));
      return usual.map(fits).find((column) => column >= 0) ?? -1;
    }
    const column = columnNamed(names, wanted);
    if (column < 0) throw noColumn(file, wanted, names);
    return column;
  };
  return {
    smiles,
    name: find(reading.nameColumn, NAMES),
    charge: find(reading.chargeColumn, CHARGE),
    multiplicity: find(reading.multiplicityColumn, MULTIPLICITY),
  };
}

/** Heads by which cells are kept: one for each column, none of them empty, none twice. */
export function dataHeads(names: readonly string[]): string[] {
  const heads = names.map((name, column) => name.trim() || `column ${column + 1}`);
  const taken = new Set(heads);
  /** The number of the last column of each head: many of one head take no longer than of several. */
  const met = new Map<string, number>();
  return heads.map((head) => {
    let times = (met.get(head) ?? 0) + 1;
    while (times > 1 && taken.has(`${head} (${times})`)) times++;
    const own = times === 1 ? head : `${head} (${times})`;
    met.set(head, times);
    taken.add(own);
    return own;
  });
}

/** "1.5", "1,5", "-2e3". */
export const isNumeric = (cell: string): boolean => /^[+-]?\d+(?:[.,]\d*)?(?:e[+-]?\d+)?$/i.test(cell.trim());

type Said = Pick<LibraryRow, "name" | "data" | "charge" | "multiplicity" | "problem">;

/** A whole number in a cell; undefined for an empty one. */
function wholeNumber(cell: string, what: string): number | undefined | { problem: string } {
  const text = cell.trim().replace("\u2212", "-");
  if (text === "") return undefined;
  // Without the sign of -0.
  if (/^[+-]?\d+(?:\.0*)?$/.test(text)) return Number(text) + 0;
  // 2+ and 1-, as charges are written.
  const signed = /^(\d+)([+-])$/.exec(text);
  if (signed) return Number(`${signed[2]}${signed[1]}`);
  return { problem: `${what}: expected a whole number, got "${text.slice(0, 40)}"` };
}

/** What a row says beside its structure. Columns of no data are the molecule and its name. */
export function said(
  cells: readonly string[],
  { heads, roles }: { heads: readonly string[]; roles: ColumnRoles },
): Said {
  const data: Record<string, string> = {};
  for (const [column, head] of heads.entries()) {
    const cell = cells[column] ?? "";
    if (column !== roles.smiles && column !== roles.name && cell !== "") data[head] = cell;
  }
  const charge = wholeNumber(cells[roles.charge] ?? "", "charge");
  const multiplicity = wholeNumber(cells[roles.multiplicity] ?? "", "multiplicity");
  const problem = [charge, multiplicity].find((found) => typeof found === "object");
  return {
    name: (cells[roles.name] ?? "") || null,
    data,
    ...(typeof charge === "number" && { charge }),
    ...(typeof multiplicity === "number" && { multiplicity }),
    ...problem,
  };
}
