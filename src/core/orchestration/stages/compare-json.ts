/** How far two results are from each other, number by number. */
import type { Json } from "#core/notebook/proof/canonical-json.ts";

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

/**
 * Compares what was written with what came now, leaving out members with the given names wherever they are. Members that
 * were not written are no difference: earlier versions did not know them.
 */
export function difference(
  written: Json,
  now: Json,
  leaveOut: readonly string[] = [],
  path = "",
): Difference {
  if (typeof written === "number" && typeof now === "number") {
    if (Object.is(written, now)) return SAME;
    const largest = Math.abs(written - now);
    return Number.isFinite(largest)
      ? { largest, at: path, mismatch: undefined }
      : { ...SAME, mismatch: path };
  }
  if (!isObject(written) || !isObject(now)) return written === now ? SAME : { ...SAME, mismatch: path };
  if (Array.isArray(written) && written.length !== (now as unknown as Json[]).length)
    return { ...SAME, mismatch: path };
  let found = SAME;
  for (const key of Object.keys(written)) {
    if (leaveOut.includes(key)) continue;
    const inner = path === "" ? key : `${path}.${key}`;
    const [was, is] = [written[key], now[key]];
    // A member that is written is not undefined: JSON has no such value.
    const next =
      was === undefined || is === undefined
        ? { ...SAME, mismatch: inner }
        : difference(was, is, leaveOut, inner);
    found = worse(found, next);
  }
  return found;
}
