/** How far two results are from each other, number by number. */
import type { Json } from "#core/notebook/canonical-json.ts";

export interface Difference {
  /** Largest absolute difference of two numbers in the same place. */
  largest: number;
  /** Where it is, e.g. "neutral.vqe.energy_hartree"; "" where all is equal. */
  at: string;
  /** Where something other than a number differs; undefined where nothing does. */
  mismatch: string | undefined;
}

const SAME: Difference = { largest: 0, at: "", mismatch: undefined };

const worse = (a: Difference, b: Difference): Difference => ({
  ...(b.largest > a.largest ? { largest: b.largest, at: b.at } : { largest: a.largest, at: a.at }),
  mismatch: a.mismatch ?? b.mismatch,
});

const isObject = (value: unknown): value is Record<string, Json> =>
  value !== null && typeof value === "object";

/** Compares two values, leaving out members with the given names wherever they are. */
export function difference(a: Json, b: Json, leaveOut: readonly string[] = [], path = ""): Difference {
  if (typeof a === "number" && typeof b === "number") {
    return Object.is(a, b) ? SAME : { largest: Math.abs(a - b), at: path, mismatch: undefined };
  }
  if (!isObject(a) || !isObject(b)) return a === b ? SAME : { ...SAME, mismatch: path };
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  let found = SAME;
  for (const key of keys) {
    if (leaveOut.includes(key)) continue;
    const inner = path === "" ? key : `${path}.${key}`;
    const both = key in a && key in b;
    const next = both ? difference(a[key]!, b[key]!, leaveOut, inner) : { ...SAME, mismatch: inner };
    found = worse(found, next);
  }
  return found;
}
