/** The order of a table by several columns, as a person makes it. */
import { MOST_ORDER_KEYS } from "#shared/campaign/candidate-page.ts";
import type { Sort } from "../../hooks/route.ts";

/**
 * The order after a column was asked for. Alone: by it, the other way about where it is so already. Added: where the columns before are
 * equal by it, then descending, then no more; of more than can be the last gives way.
 */
export function sortsAfter(sorts: readonly Sort[], column: string, isAdded: boolean): Sort[] {
  const known = sorts.find((sort) => sort.column === column);
  const turned = { column, descending: known !== undefined && !known.descending };
  if (!isAdded) return [sorts.length === 1 ? turned : { column, descending: false }];
  if (!known) return [...sorts.slice(0, MOST_ORDER_KEYS - 1), turned];
  if (turned.descending || sorts.length === 1) return sorts.map((sort) => (sort === known ? turned : sort));
  return sorts.filter((sort) => sort !== known);
}

/** For those who cannot see the marks: "second key, descending"; empty of the first key, which `aria-sort` tells. */
export function sortWords(place: number, descending: boolean): string {
  if (place <= 0) return "";
  return `${place === 1 ? "second" : "third"} key, ${descending ? "descending" : "ascending"}`;
}
