import { createHash } from "node:crypto";
import type { CircuitRun } from "../measurement/estimator.ts";

/** SHA-256 of what is asked and of whom: by it a provider finds the job again. Another order of keys is another name. */
export const jobName = (
  asked: object,
  { seed }: Pick<CircuitRun, "seed">,
  { attempt, destination }: { attempt: number; destination: string },
): string =>
  createHash("sha256")
    .update(JSON.stringify({ ...asked, seed, attempt, destination }))
    .digest("hex");
