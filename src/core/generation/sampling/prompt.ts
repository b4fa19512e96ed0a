/** Templates that samples must follow: fixed tokens and the holes that the model fills. */
import { isRingLabel, type Vocabulary } from "../language/vocabulary.ts";

/**
 * One part of a template.
 * - token: written as it is
 * - hole: the model writes at least one token, until it would close the branch the hole began in or end the molecule; rings open
 *   before the hole stay open. The tokens of `then`, a fragment, are written at its end.
 * - rest: the model goes on freely to the end
 */
export type PromptItem =
  | { kind: "token"; token: number }
  | { kind: "hole"; then: readonly number[] }
  | { kind: "rest" };

export type PromptTemplate = readonly PromptItem[];

export const FREE: PromptTemplate = [{ kind: "rest" }];

/** Ring labels of a fragment changed so that none collides with a label that is open; undefined where the vocabulary has too few. */
export function relabelRings(
  tokens: readonly number[],
  vocabulary: Vocabulary,
  open: ReadonlySet<string>,
): number[] | undefined {
  const labels = vocabulary.tokens.filter((token) => /^\d$/.test(token) && !open.has(token));
  const renamed = new Map<string, string>();
  for (const token of tokens) {
    const text = vocabulary.tokens[token]!;
    if (!isRingLabel(text) || renamed.has(text)) continue;
    const label = labels.shift();
    if (label === undefined) return undefined;
    renamed.set(text, label);
  }
  return tokens.map((token) =>
    vocabulary.tokens.indexOf(renamed.get(vocabulary.tokens[token]!) ?? vocabulary.tokens[token]!),
  );
}
