/** What a calculation will take, in words. */
import { spanText } from "#shared/campaign/span-text.ts";
import type { ExpectedCost } from "#shared/quantum/expected-cost.ts";

/** Less is not worth a word. */
const LONG_SECONDS = 10;
const MUCH_BYTES = 2 ** 30;

/** Undefined where it takes little of both. */
export function costWords({ seconds, memory_bytes }: ExpectedCost): string | undefined {
  if (seconds < LONG_SECONDS && memory_bytes < MUCH_BYTES) return undefined;
  const memory = `${(memory_bytes / 2 ** 30).toPrecision(2)} GiB`;
  return `Expected: about ${spanText(seconds)} of one thread, and at most ${memory} of memory.`;
}
