/** One training: a person's file is read, a model learns from it, and becomes a model beside the notebook. */
import type { GenerationModel } from "#core/generation/network/model.ts";
import {
  type FineTuned,
  type FineTunedNames,
  fineTune,
  saveFineTuned,
} from "#core/generation/tuning/fine-tune.ts";
import type { FineTuneSettings } from "#core/generation/tuning/protocol.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import { abortError, DomainError, isAbort } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { ReadingReport, Training, TrainRequest } from "#shared/model/training.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import type { Checkpoints } from "./checkpoint.ts";
import type { Models } from "./models.ts";
import { recordModel } from "./records.ts";

export interface TrainingServices {
  notebook: Notebook;
  dispatcher: Dispatcher;
  models: Models;
  program: string;
  logger: Logger;
  /** Undefined where there is no place for the user's own models. */
  checkpoints: Checkpoints | undefined;
}

export interface TrainingRun {
  request: TrainRequest;
  /** Ends it; the best weights become a model. */
  stop: AbortController;
  /** Ends it; nothing is kept. */
  cancel: AbortController;
  /** The program ends: the best pass stays on disk and is taken over when the notebook is opened again. */
  isCutOff: boolean;
  training(): Training;
  change(patch: Partial<Training>): void;
}

/** Weights that are no better than the parent's are no new model. */
const NO_BETTER =
  "Nothing was saved: on the molecules held back, no pass made the model better than the one it started from. Give it more or other molecules, more passes or another learning rate.";

/**
 * Trains to the end and tells the run of each step.
 *
 * @throws DomainError invalid-input, conflict, disk-full; AbortError where a person, or the end of the program, ended it
 */
export async function train(
  services: TrainingServices,
  parent: GenerationModel,
  run: TrainingRun,
): Promise<void> {
  const { checkpoints } = services;
  const { request, stop, cancel } = run;
  const { smiles, report } = await read(services.dispatcher, request, cancel.signal);
  run.change({ reading: report });
  if (stop.signal.aborted) throw abortError();
  const source = sourceOf(request, report);
  const toSave = (tuned: FineTuned) => ({
    parent,
    tuned,
    names: namesOf({ parent, request, source, tuned }),
  });
  const passes = keepPasses(services, (tuned) => ({ ...toSave(tuned), training: run.training() }));
  try {
    const tuned = await fineTune(parent, smiles, settingsOf(request), {
      signal: cancel.signal,
      stop: stop.signal,
      onPlan: (plan) => run.change({ state: "training", plan }),
      onPoint: (point) => run.change({ curve: [...run.training().curve, point] }),
      onBest: passes.save,
    });
    run.change({ state: "saving", ending: tuned.ending });
    requireBetter(tuned);
    const added = await services.models.add((directory) => saveFineTuned(directory, toSave(tuned)));
    const model = await recordModel(services, added, "trained");
    await passes.saved();
    await checkpoints?.clear();
    run.change({ state: "succeeded", model });
  } catch (error) {
    await passes.saved();
    if (isSettled(error, run)) await checkpoints?.clear();
    throw error;
  }
}

/** Where a person or the data ended it; a full disk or a fault leaves the best pass to be taken over. */
const isSettled = (error: unknown, { isCutOff }: TrainingRun): boolean =>
  isAbort(error) ? !isCutOff : error instanceof DomainError && error.code !== "disk-full";

function requireBetter({ bestEpoch, ending }: FineTuned): void {
  if (bestEpoch > 0) return;
  throw ending === "stopped" ? abortError() : new DomainError("invalid-input", NO_BETTER);
}

/** Keeps each best pass on disk, one after the other. */
function keepPasses(
  { checkpoints, logger }: TrainingServices,
  checkpointOf: (tuned: FineTuned) => Parameters<Checkpoints["save"]>[0],
): { save(tuned: FineTuned): void; saved(): Promise<void> } {
  let saving = Promise.resolve();
  return {
    save(tuned) {
      const checkpoint = checkpointOf(tuned);
      saving = saving
        .then(() => checkpoints?.save(checkpoint))
        .catch((error: unknown) => logger.warn({ error: String(error) }, "a pass could not be kept on disk"));
    },
    saved: () => saving,
  };
}

const read = (dispatcher: Dispatcher, { file, fileName }: TrainRequest, signal: AbortSignal) =>
  dispatcher.run("readMolecules", { file, name: fileName }, { signal });

function settingsOf(request: TrainRequest): Partial<FineTuneSettings> {
  const { epochs, rate, batchSize, patience, rehearsal, seed } = request;
  return { epochs, rate, patience, rehearsal, seed, ...(batchSize !== null && { batchSize }) };
}

/** A person's file as the card of its model names it; hashes it. */
function sourceOf({ fileName, file, licence }: TrainRequest, report: ReadingReport) {
  const { examples: _, ...reading } = report;
  return { name: fileName, licence, sha256: toHex(sha256(file)), reading };
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
