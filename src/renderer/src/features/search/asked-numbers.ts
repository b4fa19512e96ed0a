/** The numbers of a hit that the search asked about; those of properties stand beside every hit. */
import type { PropertyRange } from "#shared/campaign/search.ts";
import { DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import type { Descriptors } from "#shared/molecule/molecule.ts";
import { isPropertyField } from "#shared/properties/find.ts";
import { typeset } from "../../text/format.ts";

/** "TPSA 28.7 Å²", each descriptor once; none for a molecule that the filter could not read. */
export function askedNumbers(descriptors: Descriptors | null, ranges: readonly PropertyRange[]): string[] {
  if (!descriptors) return [];
  const asked = new Set(ranges.map(({ property }) => property));
  return [...asked]
    .filter((property) => !isPropertyField(property))
    .map((id) => {
      const { title, unit, decimals } = DESCRIPTORS[id];
      const value = typeset(descriptors[id], decimals.page ?? decimals.export);
      return [title, value, ...(unit === undefined ? [] : [unit])].join(" ");
    });
}
