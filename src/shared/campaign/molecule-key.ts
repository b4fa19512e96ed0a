/** When two candidates are the same molecule. */
import type { Sha256 } from "../ids.ts";
import { hasAtomMaps, marksBond } from "../molecule/marked-bond.ts";
import { CLOSED_SHELL, type Electrons, type MoleculeIdentity } from "../molecule/molecule.ts";
import type { FilterSettings } from "./campaign.ts";
import type { CandidateRow } from "./candidate.ts";

/** What tells a molecule from others of the same structure. */
export interface Species {
  /** Absent for a neutral closed shell. */
  electrons?: Electrons;
  /** SHA-256 of the molblock that is taken as its geometry; absent: one is made. */
  coordinates?: Sha256;
}

/**
 * What a molecule is told from others by: its InChIKey, which tautomers share; where ions, radicals and tautomers are molecules of
 * their own, its canonical SMILES, its electrons and the geometry that it was given.
 */
export function moleculeKey(
  { species }: Pick<FilterSettings, "species">,
  { canonicalSmiles, inchiKey }: MoleculeIdentity,
  { electrons = CLOSED_SHELL, coordinates }: Species,
): string {
  if (species !== "any") return inchiKey;
  return JSON.stringify([canonicalSmiles, electrons.charge, electrons.multiplicity, coordinates ?? null]);
}

/** Whether marks are read in a campaign: those of takesMarks. */
export interface Marks {
  /** Absent: no property asks for a marked bond, and atom maps that mark none say nothing. */
  takesMarks?: boolean;
}

/** A key with the bond that a proposal marks: the same molecule with another one is another candidate. */
export const markedKey = (key: string, smiles: string, { takesMarks = false }: Marks): string =>
  (takesMarks ? hasAtomMaps : marksBond)(smiles) ? `${key} ${smiles}` : key;

export const isDuplicate = ({ rejection }: Pick<CandidateRow, "rejection">): boolean =>
  rejection?.rule === "duplicate";

/** Of each duplicate the candidate that is computed in its place. @param rows all of a campaign */
export function firstOfEach(
  settings: Pick<FilterSettings, "species">,
  rows: readonly CandidateRow[],
  marks: Marks,
): ReadonlyMap<CandidateRow, CandidateRow> {
  const firsts = new Map<string, CandidateRow>();
  const found = new Map<CandidateRow, CandidateRow>();
  for (const row of rows) {
    if (row.identity === null || (row.rejection !== null && !isDuplicate(row))) continue;
    const key = markedKey(moleculeKey(settings, row.identity, row), row.proposal.smiles, marks);
    const first = firsts.get(key);
    if (isDuplicate(row) && first) found.set(row, first);
    else if (!first) firsts.set(key, row);
  }
  return found;
}
