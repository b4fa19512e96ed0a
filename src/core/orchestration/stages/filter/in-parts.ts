/** A chunk's verdicts by several threads, the same as if one had judged its molecules one after the other. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import { markedKey, moleculeKey } from "#shared/campaign/molecule-key.ts";
import type { FilterInput } from "../../dispatch/tasks.ts";

/** Molecules a thread judges at a time: some tenths of a second. */
export const PART = 250;

/**
 * Parts are judged beside each other; a molecule whose InChIKey an earlier part accepted is then judged anew, with the keys of what
 * the earlier parts accepted.
 *
 * @param judge one part's verdicts, in its order
 */
export async function judgeInParts(
  { molecules, settings, known }: FilterInput,
  judge: (part: FilterInput) => Promise<FilterVerdict[]>,
  size = PART,
): Promise<FilterVerdict[]> {
  const parts = Array.from({ length: Math.ceil(molecules.length / size) }, (_, i) =>
    molecules.slice(i * size, (i + 1) * size),
  );
  const judged = await Promise.all(parts.map((part) => judge({ molecules: part, settings, known })));
  const accepted = new Set<string>();
  const keys = [...known];
  for (const [p, verdicts] of judged.entries()) {
    const again = [...verdicts.keys()].filter((i) => accepted.has(verdicts[i]?.identity?.inchiKey ?? ""));
    // Each index is one of this part.
    const twins = again.map((i) => parts[p]![i]!);
    const anew = twins.length === 0 ? [] : await judge({ molecules: twins, settings, known: [...keys] });
    for (const [k, i] of again.entries()) verdicts[i] = anew[k]!;
    for (const [i, verdict] of verdicts.entries()) {
      if (verdict.outcome !== "accepted") continue;
      accepted.add(verdict.identity.inchiKey);
      // Each verdict is of one of this part.
      keys.push(markedKey(moleculeKey(settings, verdict.identity, verdict), parts[p]![i]!.smiles));
    }
  }
  return judged.flat();
}
