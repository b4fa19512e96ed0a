/** Asking which molecules contain a substructure. */
import { compilePattern, isSubset, NO_MATCH, patternBits } from "./patterns.ts";
import { isInvalid, parseSmiles, type RDKit } from "./rdkit.ts";

export interface SubstructureQuery extends Disposable {
  /** Pattern fingerprint of the query: a molecule that contains it has all these bits. */
  readonly pattern: Uint8Array;
  /**
   * Whether the molecule contains the query; false for an invalid SMILES. About 0.2 ms, nearly all of it parsing.
   *
   * @param options.screened the molecule's fingerprint is known to have all bits of the pattern: it is not made again
   */
  isIn(smiles: string, options?: { screened?: boolean }): boolean;
}

/**
 * Compiles a query; a SMILES is a SMARTS too, aromatic atoms in lower case. Stereo in the query is asked for.
 *
 * @throws DomainError invalid-input for a SMARTS that cannot be read.
 */
export function substructureQuery(rdkit: RDKit, smarts: string): SubstructureQuery {
  const { query, bits } = compilePattern(rdkit, smarts);
  const options = JSON.stringify({ useChirality: true });
  return {
    pattern: new Uint8Array(bits.buffer),
    isIn(smiles, { screened = false } = {}) {
      const parsed = parseSmiles(rdkit, smiles);
      if (isInvalid(parsed)) return false;
      using mol = parsed;
      return (
        (screened || isSubset(bits, patternBits(mol))) && mol.get_substruct_match(query, options) !== NO_MATCH
      );
    },
    [Symbol.dispose]: () => query.delete(),
  };
}
