/** SMILES as a sequence of tokens: atoms, bonds, branches and ring labels. */
import { DomainError } from "#shared/errors.ts";

/** Ids of the marks that are no part of a SMILES string. */
export const PAD = 0;
export const BEGIN = 1;
export const END = 2;
export const SPECIAL_TOKENS = ["<pad>", "<bos>", "<eos>"] as const;

const TOKEN = /\[[^\]]+\]|Br|Cl|%\d\d|[BCNOSPFIbcnops]|[()=#\-+\\/:.~@?>*$]|\d/y;

/**
 * Splits a SMILES string into tokens: a bracket atom, a two-letter element and a two-digit ring label are one token each.
 * @returns the tokens, whose concatenation is the input
 * @throws DomainError invalid-input where a character begins no token
 */
export function tokenise(smiles: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < smiles.length) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(smiles)?.[0];
    if (token === undefined)
      throw new DomainError(
        "invalid-input",
        `Not a SMILES string: "${smiles}" has an unexpected character "${smiles[at]}" at position ${at + 1}.`,
        { smiles, position: at + 1 },
      );
    tokens.push(token);
  }
  return tokens;
}

export const isRingLabel = (token: string): boolean => /^(\d|%\d\d)$/.test(token);

/** The tokens a model knows; a token's id is its place in the list. */
export interface Vocabulary {
  readonly tokens: readonly string[];
  readonly size: number;
  /** Ids of a SMILES string without begin and end marks, or the first token the model does not know. */
  encode(smiles: string): { ids: Uint8Array } | { unknown: string };
  /** The SMILES string of ids without begin and end marks. */
  decode(ids: ArrayLike<number>): string;
}

/** Makes a vocabulary from its list of tokens, the three special ones first. */
export function createVocabulary(tokens: readonly string[]): Vocabulary {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  return {
    tokens,
    size: tokens.length,
    encode(smiles) {
      const words = tokenise(smiles);
      const unknown = words.find((word) => !ids.has(word));
      if (unknown !== undefined) return { unknown };
      // All words are known.
      return { ids: Uint8Array.from(words, (word) => ids.get(word)!) };
    },
    decode: (sequence) => Array.from(sequence, (id) => tokens[id] ?? "").join(""),
  };
}
