/** Molecules from a person's file, with an account of what was used and what was not. */
import { gunzipSync } from "node:zlib";
import { isInvalid, parseSmiles, type RDKit } from "#core/chemistry/rdkit.ts";
import { abortError, DomainError } from "#shared/errors.ts";
import type { ReadingReport } from "#shared/training.ts";
import { type CsvRow, readCsv } from "./read-csv.ts";
import { type Standardised, standardise, standardiseSmiles } from "./standardise.ts";

type MoleculeFormat = ReadingReport["format"];

const MAX_EXAMPLES = 20;
const EXAMPLE_LENGTH = 80;

/**
 * Reads SMILES (one a line, a name may follow), CSV (a column named smiles, or the one with most molecules) or SDF, also packed by gzip, and
 * standardises each molecule.
 * @param name file name; its ending decides the format, else the content does
 * @param isCancelled asked before each entry
 * @returns different canonical SMILES in the file's order, and the report
 * @throws DomainError invalid-input for binary data and for a table without a column of molecules; AbortError
 */
export function readMolecules(
  rdkit: RDKit,
  file: Uint8Array,
  { name, isCancelled = () => false }: { name: string; isCancelled?: () => boolean },
): { smiles: string[]; report: ReadingReport } {
  const { text, encoding } = decode(unpacked(name, file));
  const format = formatOf(name.replace(/\.gz$/i, ""), text);
  const { entries, column } = entriesOf(rdkit, text, { format, name });
  const report: ReadingReport = {
    format,
    encoding,
    ...(column !== undefined && { column }),
    entries: 0,
    used: 0,
    duplicates: 0,
    saltsRemoved: 0,
    neutralised: 0,
    dropped: {},
    examples: [],
  };
  const found = new Set<string>();
  for (const { line, text: entry } of entries) {
    if (isCancelled()) throw abortError();
    report.entries++;
    const result = format === "sdf" ? standardiseRecord(rdkit, entry) : standardiseSmiles(rdkit, entry);
    if (result.outcome === "dropped") {
      const kind = result.reason.split(":")[0]!;
      report.dropped[kind] = (report.dropped[kind] ?? 0) + 1;
      if (report.examples.length < MAX_EXAMPLES)
        report.examples.push({ line, text: entry.slice(0, EXAMPLE_LENGTH), reason: result.reason });
    } else if (found.has(result.smiles)) report.duplicates++;
    else {
      found.add(result.smiles);
      report.saltsRemoved += Number(result.saltRemoved);
      report.neutralised += Number(result.neutralised);
    }
  }
  report.used = found.size;
  return { smiles: [...found], report };
}

/** Some hundred thousand molecules as SDF. */
const MAX_UNPACKED_BYTES = 2 ** 28;

function unpacked(name: string, file: Uint8Array): Uint8Array {
  if (file[0] !== 0x1f || file[1] !== 0x8b) return file;
  try {
    return gunzipSync(file, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    throw new DomainError(
      "invalid-input",
      `${name}: expected a whole gzip file of at most ${MAX_UNPACKED_BYTES / 2 ** 20} MiB unpacked, got ${(error as Error).message}.`,
      { name },
    );
  }
}

/** UTF-16 by its mark or by the zeros that it makes of two plain letters; undefined for anything else. */
function utf16([a, b, c, d]: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  if ((a === 0xff && b === 0xfe) || (a && b === 0 && c && d === 0)) return "utf-16le";
  return (a === 0xfe && b === 0xff) || (a === 0 && b && c === 0 && d) ? "utf-16be" : undefined;
}

/** UTF-16, else UTF-8, else Windows-1252, in which every byte is a character. */
function decode(file: Uint8Array): { text: string; encoding: string } {
  const wide = utf16(file);
  if (wide) return { text: new TextDecoder(wide).decode(file), encoding: wide };
  try {
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(file), encoding: "utf-8" };
  } catch {
    return { text: new TextDecoder("windows-1252").decode(file), encoding: "windows-1252" };
  }
}

