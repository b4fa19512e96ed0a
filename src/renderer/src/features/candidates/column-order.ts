/** The order of a table's columns, as a person makes it. */
import { withMoved } from "./reorder.ts";

/** Where one goes that has no place yet: before the first that stands after it in the fixed order. */
function inserted(fixed: readonly string[], order: readonly string[], id: string): string[] {
  const later = new Set(fixed.slice(fixed.indexOf(id) + 1));
  const at = order.findIndex((one) => later.has(one));
  return order.toSpliced(at < 0 ? order.length : at, 0, id);
}

/**
 * Ids of the columns from left to right.
 *
 * @param fixed ids of all columns in the order in which they are offered
 * @param always those that are shown whatever was chosen
 * @param chosen in a person's order; what is not known is left out
 */
export function orderedColumns(
  fixed: readonly string[],
  always: readonly string[],
  chosen: readonly string[],
): string[] {
  const known = [...new Set(chosen)].filter((id) => fixed.includes(id));
  return always.reduce((order, id) => (order.includes(id) ? order : inserted(fixed, order, id)), known);
}

/** With one shown that was not, or left out that was shown; the others stay where they are. */
export const withToggled = (fixed: readonly string[], order: readonly string[], id: string): string[] =>
  order.includes(id) ? order.filter((one) => one !== id) : inserted(fixed, order, id);

/** With one so many places further to the right. */
export const withColumnStep = (order: readonly string[], id: string, step: number): string[] =>
  order.includes(id) ? withMoved(order, order.indexOf(id), order.indexOf(id) + step) : [...order];

/** With one where another stands, which makes room. */
export const withPlaceOf = (order: readonly string[], id: string, other: string): string[] =>
  order.includes(id) && order.includes(other)
    ? withMoved(order, order.indexOf(id), order.indexOf(other))
    : [...order];
