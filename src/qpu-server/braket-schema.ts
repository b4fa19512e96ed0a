/** What Amazon Braket takes: its service model 2019-09-01, and github.com/amazon-braket/amazon-braket-schemas-python. */
import { z } from "zod";

/** The program of a task, a document within the document. */
export const BraketAction = z.strictObject({
  braketSchemaHeader: z.strictObject({
    name: z.literal("braket.ir.openqasm.program"),
    version: z.literal("1"),
  }),
  source: z.string(),
  inputs: z.record(z.string(), z.number()).exactOptional(),
});

/** POST /quantum-task. */
export const BraketTask = z.strictObject({
  clientToken: z.string().min(1).max(64),
  deviceArn: z.string().min(1).max(256),
  deviceParameters: z.string().min(1).max(48_000).exactOptional(),
  shots: z.number().int().min(1).max(100_000),
  outputS3Bucket: z.string().min(3).max(63),
  outputS3KeyPrefix: z.string().min(1).max(1024),
  action: z.string().min(1),
  tags: z.record(z.string().max(128), z.string().max(256)).exactOptional(),
});
export type BraketTask = z.infer<typeof BraketTask>;

const filters = z
  .array(
    z.strictObject({ name: z.string(), operator: z.literal("EQUAL"), values: z.array(z.string()).length(1) }),
  )
  .default([]);

/** POST /quantum-tasks. */
export const BraketSearch = z.strictObject({
  filters,
  maxResults: z.number().int().min(1).max(100).default(10),
  nextToken: z.string().exactOptional(),
});
export const BraketCancel = z.strictObject({ clientToken: z.string().min(1).max(64) });
