/** Fine-tuning a model on a person's molecules. */
import { createHash } from "node:crypto";
import { DomainError } from "#shared/errors.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { ModelCard } from "#shared/model/model.ts";
import type { Ending, LossPoint, ReadingReport, TrainingPlan } from "#shared/model/training.ts";
import type { GenerationModel } from "../network/model.ts";
import { saveModel } from "../network/model.ts";
import { type GruWeights, gruWeights } from "../network/weights.ts";
import { sampleMolecules } from "../sampling/sample.ts";
import { workerStream } from "../threads/worker-stream.ts";
import type { FineTuneMessage, FineTuneSettings, FineTuneTask } from "./protocol.ts";

const FINE_TUNE_DEFAULTS = { epochs: 30, rate: 3e-4, patience: 3, rehearsal: 1, seed: 1 } as const;
/** Small sets are cut into small batches, so that a pass over them makes some steps. */
const defaultBatchSize = (molecules: number) => Math.min(32, Math.max(4, Math.round(molecules / 16)));
/** Fewer cannot be split into a training and a validation part that say anything. */
const FEWEST_MOLECULES = 20;
const VALIDATION_SHARE = 0.1;
const FEWEST_VALIDATION = 4;
/** The model's own molecules at most; they come again after that. Some ten seconds of two cores. */
const MOST_OWN = 2000;

interface FineTuneControl {
  /** Ends the work; nothing is kept. */
  signal?: AbortSignal | undefined;
  /** The stop button: ends the work and keeps the best weights. */
  stop?: AbortSignal | undefined;
  /** Told before training what there is to learn from. */
  onPlan?: ((plan: TrainingPlan) => void) | undefined;
  onPoint?: ((point: LossPoint) => void) | undefined;
  /** Told of each pass that was the best so far: what there is should the program end now. */
  onBest?: ((tuned: FineTuned) => void) | undefined;
}

export interface FineTuned extends TrainingPlan {
  weights: GruWeights;
  curve: LossPoint[];
  bestEpoch: number;
  ending: Ending;
  backend: string;
  settings: FineTuneSettings;
  trainingTokens: number;
}

/**
 * Trains a copy of the model on molecules until the loss on a part held back from them no longer falls; the best weights are kept.
 * Each batch also holds molecules that the model wrote before training (rehearsal, doi:10.1080/09540099550039318).
 * @param molecules canonical SMILES as `readMolecules` gives them
 * @throws DomainError invalid-input where fewer than `FEWEST_MOLECULES` can be used, before training; AbortError
 */
export async function fineTune(
  model: GenerationModel,
  molecules: readonly string[],
  settings: Partial<FineTuneSettings> = {},
  { signal, stop, onPlan, onPoint, onBest }: FineTuneControl = {},
): Promise<FineTuned> {
  const { sequences, unknownTokens, tooLong } = encodeAll(model, molecules);
  requireEnough(sequences.size, molecules.length);
  const { training, validation } = split(sequences);
  const plan: TrainingPlan = {
    trainingMolecules: training.length,
    validationMolecules: validation.length,
    unknownTokens,
    tooLong,
  };
  onPlan?.(plan);
  const cancel = new SharedArrayBuffer(4);
  using stopFlag = raisedBy(stop);
  const complete = { ...FINE_TUNE_DEFAULTS, batchSize: defaultBatchSize(training.length), ...settings };
  const { epochs, rehearsal, seed } = complete;
  const count = Math.min(MOST_OWN, Math.ceil(training.length * epochs * rehearsal));
  const task: FineTuneTask = {
    ...complete,
    own: await ownMolecules(model, { count, seed, signal, stop }),
    weights: model.weights.all.buffer,
    vocabularySize: model.vocabulary.size,
    hidden: model.weights.hidden,
    training,
    validation,
    cancel,
    stop: stopFlag.buffer,
  };
  const curve: LossPoint[] = [];
  const common = {
    ...plan,
    settings: complete,
    trainingTokens: training.reduce((sum, s) => sum + s.length + 1, 0),
  };
  let backend = "";
  let best = { weights: model.weights, bestEpoch: 0 };
  let ending: Ending = "cut-off";
  const entry = new URL("./worker.ts", import.meta.url);
  for await (const message of workerStream<FineTuneMessage>({ entry, tasks: [task], cancel, signal })) {
    if (message.type === "ready") backend = message.backend;
    else if (message.type === "result") ending = message.ending;
    else if (message.type === "point") {
      curve.push(message.point);
      onPoint?.(message.point);
    } else {
      const all = new Float32Array(message.weights);
      const weights = gruWeights(all, model.vocabulary.size, model.weights.hidden);
      best = { weights, bestEpoch: message.epoch };
      onBest?.({ ...common, ...best, curve: [...curve], ending, backend });
    }
  }
  return { ...common, ...best, curve, ending, backend };
}

function requireEnough(used: number, given: number): void {
  if (used >= FEWEST_MOLECULES) return;
  throw new DomainError(
    "invalid-input",
    `Too few molecules to learn from: expected at least ${FEWEST_MOLECULES} that the model can read, got ${used} of ${given}.`,
    { expected: FEWEST_MOLECULES, got: used },
  );
}

