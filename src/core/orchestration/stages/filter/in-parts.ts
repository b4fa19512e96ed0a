/** A chunk's verdicts by several threads, the same as if one had judged its molecules one after the other. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import { markedKey, moleculeKey } from "#shared/campaign/molecule-key.ts";
import type { FilterInput } from "../../dispatch/tasks.ts";

/** Molecules a thread judges at a time: some tenths of a second, and several parts of the smallest chunk. */
export const PART = 63;

/** Keys of accepted molecules by their InChIKey: molecules of one key have one InChIKey. */
export type KnownKeys = ReadonlyMap<string, readonly string[]>;

const inchiKeyOf = (verdict: FilterVerdict | undefined): string => verdict?.identity?.inchiKey ?? "";

/**
 * Parts are judged beside each other, as if nothing were known; a molecule whose InChIKey was accepted before is then judged anew with
 * the keys of that InChIKey alone, so that what is sent does not grow with the campaign.
 *
 * @param known what the campaign accepted before the chunk
 * @param judge one part's verdicts, in its order
 */
export async function judgeInParts(
  { molecules, ...asked }: Omit<FilterInput, "known">,
  judge: (part: FilterInput) => Promise<FilterVerdict[]>,
  { known, size = PART }: { known: KnownKeys; size?: number },
): Promise<FilterVerdict[]> {
  const parts = Array.from({ length: Math.ceil(molecules.length / size) }, (_, i) =>
    molecules.slice(i * size, (i + 1) * size),
  );
  const judged = await Promise.all(parts.map((part) => judge({ molecules: part, ...asked, known: [] })));
  const accepted = new Map<string, string[]>();
  const keysOf = (inchiKey: string) => [...(known.get(inchiKey) ?? []), ...(accepted.get(inchiKey) ?? [])];
  for (const [p, verdicts] of judged.entries()) {
    const again = [...verdicts.keys()].filter((i) => keysOf(inchiKeyOf(verdicts[i])).length > 0);
    // Each index is one of this part.
    const twins = again.map((i) => parts[p]![i]!);
    const keys = [...new Set(again.map((i) => inchiKeyOf(verdicts[i])))].flatMap(keysOf);
    const anew = twins.length === 0 ? [] : await judge({ molecules: twins, ...asked, known: keys });
    for (const [k, i] of again.entries()) verdicts[i] = anew[k]!;
    for (const [i, verdict] of verdicts.entries()) {
      if (verdict.outcome !== "accepted") continue;
      // Each verdict is of one of this part.
      const key = markedKey(
        moleculeKey(asked.settings, verdict.identity, verdict),
        parts[p]![i]!.smiles,
        asked,
      );
      const { inchiKey } = verdict.identity;
      accepted.set(inchiKey, [...(accepted.get(inchiKey) ?? []), key]);
    }
  }
  return judged.flat();
}
