/** What a person gives to be computed: a SMILES, frames of an XYZ file, a molfile, or another program's Hamiltonian. */
import { messageOf } from "#shared/errors.ts";
import type { Isotope } from "#shared/molecule/isotopes.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { isMolfile, readMolfile } from "#shared/molecule/molfile.ts";
import { formatXyz, readXyz } from "#shared/molecule/xyz.ts";

export interface Frame {
  geometry: Geometry;
  /** As the file says; null where it does not. */
  charge: number | null;
  multiplicity: number | null;
  ghosts: readonly number[];
  /** Of atoms that the file labels with theirs. */
  isotopes?: readonly Isotope[];
}

export type GivenMolecule =
  | { kind: "nothing" }
  | { kind: "unreadable"; problem: string }
  | { kind: "smiles"; smiles: string }
  /** `file`: what the command line reads in its place. */
  | {
      kind: "frames";
      frames: readonly Frame[];
      notes: readonly string[];
      file: { name: string; text: string };
    }
  | { kind: "hamiltonian"; fcidump: string; file: { name: string; text: string } };

const named = (fileName: string | null, ending: string): string => {
  const stem = fileName?.replace(/\.[^.]*$/, "") || "molecule";
  return fileName?.toLowerCase().endsWith(ending) ? fileName : `${stem}${ending}`;
};

function readFrames(text: string, fileName: string | null): GivenMolecule {
  const frames = readXyz(text);
  return {
    kind: "frames",
    frames: frames.map(({ geometry, charge = null, multiplicity = null, ghosts, isotopes }) => ({
      geometry,
      charge,
      multiplicity,
      ghosts,
      ...(isotopes.length > 0 && { isotopes }),
    })),
    notes: [...new Set(frames.flatMap(({ notes }) => notes))],
    file: { name: named(fileName, ".xyz"), text },
  };
}

function readAtoms(text: string, fileName: string | null): GivenMolecule {
  const { geometry, charge, unpairedElectrons, name } = readMolfile(text);
  const multiplicity = unpairedElectrons + 1;
  return {
    kind: "frames",
    frames: [{ geometry, charge, multiplicity, ghosts: [] }],
    notes: [],
    file: { name: named(fileName, ".xyz"), text: formatXyz(geometry, name, { charge, multiplicity }) },
  };
}

/** Tells by the text itself what it is; a file's name only names what is saved. */
export function readGiven(text: string, fileName: string | null): GivenMolecule {
  const trimmed = text.trim();
  if (trimmed === "") return { kind: "nothing" };
  try {
    if (/^\s*&FCI/i.test(text))
      return { kind: "hamiltonian", fcidump: text, file: { name: named(fileName, ".fcidump"), text } };
    if (isMolfile(text)) return readAtoms(text, fileName);
    if (/^\d+\s*$/.test(trimmed.split(/\r?\n/, 1)[0] ?? "")) return readFrames(text, fileName);
  } catch (error) {
    return { kind: "unreadable", problem: messageOf(error) };
  }
  if (/\s/.test(trimmed))
    return {
      kind: "unreadable",
      problem:
        "Expected one SMILES, an XYZ file (the number of atoms, a comment, then a line for each), a molfile or an FCIDUMP; got several words.",
    };
  return { kind: "smiles", smiles: trimmed };
}
