/** Rows of an XYZ file: each frame is a molecule, whose bonds are found from where its atoms are. */
import { perceiveBonds } from "#core/chemistry/shape/perceive-bonds.ts";
import type { RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import type { LibraryReading } from "#shared/campaign/library.ts";
import { DomainError } from "#shared/errors.ts";
import { readEachXyz, type XyzFrame } from "#shared/molecule/xyz.ts";
import { type FileRow, type FileRows, type FileText, namedColumns, refuseColumn } from "./rows.ts";

const stem = (file: string): string =>
  file
    .replace(/^.*[/\\]/, "")
    .replace(/\.gz$/i, "")
    .replace(/\.\w+$/, "");

function structure(
  rdkit: RDKit,
  { geometry, ghosts, charge = 0, multiplicity }: XyzFrame,
  { coordinates }: LibraryReading,
): Pick<FileRow, "smiles" | "molblock" | "problem"> {
  if (ghosts.length > 0) return { smiles: "", problem: `${ghosts.length} of its atoms are ghosts` };
  const found = perceiveBonds(rdkit, geometry, { charge, multiplicity });
  if ("reason" in found) return { smiles: "", problem: found.reason };
  return coordinates === undefined ? { smiles: found.smiles } : found;
}

const NO_COLUMNS =
  "an XYZ file has none. Write charge=-1 multiplicity=2 into a frame's comment, or call the column of the other files charge, multiplicity, name or smiles.";

const MAX_NOTES = 10;

/** What was noted of the frames, each once. */
function notesOf(frames: readonly XyzFrame[]): string[] {
  const found = Map.groupBy(
    frames.flatMap(({ notes }) => notes),
    (note) => note,
  );
  return [...found]
    .slice(0, MAX_NOTES)
    .map(([note, { length }]) =>
      frames.length === 1 ? note : `${length} of ${frames.length} frames: ${note}`,
    );
}

export function xyzRows({ rdkit, name: file, text, reading }: FileText): FileRows {
  refuseColumn(file, Object.entries(namedColumns(reading))[0], NO_COLUMNS);
  const found = readEachXyz(text);
  const frames = found.filter((each): each is XyzFrame => !(each instanceof DomainError));
  // Of a file without any frame the first fault is the file's.
  if (frames.length === 0) throw found[0]!;
  function* rows(): Generator<FileRow> {
    for (const [i, frame] of found.entries()) {
      const place = { line: i + 1, name: found.length === 1 ? stem(file) : `${stem(file)} ${i + 1}` };
      if (frame instanceof DomainError) {
        yield { ...place, data: {}, smiles: "", problem: frame.message };
        continue;
      }
      const { charge, multiplicity, comment } = frame;
      yield {
        ...place,
        data: comment === "" ? {} : { comment },
        ...structure(rdkit, frame, reading),
        ...(charge !== undefined && { charge }),
        ...(multiplicity !== undefined && { multiplicity }),
      };
    }
  }
  const notes = notesOf(frames);
  return {
    rows: rows(),
    comments: 0,
    smilesColumn: null,
    nameColumn: null,
    ...(notes.length > 0 && { notes }),
  };
}
