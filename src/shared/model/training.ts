/** Fine-tuning a model on a person's molecules: what is asked for, and how far it has come. */
import { z } from "zod";
import { ModelCard, ModelSummary } from "./model.ts";

/** What was used of a file of molecules and what was not. */
export const ReadingReport = z.strictObject({
  format: z.enum(["smiles", "csv", "sdf"]),
  encoding: z.string(),
  /** Of a CSV: the head of the column that was read, or its number from 1 where it has none. */
  column: z.exactOptional(z.string()),
  /** Lines that begin with # and are no entries. */
  comments: z.exactOptional(z.number().int()),
  /** Entries found; each is used, a duplicate, or dropped. */
  entries: z.number().int(),
  used: z.number().int(),
  duplicates: z.number().int(),
  /** Entries whose smaller components were left out, and entries made neutral; they are used all the same. */
  saltsRemoved: z.number().int(),
  neutralised: z.number().int(),
  /** Entries whose stereo marks were left out, for models learn none; absent in earlier records. */
  stereoRemoved: z.exactOptional(z.number().int()),
  /** Numbers by reason. */
  dropped: z.record(z.string(), z.number().int()),
  /** The first few dropped entries; the line, or for SDF the number of the record. */
  examples: z.array(z.strictObject({ line: z.number().int(), text: z.string(), reason: z.string() })),
});
export type ReadingReport = z.infer<typeof ReadingReport>;

/** "2 without their salts, 1 neutralised, 3 without their stereo marks". */
export const changesText = ({ saltsRemoved, neutralised, stereoRemoved }: ReadingReport): string =>
  [
    `${saltsRemoved} without their salts`,
    `${neutralised} neutralised`,
    ...(stereoRemoved === undefined ? [] : [`${stereoRemoved} without their stereo marks`]),
  ].join(", ");

/** "CSV, column SMILES, utf-8, 2 comments". */
export const sourceText = ({ format, column, comments = 0, encoding }: ReadingReport): string =>
  [
    format.toUpperCase(),
    ...(column === undefined ? [] : [`column ${column}`]),
    encoding,
    ...(comments === 0 ? [] : [`${comments} comment${comments === 1 ? "" : "s"}`]),
  ].join(", ");

/** One point of the loss curve; losses in nats a token. */
export const LossPoint = z.strictObject({
  /** 0 is the model before training. */
  epoch: z.number().int(),
  /** null before the first epoch. */
  training: z.number().nullable(),
  validation: z.number(),
  tokens: z.number(),
  seconds: z.number(),
});
export type LossPoint = z.infer<typeof LossPoint>;

/** epochs: all passes were made; early: the loss on the held-back part no longer fell; stopped: by a person; cut-off: the program ended first. */
export const Ending = z.enum(["epochs", "early", "stopped", "cut-off"]);
export type Ending = z.infer<typeof Ending>;

/** What the model can learn from of the molecules read. */
export const TrainingPlan = z.strictObject({
  trainingMolecules: z.number().int(),
  validationMolecules: z.number().int(),
  /** Molecules left out because the model's vocabulary lacks a token, by token. */
  unknownTokens: z.record(z.string(), z.number().int()),
  /** Molecules left out because they are longer than the model's limit. */
  tooLong: z.number().int(),
});
export type TrainingPlan = z.infer<typeof TrainingPlan>;

/** Room for some hundred thousand molecules. */
export const MAX_MOLECULE_FILE_BYTES = 64 * 1024 * 1024;

export const TrainRequest = z.strictObject({
  /** Name of the model to start from. */
  parent: z.string().min(1),
  /** Name of the model to make. */
  name: ModelCard.shape.name,
  title: z.string().trim().max(200).default(""),
  /** SMILES, CSV or SDF. */
  fileName: z.string().min(1).max(500),
  file: z.instanceof(Uint8Array).refine((bytes) => bytes.length <= MAX_MOLECULE_FILE_BYTES, {
    message: `expected at most ${MAX_MOLECULE_FILE_BYTES / 2 ** 20} MiB`,
  }),
  licence: z.string().trim().min(1).max(200).default("the owner's own"),
  epochs: z.number().int().min(1).max(1000).default(30),
  /** Learning rate at the start. */
  rate: z.number().gt(0).max(0.1).default(3e-4),
  /** Null suits it to the number of molecules. */
  batchSize: z.number().int().min(1).max(1024).nullable().default(null),
  /** Epochs without a better validation loss after which training ends. */
  patience: z.number().int().min(1).max(1000).default(3),
  /** Molecules of the model's own learned beside each of the file's; 0 keeps nearer to the file and writes more invalid strings. */
  rehearsal: z.number().min(0).max(10).default(1),
  seed: z.number().int().min(0).max(0xffffffff).default(1),
});
export type TrainRequest = z.infer<typeof TrainRequest>;

/** reading → training → saving → succeeded | failed | cancelled. */
const TrainingState = z.enum(["reading", "training", "saving", "succeeded", "failed", "cancelled"]);

/** A training as it stands: the whole of it, so that whoever looks later misses nothing. */
export const Training = z.strictObject({
  request: TrainRequest.omit({ file: true }),
  state: TrainingState,
  reading: ReadingReport.nullable(),
  plan: TrainingPlan.nullable(),
  curve: z.array(LossPoint),
  ending: Ending.nullable(),
  /** The model made. */
  model: ModelSummary.nullable(),
  /** Why there is none, for people. */
  error: z.string().nullable(),
});
export type Training = z.infer<typeof Training>;

export const isTraining = ({ state }: Training): boolean =>
  state === "reading" || state === "training" || state === "saving";
