/** What of a fault of the program is worth passing on. */
import { toError } from "#shared/errors.ts";
import type { Route } from "../hooks/route.ts";

export interface DrawingFault {
  thrown: unknown;
  /** React's, the innermost part first. */
  componentStack: string;
}

/** Where it was, without what a person asked for: a search may hold a molecule. */
export function placeOf(route: Route): string {
  if (route.page === "campaign")
    return route.candidate === null
      ? `campaign ${route.id}`
      : `campaign ${route.id}, candidate ${route.candidate}`;
  if (route.page === "review") return `review ${route.id}`;
  return route.page;
}

/** As text to copy. No molecule is in it beyond what the message says. @param version of the program */
export function faultDetails(
  { thrown, componentStack }: DrawingFault,
  version: string,
  route: Route,
): string {
  const { name, message, stack = "" } = toError(thrown);
  return [
    `${name}: ${message}`,
    `Ansatz ${version}, page: ${placeOf(route)}`,
    `Stack:\n${stack.trim()}`,
    `Components:\n${componentStack.trim()}`,
  ].join("\n\n");
}
