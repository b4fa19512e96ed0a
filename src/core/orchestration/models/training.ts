/** Fine-tuning on a person's file, one at a time: read, train, save beside the notebook, record. */
import { createHash } from "node:crypto";
import type { GenerationModel } from "#core/generation/network/model.ts";
import {
  type FineTuned,
  type FineTunedNames,
  fineTune,
  saveFineTuned,
} from "#core/generation/tuning/fine-tune.ts";
import { type Notebook, requireWritable } from "#core/notebook/notebook.ts";
import { abortError, DomainError, isAbort, messageOf, toError } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";
import { Sha256 } from "#shared/ids.ts";
import type { ModelSummary } from "#shared/model/model.ts";
import { isTraining, type ReadingReport, type Training, type TrainRequest } from "#shared/model/training.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import type { Checkpoints } from "./checkpoint.ts";
import type { Models } from "./models.ts";
import { modelRecords } from "./records.ts";

interface TrainingServices {
  notebook: Notebook;
  dispatcher: Dispatcher;
  models: Models;
  program: string;
  logger: Logger;
  /** Undefined where there is no place for the user's own models. */
  checkpoints: Checkpoints | undefined;
}

export interface Trainings extends AsyncDisposable {
  /** Makes a model of what a training left that was cut off when the program ended, and tells of it as the last training. */
  takeOver(): Promise<void>;
  /** Checks the request and starts; resolves before it is done. @throws DomainError invalid-input, conflict, not-found, not-supported */
  start(request: TrainRequest): Promise<Training>;
  /** The training under way, or the last one of this run of the program. */
  current(): Training | null;
  /** Ends the training: the best weights become a model, or nothing is kept. @throws DomainError conflict where none is under way */
  stop(options: { keepBest: boolean }): Training;
  /** The training as it stands and after each change, until it has ended. */
  follow(options?: { signal?: AbortSignal | undefined }): AsyncGenerator<Training, void, undefined>;
}

interface Run {
  training: Training;
  stop: AbortController;
  cancel: AbortController;
  done: Promise<void>;
}

/** Weights that are no better than the parent's are no new model. */
const NO_BETTER =
  "Nothing was saved: on the molecules held back, no pass made the model better than the one it started from. Give it more or other molecules, more passes or another learning rate.";

