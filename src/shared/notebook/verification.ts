/** What verification of a notebook found. */
import { z } from "zod";
import { Sha256 } from "../ids.ts";

/** Something that is not as it was written. */
export const Finding = z.strictObject({
  /** e.g. "record 12 (8f3a…)", "event 12", "table candidate, row 3", "file, page 7 (record)" */
  where: z.string(),
  what: z.string(),
});
export type Finding = z.infer<typeof Finding>;

export const Verification = z.strictObject({
  ok: z.boolean(),
  findings: z.array(Finding),
  /** What is worth knowing and no change: a clock that was set back, a key that cannot sign here. */
  remarks: z.array(Finding),
  /** What was not checked, or cannot be by the file alone, in sentences. */
  notCovered: z.array(z.string()),
  /** The chain's last event; whoever wrote this hash down elsewhere can tell a log that was cut off. */
  head: z.strictObject({ seq: z.number().int(), hash: Sha256 }),
  /** The last checkpoint whose two signatures hold: all up to there is as the holder of the key saw it. */
  signed: z.strictObject({ seq: z.number().int(), at: z.iso.datetime(), key: Sha256 }).nullable(),
  events: z.number().int(),
  records: z.number().int(),
  blobs: z.number().int(),
});
export type Verification = z.infer<typeof Verification>;
