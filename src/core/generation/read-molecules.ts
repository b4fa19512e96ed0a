/** Molecules from a person's file, with an account of what was used and what was not. */
import type { RDKit } from "#core/chemistry/rdkit.ts";
import { abortError, DomainError } from "#shared/errors.ts";
import type { ReadingReport } from "#shared/training.ts";
import { type Standardised, standardise, standardiseSmiles } from "./standardise.ts";

type MoleculeFormat = ReadingReport["format"];

const MAX_EXAMPLES = 20;
const EXAMPLE_LENGTH = 80;

/**
 * Reads SMILES (one a line, a name may follow), CSV (a column named smiles, or the first) or SDF, and standardises each molecule.
 * @param name file name; its ending decides the format, else the content does
 * @param isCancelled asked before each entry
 * @returns different canonical SMILES in the file's order, and the report
 * @throws DomainError invalid-input for binary data; AbortError
 */
export function readMolecules(
  rdkit: RDKit,
  file: Uint8Array,
  { name, isCancelled = () => false }: { name: string; isCancelled?: () => boolean },
): { smiles: string[]; report: ReadingReport } {
  const { text, encoding } = decode(file);
  const format = formatOf(name, text);
  const report: ReadingReport = {
    format,
    encoding,
    entries: 0,
    used: 0,
    duplicates: 0,
    saltsRemoved: 0,
    neutralised: 0,
    dropped: {},
    examples: [],
  };
  const found = new Set<string>();
  for (const { line, text: entry } of entriesOf(text, format)) {
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

/** UTF-16 by its mark, else UTF-8, else Windows-1252, in which every byte is a character. */
function decode(file: Uint8Array): { text: string; encoding: string } {
  const marks = [
    ["utf-16le", 0xff, 0xfe],
    ["utf-16be", 0xfe, 0xff],
  ] as const;
  for (const [encoding, first, second] of marks)
    if (file[0] === first && file[1] === second)
      return { text: new TextDecoder(encoding).decode(file), encoding };
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

function entriesOf(text: string, format: MoleculeFormat): Entry[] {
  if (format === "sdf")
    return text
      .split(/^\$\$\$\$.*$/m)
      .map((record, i) => ({ line: i + 1, text: i === 0 ? record : record.replace(/^\r?\n/, "") }))
      .filter((record) => record.text.trim() !== "");
  const lines = text.split(/\r\n|\n|\r/).map((line, i) => ({ line: i + 1, text: line.trim() }));
  const filled = lines.filter((line) => line.text !== "" && !line.text.startsWith("#"));
  return format === "csv"
    ? csvEntries(filled)
    : filled.map(firstWord).filter((entry) => !/^(canonical_)?smiles$/i.test(entry.text));
}

const firstWord = ({ line, text }: Entry): Entry => ({ line, text: text.split(/\s/)[0]! });

/** The column whose head is or contains "smiles", else the first; the separator is the first comma, semicolon or tabulator of the first line. */
function csvEntries(lines: readonly Entry[]): Entry[] {
  const head = lines[0]?.text ?? "";

  const separator = /[,;\t]/.exec(head)?.[0] ?? ",";
  const names = cells(head, separator).map((name) => name.toLowerCase());
  const exact = names.indexOf("smiles");
  const column = exact >= 0 ? exact : names.findIndex((name) => name.includes("smiles"));
  const rows = column >= 0 ? lines.slice(1) : lines;
  return rows.map(({ line, text }) => ({
    line,
    text: cells(text, separator)[Math.max(0, column)]?.trim() ?? "",
  }));
}

/** The cells of a line; quotes may enclose a separator, two quotes stand for one. */
function cells(line: string, separator: string): string[] {
  const result = [""];
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const character = line[i]!;
    const twoQuotes = character === '"' && quoted && line[i + 1] === '"';
    if (twoQuotes) i++;
    if (character === '"' && !twoQuotes) quoted = !quoted;
    else if (character === separator && !quoted) result.push("");
    else result.push(`${result.pop()}${character}`);
  }
  return result;
}

function standardiseRecord(rdkit: RDKit, record: string): Standardised {
  const end = /^M {2}END.*$/m.exec(record);
  if (!end) return { outcome: "dropped", reason: "no molecule in the record (M  END is missing)" };
  using mol = rdkit.get_mol(`${record.slice(0, end.index)}M  END\n`);
  return mol ? standardise(rdkit, mol) : { outcome: "dropped", reason: "not a molecule that RDKit accepts" };
}