/** A flag that the worker sees, 1 once the signal has fired. */
function raisedBy(signal: AbortSignal | undefined): Disposable & { buffer: SharedArrayBuffer } {
  const buffer = new SharedArrayBuffer(4);
  const raise = () => Atomics.store(new Int32Array(buffer), 0, 1);
  if (signal?.aborted) raise();
  signal?.addEventListener("abort", raise, { once: true });
  return { buffer, [Symbol.dispose]: () => signal?.removeEventListener("abort", raise) };
}

function encodeAll(model: GenerationModel, molecules: readonly string[]) {
  const sequences = new Map<string, Uint8Array>();
  const unknownTokens: Record<string, number> = {};
  let tooLong = 0;
  for (const smiles of new Set(molecules)) {
    const encoded = model.vocabulary.encode(smiles);
    if ("unknown" in encoded) unknownTokens[encoded.unknown] = (unknownTokens[encoded.unknown] ?? 0) + 1;
    else if (encoded.ids.length >= model.card.architecture.maxTokens) tooLong++;
    else sequences.set(smiles, encoded.ids);
  }
  return { sequences, unknownTokens, tooLong };
}

/** What the model writes before training, valid strings alone. */
async function ownMolecules(
  model: GenerationModel,
  { count, seed, signal, stop }: { count: number; seed: number } & Pick<FineTuneControl, "signal" | "stop">,
): Promise<Uint8Array[]> {
  const own: Uint8Array[] = [];
  const samples = sampleMolecules(model, { count, seed, temperature: 1, constrained: true }, { signal });
  for await (const { smiles } of samples) {
    const encoded = model.vocabulary.encode(smiles);
    if ("ids" in encoded) own.push(encoded.ids);
    if (stop?.aborted) break;
  }
  return own;
}

/** A tenth is held back, chosen by the hash of the SMILES: adding molecules does not move others between the parts. */
function split(sequences: ReadonlyMap<string, Uint8Array>): {
  training: Uint8Array[];
  validation: Uint8Array[];
} {
  const ordered = [...sequences]
    .map(([smiles, ids]) => ({ ids, key: createHash("sha256").update(smiles).digest("hex") }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ ids }) => ids);
  const held = Math.max(FEWEST_VALIDATION, Math.round(ordered.length * VALIDATION_SHARE));
  return { training: ordered.slice(held), validation: ordered.slice(0, held) };
}

export interface FineTunedNames {
  name: string;
  title: string;
  description: string;
  /** Where the molecules came from, for the card. */
  source: {
    name: string;
    licence: string;
    sha256: Sha256 | null;
    /** What was used of it. */
    reading?: Omit<ReadingReport, "examples">;
  };
}

/** Molecules that were read but are not in the model's language. */
const leftOut = ({ unknownTokens, tooLong }: TrainingPlan) => ({
  leftOutForTokens: unknownTokens,
  leftOutAsTooLong: tooLong,
});

/** Writes a fine-tuned model with its own card, whose parent is the model it came from. */
export function saveFineTuned(
  directory: string,
  { parent, tuned, names }: { parent: GenerationModel; tuned: FineTuned; names: FineTunedNames },
): Promise<ModelCard> {
  // The curve begins before the first pass, and the best pass is on it.
  const [first, last] = [tuned.curve[0]!, tuned.curve.at(-1)!];
  const best = tuned.curve.find((point) => point.epoch === tuned.bestEpoch)!;
  // What the parent writes says nothing of what this model writes.
  const { heavyAtoms: _, ...inherited } = parent.card;
  return saveModel(
    directory,
    {
      ...inherited,
      name: names.name,
      title: names.title,
      description: names.description,
      parent: parent.hash,
      data: {
        sources: [{ ...names.source, reading: { ...names.source.reading, ...leftOut(tuned) } }],
        preparation:
          "largest component, neutralised, stereo removed, canonical SMILES (RDKit), duplicates dropped",
        molecules: tuned.trainingMolecules,
        heldBack: tuned.validationMolecules,
        tokens: tuned.trainingTokens,
        split: "by SHA-256 of the canonical SMILES",
      },
      training: {
        program: "Ansatz fine-tuning",
        ...tuned.settings,
        backend: tuned.backend,
        "epochs trained": last.epoch,
        bestEpoch: tuned.bestEpoch,
        ending: tuned.ending,
        seconds: Number(last.seconds.toFixed(1)),
      },
      metrics: {
        "validation loss before, nats/token": Number(first.validation.toFixed(4)),
        "validation loss, nats/token": Number(best.validation.toFixed(4)),
      },
      intendedUse: `Proposing molecules like those of ${names.source.name}.`,
      limits: `Fine-tuned on ${tuned.trainingMolecules} molecules; beside the losses above nothing was measured on this model. Limits of the model it came from: ${parent.card.limits}`,
    },
    tuned.weights,
  );
}
