/** Active-space rules as people write and read them. Orbitals count from 1 there, as in every table. */

import { DomainError } from "../errors.ts";
import { ActiveSpaceRequest, parseActiveSpace } from "./active-space.ts";

export const ACTIVE_SPACE_EXAMPLES =
  '4e,4o | natural:0.02 | avas:"O 2p,C 2p" | excitations:0.05 | orbitals:5,6,7,8 (the lowest is 1)';

/** The rule as its schema wants it, numbers not yet checked. */
function unchecked(kind: string, rest: string): unknown {
  const numberOf = (text: string | undefined): number | undefined =>
    text === undefined || text.trim() === "" ? undefined : Number(text);
  if (kind === "frontier") return parseActiveSpace(rest);
  if (kind === "natural") return { rule: "natural-occupation", threshold: numberOf(rest) };
  if (kind === "excitations") {
    const [threshold, most, ...more] = rest.split(":");
    return more.length > 0 ? undefined : { rule: kind, threshold: numberOf(threshold), most: numberOf(most) };
  }
  if (kind === "avas") {
    const [targets = "", threshold, ...more] = rest.replaceAll('"', "").split(":");
    if (more.length > 0) return undefined;
    const listed = targets.split(",").map((target) => target.trim());
    return { rule: "avas", targets: listed, threshold: numberOf(threshold) };
  }
  if (kind === "orbitals")
    return { rule: "orbitals", orbitals: rest.split(",").map((text) => (numberOf(text) ?? 0) - 1) };
  return undefined;
}

/**
 * Reads "4e,4o", "frontier:4e,4o", "natural:0.02", "avas:O 2p,C 2p" with ":0.2" for a threshold, "excitations:0.05" with ":8" for the most orbitals, "orbitals:5,6,7,8".
 *
 * @throws DomainError `invalid-input` with examples
 */
export function readActiveSpace(text: string): ActiveSpaceRequest {
  const [, kind = "frontier", rest = ""] = /^(?:([a-z]+)(?::|$))?(.*)$/.exec(text.trim()) ?? [];
  const parsed = ActiveSpaceRequest.safeParse(unchecked(kind, rest));
  if (parsed.success) return parsed.data;
  throw new DomainError(
    "invalid-input",
    `Active space: expected e.g. "4e,4o", got "${text}". There are: ${ACTIVE_SPACE_EXAMPLES}.`,
    { text },
  );
}

/** "(4e,4o)", "(MP2 natural occupations from 0.02)", "(AVAS of O 2p)", "(orbitals of low excitations from 0.05)", "(orbitals 5, 6)", "(largest that fits)". */
export function activeSpaceTitle(request: ActiveSpaceRequest | null): string {
  if (request === null) return "(largest that fits)";
  if (!("rule" in request) || request.rule === "frontier") return `(${request.nelec}e,${request.norb}o)`;
  if (request.rule === "natural-occupation") return `(MP2 natural occupations from ${request.threshold})`;
  if (request.rule === "avas") return `(AVAS of ${request.targets.join(", ")})`;
  if (request.rule === "excitations") return `(orbitals of low excitations from ${request.threshold})`;
  return `(orbitals ${request.orbitals.map((orbital) => orbital + 1).join(", ")})`;
}
