/** Molecules from a person's file, with an account of what was used and what was not. */
import { type RDKit, RdkitError } from "#core/chemistry/toolkit/rdkit.ts";
import { abortError } from "#shared/errors.ts";
import type { ReadingReport } from "#shared/model/training.ts";
import { fileText, formatOf } from "./molecule-file.ts";
import { readMoleculeLines } from "./molecule-lines.ts";
import { EMPTY_ROW, type Entry, readMoleculeTable } from "./molecule-table.ts";
import { readSdfRecord, sdfRecords } from "./read-sdf.ts";
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
 * @throws DomainError invalid-input for binary data, an empty file and a table without a column of molecules; AbortError
 */
export function readMolecules(
  rdkit: RDKit,
  file: Uint8Array,
  { name, isCancelled = () => false }: { name: string; isCancelled?: () => boolean },
): { smiles: string[]; report: ReadingReport } {
  const { text, encoding } = fileText(name, file);
  const format = formatOf(name, text);
  const { entries, column, comments } = tableOf(rdkit, text, { format, name });
  const report: ReadingReport = {
    format,
    encoding,
    ...(column !== undefined && { column }),
    ...(comments > 0 && { comments }),
    entries: 0,
    used: 0,
    duplicates: 0,
    saltsRemoved: 0,
    neutralised: 0,
    dropped: {},
    examples: [],
  };
  const found = new Set<string>();
  let stereoRemoved = 0;
  for (const entry of entries) {
    if (isCancelled()) throw abortError();
    // A set has no places that a row left empty would keep.
    if (entry.broken === EMPTY_ROW) continue;
    report.entries++;
    const result = read(rdkit, entry, format);
    if (result.outcome === "dropped") {
      const [kind = ""] = result.reason.split(":");
      report.dropped[kind] = (report.dropped[kind] ?? 0) + 1;
      if (report.examples.length < MAX_EXAMPLES)
        report.examples.push({
          line: entry.line,
          text: entry.text.slice(0, EXAMPLE_LENGTH),
          reason: result.reason,
        });
    } else if (found.has(result.smiles)) report.duplicates++;
    else {
      found.add(result.smiles);
      report.saltsRemoved += Number(result.saltRemoved);
      report.neutralised += Number(result.neutralised);
      stereoRemoved += Number(result.stereoRemoved);
    }
  }
  return { smiles: [...found], report: { ...report, used: found.size, stereoRemoved } };
}

function tableOf(
  rdkit: RDKit,
  text: string,
  { format, name }: { format: MoleculeFormat; name: string },
): { entries: Entry[]; column?: string; comments: number } {
  if (format === "csv") return readMoleculeTable(rdkit, text, name);
  if (format === "smiles") return readMoleculeLines(rdkit, text);
  return { entries: sdfRecords(text), comments: 0 };
}

/** RDKit may throw at any call for a molecule of a file: that one is dropped, not the file. */
function read(rdkit: RDKit, { text, broken }: Entry, format: MoleculeFormat): Standardised {
  if (broken !== undefined) return { outcome: "dropped", reason: broken };
  try {
    return format === "sdf" ? standardiseRecord(rdkit, text) : standardiseSmiles(rdkit, text);
  } catch (error) {
    if (!(error instanceof RdkitError)) throw error;
    return { outcome: "dropped", reason: `RDKit cannot work with it: ${error.message}` };
  }
}

function standardiseRecord(rdkit: RDKit, record: string): Standardised {
  const found = readSdfRecord(rdkit, record);
  if ("reason" in found) return { outcome: "dropped", reason: found.reason };
  using mol = found;
  if (mol.get_num_atoms() === 0) return { outcome: "dropped", reason: "no atoms" };
  return standardise(rdkit, mol);
}