function formatOf(name: string, text: string): MoleculeFormat {
  if (text.includes("\0"))
    throw new DomainError(
      "invalid-input",
      `${name}: expected a text file with SMILES, CSV or SDF, got binary data.`,
      { name },
    );
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (["sdf", "sd", "mol"].includes(ending)) return "sdf";
  if (["csv", "tsv"].includes(ending)) return "csv";
  if (["smi", "smiles"].includes(ending)) return "smiles";
  if (/^M {2}END/m.test(text)) return "sdf";
  return /^[^\n]*smiles[^\n]*[,;\t]|^[^\n]*[,;\t][^\n]*smiles/i.test(text) ? "csv" : "smiles";
}

interface Entry {
  line: number;
  text: string;
}

function entriesOf(
  rdkit: RDKit,
  text: string,
  { format, name }: { format: MoleculeFormat; name: string },
): { entries: Entry[]; column?: string } {
  if (format === "csv") return csvEntries(rdkit, text, name);
  if (format === "sdf")
    return {
      entries: text
        .split(/^\$\$\$\$.*$/m)
        .map((record, i) => ({ line: i + 1, text: i === 0 ? record : record.replace(/^\r?\n/, "") }))
        .filter((record) => record.text.trim() !== ""),
    };
  const lines = text.split(/\r\n|\n|\r/).map((line, i) => ({ line: i + 1, text: line.trim() }));
  const filled = lines.filter((line) => line.text !== "" && !line.text.startsWith("#"));
  return { entries: filled.map(firstWord).filter((entry) => !/^(canonical_)?smiles$/i.test(entry.text)) };
}

const firstWord = ({ line, text }: Entry): Entry => ({ line, text: text.split(/\s/)[0]! });

/** Rows that decide which column holds molecules where no head says it. */
const LOOKED_AT = 50;
/** So much of a row is shown in a message. */
const HEAD_LENGTH = 200;

/** The column whose head is or contains "smiles", else the one in which RDKit reads most molecules. */
function csvEntries(rdkit: RDKit, text: string, file: string): { entries: Entry[]; column: string } {
  const rows = readCsv(text);
  const names = rows[0]?.cells.map((name) => name.toLowerCase()) ?? [];
  const exact = names.indexOf("smiles");
  const named = exact >= 0 ? exact : names.findIndex((name) => name.includes("smiles"));
  const column = named >= 0 ? named : moleculeColumn(rdkit, rows.slice(0, LOOKED_AT), file);
  const molecules = named >= 0 ? rows.slice(1) : rows;
  return {
    entries: molecules.map(({ line, cells }) => ({ line, text: cells[column] ?? "" })),
    column: named >= 0 ? rows[0]!.cells[column]! : String(column + 1),
  };
}

function moleculeColumn(rdkit: RDKit, rows: readonly CsvRow[], file: string): number {
  const columns = rows[0]?.cells ?? [];
  if (columns.length < 2) return 0;
  const found = columns.map((_, column) => rows.filter((row) => isMolecule(rdkit, row.cells[column])).length);
  const most = Math.max(...found);
  if (most === 0)
    throw new DomainError(
      "invalid-input",
      `${file}: expected a column of SMILES, best with "smiles" in its head, got none in the first ${rows.length} rows; the first is: ${columns.join(" | ").slice(0, HEAD_LENGTH)}.`,
      { columns },
    );
  return found.indexOf(most);
}

function isMolecule(rdkit: RDKit, text = ""): boolean {
  const parsed = parseSmiles(rdkit, text);
  if (isInvalid(parsed)) return false;
  parsed[Symbol.dispose]();
  return true;
}

function standardiseRecord(rdkit: RDKit, record: string): Standardised {
  const end = /^M {2}END.*$/m.exec(record);
  if (!end) return { outcome: "dropped", reason: "no molecule in the record (M  END is missing)" };
  using mol = rdkit.get_mol(`${record.slice(0, end.index)}M  END\n`);
  return mol ? standardise(rdkit, mol) : { outcome: "dropped", reason: "not a molecule that RDKit accepts" };
}
