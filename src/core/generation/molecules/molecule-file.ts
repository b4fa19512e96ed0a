/** A file of molecules as text, and which format it is. */
import { gunzipSync } from "node:zlib";
import { DomainError, messageOf } from "#shared/errors.ts";
import type { ReadingReport } from "#shared/model/training.ts";
import { decodeText } from "#shared/molecule/decode-text.ts";
import { SEPARATORS } from "./read-csv.ts";

type MoleculeFormat = ReadingReport["format"];

/** Some hundred thousand molecules as SDF. */
const MAX_UNPACKED_BYTES = 2 ** 28;

/** Characters that hold comments, a head and a line. */
const HEAD_LENGTH = 100_000;

function unpacked(name: string, file: Uint8Array): Uint8Array {
  if (file[0] !== 0x1f || file[1] !== 0x8b) return file;
  try {
    return gunzipSync(file, { maxOutputLength: MAX_UNPACKED_BYTES });
  } catch (error) {
    throw new DomainError(
      "invalid-input",
      `${name}: expected a whole gzip file of at most ${MAX_UNPACKED_BYTES / 2 ** 20} MiB unpacked, got ${messageOf(error)}.`,
      { name },
    );
  }
}

/** A file's text, with LF at the end of lines; unpacked where gzip packed it. @throws DomainError invalid-input */
export function fileText(name: string, file: Uint8Array): { text: string; encoding: string } {
  const { text, encoding } = decodeText(unpacked(name, file));
  return { text: text.replace(/\r\n?/g, "\n"), encoding };
}

/** The first lines that hold something and are no comments. */
export const firstLines = (text: string): string[] =>
  text
    .slice(0, HEAD_LENGTH)
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"));

/** Whether a head that names SMILES and the line below it have the same character between their cells. */
function isTable(text: string): boolean {
  const [head = "", row = ""] = firstLines(text);
  return (
    /smiles/i.test(head) && SEPARATORS.some((between) => head.includes(between) && row.includes(between))
  );
}

/** Text formats that hold no lines of SMILES but whose lines may look like them. */
const OTHER_FORMATS: readonly (readonly [RegExp, string])[] = [
  [/^@<TRIPOS>MOLECULE/m, "MOL2"],
  [/^\s*(?:HEADER|COMPND|REMARK|CRYST1|MODEL|HETATM|ATOM) {2,}\S/, "PDB"],
  [/^(?:loop_[ \t]*$|_(?:cell|atom_site|symmetry)[_.])/m, "CIF"],
  [/^\s*<datawarrior-fileinfo>/, "DataWarrior's own"],
  [/^\s*<(?:\?xml|!doctype|html|cml|cdxml|molecule)\b/i, "XML or HTML"],
  [/^\s*(?:\{\s*"|\[\s*[[{"])/, "JSON"],
  [/^\s*(?:%PDF-|\{\\rtf)/, "a printed document's"],
];

/**
 * By the ending of its name, else by its content.
 *
 * @throws DomainError invalid-input for binary data, an empty file and other formats
 */
export function formatOf(fileName: string, text: string): MoleculeFormat {
  const name = fileName.replace(/\.gz$/i, "");
  if (text.trim() === "")
    throw new DomainError("invalid-input", `${name}: expected SMILES, CSV or SDF, got an empty file.`, {
      name,
    });
  if (text.includes("\0"))
    throw new DomainError(
      "invalid-input",
      `${name}: expected a text file with SMILES, CSV or SDF, got binary data.`,
      { name },
    );
  const other = OTHER_FORMATS.find(([pattern]) => pattern.test(text.slice(0, HEAD_LENGTH)));
  if (other)
    throw new DomainError(
      "invalid-input",
      `${name}: expected SMILES, CSV or SDF, got another format: ${other[1]}. Write it as SDF.`,
      { name },
    );
  const ending = /\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (["sdf", "sd", "mol"].includes(ending)) return "sdf";
  if (["csv", "tsv", "tab"].includes(ending)) return "csv";
  if (["smi", "smiles"].includes(ending)) return isTable(text) ? "csv" : "smiles";
  if (/^M +END/m.test(text)) return "sdf";
  return /^[^\n]*smiles[^\n]*[,;\t]|^[^\n]*[,;\t][^\n]*smiles/i.test(text) ? "csv" : "smiles";
}
