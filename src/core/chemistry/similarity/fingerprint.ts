/** Fingerprints of molecules as bytes, for a notebook to keep and a search to compare. */
import { type InvalidMolecule, isInvalid } from "../toolkit/notation.ts";
import { type Mol, parseSmiles, type RDKit } from "../toolkit/rdkit.ts";

export const FINGERPRINT_BYTES = 256;

const MORGAN = JSON.stringify({ radius: 2, nBits: 8 * FINGERPRINT_BYTES });
const PATTERN = JSON.stringify({ nBits: 8 * FINGERPRINT_BYTES });

export interface MoleculeFingerprints {
  /** Circular fingerprint of radius 2, 2048 bits (doi:10.1021/ci100050t): for similarity. */
  morgan: Uint8Array;
  /** RDKit pattern fingerprint, 2048 bits: a molecule that contains a query has all bits of the query. */
  pattern: Uint8Array;
}

export interface Fingerprints extends MoleculeFingerprints {
  outcome: "valid";
}

export function fingerprints(rdkit: RDKit, smiles: string): Fingerprints | InvalidMolecule {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return parsed;
  using mol = parsed;
  return {
    outcome: "valid",
    morgan: morganBytes(mol),
    pattern: copy(mol.get_pattern_fp_as_uint8array(PATTERN)),
  };
}

export const morganBytes = (mol: Mol): Uint8Array => copy(mol.get_morgan_fp_as_uint8array(MORGAN));

/** RDKit answers with a view into its own memory. */
const copy = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes);
