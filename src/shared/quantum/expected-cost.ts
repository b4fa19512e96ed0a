/** What a calculation will take, before it starts. JSON-safe throughout. */
import { z } from "zod";

export const ExpectedCost = z.strictObject({
  /** Of one thread of a machine of ordinary speed: right to a factor of two or three. */
  seconds: z.number(),
  /** The most that is held at a time, beside the program itself. */
  memory_bytes: z.number(),
});
export type ExpectedCost = z.infer<typeof ExpectedCost>;

export const ForetoldCost = z.strictObject({
  ...ExpectedCost.shape,
  /** Why it would be refused before any work, as for want of memory, and what would do; null for what begins. */
  refusal: z.string().nullable(),
});
export type ForetoldCost = z.infer<typeof ForetoldCost>;
