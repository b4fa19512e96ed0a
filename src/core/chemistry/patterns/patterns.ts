/** Compiled SMARTS that are matched in sets, with a fingerprint that rules most of them out beforehand. */
import { DomainError } from "#shared/errors.ts";
import { type Mol, type RDKit, withReason } from "../toolkit/rdkit.ts";
import { screenSmarts } from "./plain-smarts.ts";

export interface Pattern {
  readonly query: Mol;
  /** Bits that every molecule with a match has (RDKit pattern fingerprint of the plain query). */
  readonly bits: Uint32Array;
}

export const NO_MATCH = "{}";

const PATTERN_WORDS = 64;

/** @throws DomainError invalid-input for a SMARTS that RDKit cannot read. The caller frees `query`. */
export function compilePattern(rdkit: RDKit, smarts: string): Pattern {
  const parsed = withReason(rdkit, () => rdkit.get_qmol(smarts));
  if ("reason" in parsed) {
    throw new DomainError("invalid-input", `Expected a SMARTS pattern, got "${smarts}": ${parsed.reason}.`, {
      smarts,
    });
  }
  return { query: parsed.value, bits: screenBits(rdkit, smarts) };
}

/** Bits that every molecule with a match has; none where that is not known. */
function screenBits(rdkit: RDKit, smarts: string): Uint32Array {
  const screen = screenSmarts(smarts);
  const parsed = screen === undefined ? undefined : withReason(rdkit, () => rdkit.get_qmol(screen));
  if (!parsed || "reason" in parsed) return new Uint32Array(PATTERN_WORDS);
  using plain = parsed.value;
  return patternBits(plain);
}

/** Pattern fingerprint of a molecule or query as 64 words. */
export function patternBits(mol: Mol): Uint32Array {
  const bytes = mol.get_pattern_fp_as_uint8array() as Uint8Array;
  return new Uint32Array(bytes.slice().buffer);
}

/** True where the molecule contains the pattern; `bits` are the molecule's. */
export function matches(mol: Mol, bits: Uint32Array, pattern: Pattern): boolean {
  return isSubset(pattern.bits, bits) && mol.get_substruct_match(pattern.query) !== NO_MATCH;
}

/** Number of distinct sets of atoms that match. */
export function countMatches(mol: Mol, bits: Uint32Array, pattern: Pattern): number {
  if (!isSubset(pattern.bits, bits)) return 0;
  const found = JSON.parse(mol.get_substruct_matches(pattern.query)) as unknown;
  return Array.isArray(found) ? found.length : 0;
}

/** True where every bit of `part` is also set in `whole`. */
export function isSubset(part: Uint32Array, whole: Uint32Array): boolean {
  for (let i = 0; i < part.length; i++) if ((part[i]! & ~whole[i]!) !== 0) return false;
  return true;
}
