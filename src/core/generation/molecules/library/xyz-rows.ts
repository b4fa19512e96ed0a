/** Rows of an XYZ file: each frame is a molecule, whose bonds are found from where its atoms are. */
import { perceiveBonds } from "#core/chemistry/shape/perceive-bonds.ts";
import type { RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import type { LibraryReading } from "#shared/campaign/library.ts";
import { readXyz, type XyzFrame } from "#shared/molecule/xyz.ts";
import type { FileRow, FileRows, FileText } from "./rows.ts";

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

export function xyzRows({ rdkit, name: file, text, reading }: FileText): FileRows {
  const frames = readXyz(text);
  function* rows(): Generator<FileRow> {
    for (const [i, frame] of frames.entries()) {
      const { charge, multiplicity } = frame;
      yield {
        line: i + 1,
        name: frames.length === 1 ? stem(file) : `${stem(file)} ${i + 1}`,
        data: {},
        ...structure(rdkit, frame, reading),
        ...(charge !== undefined && { charge }),
        ...(multiplicity !== undefined && { multiplicity }),
      };
    }
  }
  return { rows: rows(), comments: 0, smilesColumn: null, nameColumn: null };
}
