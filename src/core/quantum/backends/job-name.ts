import { createHash } from "node:crypto";
import type { CircuitRun } from "../measurement/estimator.ts";

/**
 * SHA-256 of what is asked and of whom: by it a provider finds the job again. Another order of keys, or of circuits, is another name.
 *
 * @param runs of the circuits that are asked for
 */
export function jobName(
  asked: object,
  runs: readonly Pick<CircuitRun, "seed">[],
  { attempt, destination }: { attempt: number; destination: string },
): string {
  const seeds = runs.map(({ seed }) => seed);
  // Jobs of one circuit are named as before there were others.
  const seed = seeds.length === 1 ? seeds[0] : seeds;
  return createHash("sha256")
    .update(JSON.stringify({ ...asked, seed, attempt, destination }))
    .digest("hex");
}
