/** A chunk's verdicts by several threads, the same as if one had judged its molecules one after the other. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import { markedKey, moleculeKey } from "#shared/campaign/molecule-key.ts";
import type { FilterInput } from "../../dispatch/tasks.ts";

/** Molecules a thread judges at a time: some tenths of a second, and several parts of the smallest chunk. */
export const PART = 63;

/** Keys of accepted molecules by their InChIKey: molecules of one key have one InChIKey. */
export type KnownKeys = ReadonlyMap<string, readonly string[]>;

const inchiKeyOf = (verdict: FilterVerdict | undefined): string => verdict?.identity?.inchiKey ?? "";

/** What is asked of each molecule. */
export type Question = Omit<FilterInput, "molecules" | "known">;
type Judge = (part: FilterInput) => Promise<FilterVerdict[]>;

/** Molecules next to each other, with the verdicts on them as if no others were known. */
export interface Part {
  molecules: FilterInput["molecules"];
  verdicts: Promise<FilterVerdict[]>;
}

/** Begins to judge a chunk's parts beside each other. @param judge one part's verdicts, in its order */
export function beginParts(
  { molecules, ...asked }: Question & Pick<FilterInput, "molecules">,
  judge: Judge,
  size = PART,
): Part[] {
  return Array.from({ length: Math.ceil(molecules.length / size) }, (_, i) => {
    const part = molecules.slice(i * size, (i + 1) * size);
    const verdicts = judge({ molecules: part, ...asked, known: [] });
    // Whoever waits for a chunk hears of the first part that fails.
    verdicts.catch(() => {});
    return { molecules: part, verdicts };
  });
}

/**
 * A molecule whose InChIKey was accepted before its part is judged anew with the keys of that InChIKey alone, so that what is sent does
 * not grow with the campaign.
 *
 * @param known what the campaign accepted before the chunk
 */
export async function judgeInParts(
  parts: readonly Part[],
  asked: Question,
  { judge, known }: { judge: Judge; known: KnownKeys },
): Promise<FilterVerdict[]> {
  const judged = await Promise.all(parts.map(({ verdicts }) => verdicts));
  const accepted = new Map<string, string[]>();
  const keysOf = (inchiKey: string) => [...(known.get(inchiKey) ?? []), ...(accepted.get(inchiKey) ?? [])];
  for (const [p, { molecules }] of parts.entries()) {
    const verdicts = judged[p]!;
    const again = [...verdicts.keys()].filter((i) => keysOf(inchiKeyOf(verdicts[i])).length > 0);
    // Each index is one of this part.
    const twins = again.map((i) => molecules[i]!);
    const keys = [...new Set(again.map((i) => inchiKeyOf(verdicts[i])))].flatMap(keysOf);
    const anew = twins.length === 0 ? [] : await judge({ molecules: twins, ...asked, known: keys });
    for (const [k, i] of again.entries()) verdicts[i] = anew[k]!;
    for (const [i, verdict] of verdicts.entries()) {
      if (verdict.outcome !== "accepted") continue;
      // Each verdict is of one of this part.
      const key = markedKey(
        moleculeKey(asked.settings, verdict.identity, verdict),
        molecules[i]!.smiles,
        asked,
      );
      const { inchiKey } = verdict.identity;
      accepted.set(inchiKey, [...(accepted.get(inchiKey) ?? []), key]);
    }
  }
  return judged.flat();
}
