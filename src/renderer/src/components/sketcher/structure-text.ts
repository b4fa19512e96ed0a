/** What is drawn, as text, and text as what is drawn: SMILES of a molecule, SMARTS of a query. */
import { Molecule, SmilesParser } from "openchemlib";
import { messageOf } from "#shared/errors.ts";

/** A whole molecule, or a part that others are asked to have. */
export type SketchKind = "molecule" | "query";

export type SketchReading =
  | {
      outcome: "drawn";
      structure: Molecule;
      /** What of the text the drawing cannot show; empty: nothing. */
      leftOut: string;
    }
  | { outcome: "unreadable"; reason: string };

/** Nothing drawn yet. */
export function emptySketch(kind: SketchKind): Molecule {
  const structure = new Molecule(0, 0);
  structure.setFragment(kind === "query");
  return structure;
}

/** OpenChemLib begins its messages with the names of the classes that they come from. */
const reasonOf = (error: unknown): string => messageOf(error).replace(/^Class\$\w+: SmilesParser: /, "");

/** Lays out the structure that a text means. Cost: some milliseconds for a drug. */
export function drawnOf(text: string, kind: SketchKind): SketchReading {
  const trimmed = text.trim();
  if (trimmed === "") return { outcome: "drawn", structure: emptySketch(kind), leftOut: "" };
  if (/\s/.test(trimmed))
    return { outcome: "unreadable", reason: "expected one structure, got several words" };
  const isQuery = kind === "query";
  try {
    const parser = new SmilesParser({
      smartsMode: isQuery ? "smarts" : "smiles",
      createSmartsWarnings: isQuery,
    });
    const structure = parser.parseMolecule(trimmed);
    structure.setFragment(isQuery);
    return { outcome: "drawn", structure, leftOut: isQuery ? parser.getSmartsWarning().trim() : "" };
  } catch (error) {
    return { outcome: "unreadable", reason: reasonOf(error) };
  }
}

/**
 * The text of what is drawn. A molecule's double bonds are written out: programs agree on those, not on what is aromatic.
 */
export function textOf(structure: Molecule, kind: SketchKind): string {
  if (structure.getAllAtoms() === 0) return "";
  if (kind === "molecule") return structure.toIsomericSmiles({ kekulizedOutput: true });
  return structure.toIsomericSmiles({ createSmarts: true });
}
