/** What came of computing a candidate's stored steps again. */
import { z } from "zod";

/** identical: the same bits. within-tolerance: other digits, the same within 1e-8 Eh, 1e-6 Å, 1e-6 nats. */
export const ReplayOutcome = z.enum(["identical", "within-tolerance", "different", "not-possible"]);
export type ReplayOutcome = z.infer<typeof ReplayOutcome>;

export const ReplayedStep = z.strictObject({
  step: z.string(),
  outcome: ReplayOutcome,
  /** What differs and why it may: build, program version, model. */
  detail: z.string(),
});
export type ReplayedStep = z.infer<typeof ReplayedStep>;