export function createTrainings(services: TrainingServices): Trainings {
  const { checkpoints, logger } = services;
  let isClosing = false;
  const listeners = new Set<() => void>();
  let run: Run | undefined;

  const change = (patch: Partial<Training>): void => {
    run!.training = { ...run!.training, ...patch };
    for (const listener of listeners) listener();
  };
  const begin = async (request: TrainRequest): Promise<Training> => {
    requireWritable(services.notebook);
    if (run && isTraining(run.training))
      throw new DomainError(
        "conflict",
        `A training is under way (${run.training.request.name}). Stop it, or wait until it has ended.`,
      );
    const { file, ...rest } = request;
    const blank = { reading: null, plan: null, curve: [], ending: null, model: null, error: null };
    const training: Training = { request: rest, state: "reading", ...blank };
    const begun = { training, stop: new AbortController(), cancel: new AbortController() };
    const before = run;
    // From here on another start is refused.
    run = { ...begun, done: Promise.resolve() };
    try {
      await services.models.requireRoomFor(request.name);
      const parent = await services.models.open(request.parent);
      run.done = see(parent, request, run).catch((error: unknown) => end(error));
    } catch (error) {
      run = before;
      throw error;
    }
    return run.training;
  };
  const end = (error: unknown): void => {
    if (isAbort(error)) {
      change({ state: "cancelled" });
      return;
    }
    const isBug = !(error instanceof DomainError);
    const text = messageOf(error);
    if (isBug) logger.error({ error: toError(error).stack }, "a training broke");
    change({ state: "failed", error: isBug ? `internal error: ${text}` : text });
  };
  const see = async (
    parent: GenerationModel,
    request: TrainRequest,
    { stop, cancel }: Run,
  ): Promise<void> => {
    const { signal } = cancel;
    const { smiles, report } = await read(services.dispatcher, request, signal);
    change({ reading: report });
    if (stop.signal.aborted) throw abortError();
    const { epochs, rate, batchSize, patience, rehearsal, seed } = request;
    const settings = { epochs, rate, patience, rehearsal, seed, ...(batchSize !== null && { batchSize }) };
    const source = sourceOf(request, report);
    let saving = Promise.resolve();
    const onBest = (tuned: FineTuned): void => {
      const names = namesOf({ parent, request, source, tuned });
      const { training } = run!;
      saving = saving
        .then(() => checkpoints?.save({ parent, tuned, names, training }))
        .catch((error: unknown) => logger.warn({ error: String(error) }, "a pass could not be kept on disk"));
    };
    try {
      const tuned = await fineTune(parent, smiles, settings, {
        signal,
        stop: stop.signal,
        onPlan: (plan) => change({ state: "training", plan }),
        onPoint: (point) => change({ curve: [...run!.training.curve, point] }),
        onBest,
      });
      change({ state: "saving", ending: tuned.ending });
      if (tuned.bestEpoch === 0) {
        if (tuned.ending === "stopped") throw abortError();
        throw new DomainError("invalid-input", NO_BETTER);
      }
      const names = namesOf({ parent, request, source, tuned });
      const model = await keep(services, (directory) => saveFineTuned(directory, { parent, tuned, names }));
      await saving;
      await checkpoints?.clear();
      change({ state: "succeeded", model });
    } catch (error) {
      await saving;
      if (isSettled(error)) await checkpoints?.clear();
      throw error;
    }
  };
  /** Where a person or the data ended it; a full disk or a fault leaves the best pass to be taken over. */
  const isSettled = (error: unknown): boolean =>
    isAbort(error) ? !isClosing : error instanceof DomainError && error.code !== "disk-full";
  const takeOver = async (): Promise<void> => {
    const found = await checkpoints?.find();
    if (!found) return;
    const model = await keep(services, found.fill);
    run = {
      training: { ...found.training, state: "succeeded", ending: "cut-off", model },
      stop: new AbortController(),
      cancel: new AbortController(),
      done: Promise.resolve(),
    };
    logger.info({ model: model.name }, "took over the best pass of a training that was cut off");
  };
  return {
    async takeOver() {
      try {
        await takeOver();
      } catch (error) {
        logger.warn({ error: String(error) }, "a training that was cut off could not be taken over");
        // What is no model will be none next time; where the disk is full there may be room then.
        if (!(error instanceof DomainError && ["model-damaged", "conflict"].includes(error.code))) return;
      }
      await checkpoints?.clear();
    },
    start: begin,
    current: () => run?.training ?? null,
    stop({ keepBest }) {
      if (!run || !isTraining(run.training))
        throw new DomainError("conflict", "No training is under way: there is nothing to stop.");
      // Before the first point of the curve there is nothing to keep.
      if (keepBest && run.training.curve.length > 0) run.stop.abort();
      else run.cancel.abort(abortError());
      return run.training;
    },
    async *follow({ signal } = {}) {
      let wake = () => {};
      let changed = true;
      const listener = () => {
        changed = true;
        wake();
      };
      listeners.add(listener);
      signal?.addEventListener("abort", listener, { once: true });
      try {
        while (run && !signal?.aborted) {
          if (changed) {
            changed = false;
            const { training } = run;
            yield training;
            if (!isTraining(training)) return;
          } else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
      } finally {
        listeners.delete(listener);
        signal?.removeEventListener("abort", listener);
      }
    },
    async [Symbol.asyncDispose]() {
      // The best pass stays on disk and is taken over when the notebook is opened again.
      isClosing = true;
      run?.cancel.abort(abortError("the notebook was closed"));
      await run?.done;
    },
  };
}

const read = (dispatcher: Dispatcher, { file, fileName }: TrainRequest, signal: AbortSignal) =>
  dispatcher.run("readMolecules", { file, name: fileName }, { signal });

/** A person's file as the card of its model names it; hashes it. */
function sourceOf({ fileName, file, licence }: TrainRequest, report: ReadingReport) {
  const { examples: _, ...reading } = report;
  const sha256 = Sha256.parse(createHash("sha256").update(file).digest("hex"));
  return { name: fileName, licence, sha256, reading };
}

interface Trained {
  parent: GenerationModel;
  request: TrainRequest;
  source: ReturnType<typeof sourceOf>;
  tuned: FineTuned;
}

/** What the card of the new model says of where it came from. */
function namesOf({ parent, request, source, tuned }: Trained): FineTunedNames {
  const { name } = request;
  const title = request.title || name;
  const description = `${parent.card.title} fine-tuned on ${tuned.trainingMolecules} molecules of ${source.name}.`;
  return { name, title, description, source };
}

/** Puts a model beside the notebook and its record into it. */
async function keep(
  { notebook, models, program }: TrainingServices,
  fill: (directory: string) => Promise<unknown>,
): Promise<ModelSummary> {
  const model = await models.add(fill);
  recordModel(notebook, await models.lineageOf(model), { how: "trained", program });
  return (await models.list()).find((one) => one.name === model.card.name)!;
}

/** Writes into the notebook which model was added, what it learned from and what it was before. */
export function recordModel(
  notebook: Notebook,
  lineage: Parameters<typeof modelRecords>[0],
  { how, program }: { how: "trained" | "imported"; program: string },
): void {
  const records = modelRecords(lineage);
  notebook.append({ kind: "model-added", how, record: records.at(-1)!.hash, program }, records);
}
