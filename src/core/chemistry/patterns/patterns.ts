/** Compiled SMARTS that are matched in sets, with a fingerprint that rules most of them out beforehand. */
import { DomainError } from "#shared/errors.ts";
import { type Mol, type RDKit, withReason } from "../toolkit/rdkit.ts";
import type { PlainMolecule } from "./plain-molecule.ts";
import { screenSmarts } from "./plain-smarts.ts";
import { countMatchedAtoms, matchesAnywhere, readSmarts, type Smarts } from "./smarts.ts";

export interface Pattern {
  readonly query: Mol;
  /** Bits that every molecule with a match has (RDKit pattern fingerprint of the plain query). */
  readonly bits: Uint32Array;
  /** The same for plain molecules, which are looked at here; undefined where only RDKit reads it. */
  readonly own: Smarts | undefined;
}

/** A molecule that patterns are looked for in. */
export interface Searched {
  mol: Mol;
  /** Its pattern fingerprint. */
  bits: Uint32Array;
  /** Undefined where it is not plain. */
  plain: PlainMolecule | undefined;
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
  return { query: parsed.value, bits: screenBits(rdkit, smarts), own: readSmarts(smarts) };
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

/** True where the molecule contains the pattern. */
export function matches({ mol, bits, plain }: Searched, pattern: Pattern): boolean {
  if (!isSubset(pattern.bits, bits)) return false;
  if (plain && pattern.own) return matchesAnywhere(pattern.own, plain);
  return mol.get_substruct_match(pattern.query) !== NO_MATCH;
}

/** Atoms that match a pattern of one atom. */
export function countAtoms({ mol, bits, plain }: Searched, pattern: Pattern): number {
  if (!isSubset(pattern.bits, bits)) return 0;
  if (plain && pattern.own) return countMatchedAtoms(pattern.own, plain);
  const found = JSON.parse(mol.get_substruct_matches(pattern.query)) as unknown;
  return Array.isArray(found) ? found.length : 0;
}

/** True where every bit of `part` is also set in `whole`. */
export function isSubset(part: Uint32Array, whole: Uint32Array): boolean {
  for (let i = 0; i < part.length; i++) if ((part[i]! & ~whole[i]!) !== 0) return false;
  return true;
}
