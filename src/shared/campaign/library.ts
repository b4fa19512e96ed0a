/** A person's molecules: how files are read, and what was found in them. */
import { z } from "zod";
import { CampaignId, Sha256 } from "../ids.ts";
import { CandidateView } from "./candidate-page.ts";
import { SearchQuery } from "./search.ts";

/** Of one file; some hundred thousand molecules as SDF. */
export const MAX_LIBRARY_BYTES = 256 * 1024 * 1024;

/** Of a row with its tautomers. */
export const MOST_ROW_FORMS = 20;

/** Beside the usual names of columns, which are found by themselves. */
export const LibraryReading = z.strictObject({
  smilesColumn: z.string().min(1).exactOptional(),
  nameColumn: z.string().min(1).exactOptional(),
  chargeColumn: z.string().min(1).exactOptional(),
  multiplicityColumn: z.string().min(1).exactOptional(),
  /** Geometries are those of the file, where it has any; left out, they are made anew. */
  coordinates: z.literal("as-given").exactOptional(),
  /** So many forms of each row at most: its likeliest tautomers are rows of their own, after all that were given; absent: as given alone. */
  tautomers: z.number().int().min(2).max(MOST_ROW_FORMS).exactOptional(),
});
export type LibraryReading = z.infer<typeof LibraryReading>;

/** Candidates of this notebook, taken as rows: of a campaign, best first, or found by a search. */
export const NotebookRows = z.union([
  z.strictObject({
    campaign: CampaignId,
    view: CandidateView.default("all"),
    /** How many at most; all, unless told. */
    count: z.number().int().min(1).exactOptional(),
  }),
  z.strictObject({ search: SearchQuery }),
]);
export type NotebookRows = z.infer<typeof NotebookRows>;

export const LibraryFormat = z.enum(["smiles", "csv", "sdf", "xyz", "notebook"]);
export type LibraryFormat = z.infer<typeof LibraryFormat>;

/** What was found in a file, or among the candidates of this notebook. */
export const LibraryFile = z.strictObject({
  name: z.string(),
  bytes: z.number().int(),
  /** Of the file's bytes, as they were. */
  sha256: Sha256,
  format: LibraryFormat,
  /** Of the format notebook: which candidates. */
  taken: NotebookRows.exactOptional(),
  encoding: z.string(),
  rows: z.number().int(),
  /** Lines that begin with # and are no rows. */
  comments: z.number().int(),
  /** The columns that were read as such; null where there is none. */
  smilesColumn: z.string().nullable(),
  nameColumn: z.string().nullable(),
  /** What a person should know of how it was read; each a sentence. */
  notes: z.array(z.string()).exactOptional(),
});
export type LibraryFile = z.infer<typeof LibraryFile>;

/** A row as it is kept. */
export const LibraryRow = z.strictObject({
  /** Which of the files, from 0. */
  file: z.number().int(),
  /** Where it begins in its file, from 1; for SDF and XYZ the number of the record. */
  line: z.number().int(),
  name: z.string().nullable(),
  /** As given; of SDF and XYZ, what the atoms and bonds are. Empty where there is a problem. */
  smiles: z.string(),
  /** Cells by the head of their column, as they are. */
  data: z.record(z.string(), z.string()),
  charge: z.number().int().exactOptional(),
  multiplicity: z.number().int().exactOptional(),
  /** Atoms in space, all hydrogens among them. */
  molblock: z.string().exactOptional(),
  /** Which form of another row this is: 2 and on; absent: as given. */
  tautomer: z.number().int().min(2).exactOptional(),
  /** Why the row holds no molecule. */
  problem: z.string().exactOptional(),
});
export type LibraryRow = z.infer<typeof LibraryRow>;

/** A library, read and not yet part of a notebook. */
export const LibrarySummary = z.strictObject({
  /** Names the library in a campaign's settings. */
  hash: Sha256,
  /** "amines.csv and 2 more". */
  name: z.string(),
  files: z.array(LibraryFile),
  reading: LibraryReading,
  rows: z.number().int(),
  /** Heads of the data columns, in order of their first appearance. */
  columns: z.array(z.string()),
  /** Numbers of rows that hold no molecule, by reason. */
  problems: z.record(z.string(), z.number().int()),
  /** The first rows, and after them the first that hold none, of each reason, each with its number from 1. */
  sample: z.array(LibraryRow.extend({ row: z.number().int() })),
});
export type LibrarySummary = z.infer<typeof LibrarySummary>;

/** What the filter would say of the first rows of a library. */
export const LibraryPreview = z.strictObject({
  /** Rows that were looked at, from the first. */
  looked: z.number().int(),
  accepted: z.number().int(),
  /** Numbers of rows left out, by rule. */
  rejected: z.record(z.string(), z.number().int()),
  /** The first of them. */
  examples: z.array(
    z.strictObject({
      row: z.number().int(),
      name: z.string().nullable(),
      smiles: z.string(),
      rule: z.string(),
      detail: z.string(),
    }),
  ),
});
export type LibraryPreview = z.infer<typeof LibraryPreview>;

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** So many rows of each reason are in a summary's sample, and named. */
export const NAMED_ROWS = 3;
const LONGEST_SAID = 120;

/** Reasons are counted by what stands before the first colon. */
export const reasonKind = (problem: string): string => problem.split(":", 1)[0] ?? "";

/** 'row 3 (line 4): expected a whole number, got "x"' for the first rows of a reason, and that there are more. */
function rowsNamed(kind: string, count: number, sample: LibrarySummary["sample"]): string {
  const shown = sample.filter(({ problem }) => problem !== undefined && reasonKind(problem) === kind);
  const named = shown.slice(0, NAMED_ROWS).map(({ row, name, problem = "" }) => {
    const who = name === null ? "" : ` "${name.slice(0, LONGEST_SAID)}"`;
    return `row ${row}${who}${problem.slice(kind.length, kind.length + LONGEST_SAID)}`;
  });
  const more = count - named.length;
  return [...named, ...(more > 0 && named.length > 0 ? [`${more} more`] : [])].join("; ");
}

/** What was read of each file, and why rows hold no molecule: a sentence each. */
export function libraryNotes({ files, problems, sample }: LibrarySummary): string[] {
  const ofFile = ({ name, rows, format, encoding, comments, smilesColumn, nameColumn }: LibraryFile) =>
    [
      format === "notebook"
        ? `${name}: ${plural(rows, "candidate")}`
        : `${name}: ${plural(rows, "row")} of ${format.toUpperCase()} (${encoding})`,
      smilesColumn !== null && `SMILES in column ${smilesColumn}`,
      nameColumn !== null && `names in column ${nameColumn}`,
      comments > 0 && plural(comments, "comment"),
    ]
      .filter((text) => text !== false)
      .join(", ");
  return [
    ...files.flatMap((file) => [
      `${ofFile(file)}.`,
      ...(file.notes ?? []).map((note) => `${file.name}: ${note}`),
    ]),
    ...Object.entries(problems).map(([reason, count]) => {
      const rows = rowsNamed(reason, count, sample);
      return `No molecule in ${plural(count, "row")}: ${reason}${rows && ` (${rows})`}.`;
    }),
  ];
}
