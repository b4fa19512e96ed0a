/** Where a number comes from and what came of an input: a graph of sealed records. */
import { z } from "zod";
import { Sha256 } from "../ids.ts";

export const ProvenanceNode = z.strictObject({
  hash: Sha256,
  /** e.g. "model", "sampling-run", "conformer", "vqe" */
  kind: z.string(),
  /** What it is, in a line for people. */
  label: z.string(),
  /** When it was sealed. */
  at: z.iso.datetime(),
  content: z.json(),
});
export type ProvenanceNode = z.infer<typeof ProvenanceNode>;

/** The source was made from, or speaks of, the target. */
const ProvenanceLink = z.strictObject({ source: Sha256, role: z.string(), target: Sha256 });

export const ProvenanceGraph = z.strictObject({
  nodes: z.array(ProvenanceNode),
  links: z.array(ProvenanceLink),
  /** True where there is more than the limit let through. */
  truncated: z.boolean(),
});
export type ProvenanceGraph = z.infer<typeof ProvenanceGraph>;
