/** The model card: what a model is, what it learned from, how good it is and what it is not for. */
import { z } from "zod";
import { Sha256 } from "../ids.ts";

const Architecture = z.strictObject({
  kind: z.literal("gru"),
  layers: z.literal(1),
  hidden: z.number().int().min(1).max(4096),
  maxTokens: z.number().int().min(2).max(255),
});

const DataSource = z.strictObject({
  name: z.string(),
  licence: z.string(),
  /** SHA-256 of the file as read, null where it is a person's own set. */
  sha256: Sha256.nullable(),
  /** What was used of a person's own file and what was dropped, by numbers. */
  reading: z
    .record(z.string(), z.union([z.string(), z.number(), z.record(z.string(), z.number())]))
    .optional(),
});

const TrainingData = z.strictObject({
  sources: z.array(DataSource),
  preparation: z.string(),
  molecules: z.number().int(),
  heldBack: z.number().int(),
  tokens: z.number().int(),
  split: z.string(),
});

/** Heavy atoms of 98 of 100 molecules that a model writes at T = 1 without a prompt, ends included. */
export const WrittenSize = z.strictObject({
  least: z.number().int().min(1),
  greatest: z.number().int().min(1),
});
export type WrittenSize = z.infer<typeof WrittenSize>;

/** Devices of Windows: no folder there can bear such a name, and models move between machines. */
const RESERVED_NAME = /^(con|prn|aux|nul|(com|lpt)[0-9])$/;

export const ModelCard = z.strictObject({
  format: z.literal(1),
  /** Also the name of the model's folder. */
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "expected up to 63 lower-case letters, digits and hyphens")
    .refine((name) => !RESERVED_NAME.test(name), {
      error: ({ input }) =>
        `"${input}" is the name of a device under Windows; expected another, such as "my-${input}"`,
    }),
  title: z.string(),
  description: z.string(),
  /** SHA-256 over the vocabulary as JSON, a line feed, and the weight file. */
  hash: Sha256,
  /** Hash of the model this one was fine-tuned from; null for a prior. */
  parent: Sha256.nullable(),
  architecture: Architecture,
  vocabulary: z.array(z.string()).min(4).max(255),
  data: TrainingData,
  training: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Figures by name, e.g. "valid, raw, T = 1"; each says how many samples and seeds. */
  metrics: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Left out where it was not measured. */
  heavyAtoms: WrittenSize.optional(),
  intendedUse: z.string(),
  limits: z.string(),
});
export type ModelCard = z.infer<typeof ModelCard>;

/** A model in a list. */
export const ModelSummary = z.strictObject({
  name: z.string(),
  hash: Sha256,
  parent: Sha256.nullable(),
  title: z.string(),
  description: z.string(),
  /** Of the weights. */
  bytes: z.number().int(),
  /** Null where it was not measured. */
  heavyAtoms: WrittenSize.nullable(),
  /** own: trained or imported here; shipped: part of the program. */
  origin: z.enum(["shipped", "own"]),
});
export type ModelSummary = z.infer<typeof ModelSummary>;

/** A model made elsewhere: the files of its folder by name, or one ZIP archive of them. */
export const ModelFiles = z.record(z.string().max(500), z.instanceof(Uint8Array));
export type ModelFiles = Readonly<Record<string, Uint8Array>>;

/** Far more than the largest model this program runs. */
export const MAX_MODEL_BYTES = 256 * 1024 * 1024;
