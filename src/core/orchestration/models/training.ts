/** Fine-tuning on a person's file, one at a time: started, followed and stopped. */
import { requireWritable } from "#core/notebook/notebook.ts";
import { abortError, DomainError, isAbort, messageOf, toError } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";
import { isTraining, type Training, type TrainRequest } from "#shared/model/training.ts";
import { createFollowed, type Followed } from "./followed.ts";
import { takeOver } from "./take-over.ts";
import { type TrainingRun, type TrainingServices, train } from "./training-run.ts";

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

const firstState = ({ file: _, ...request }: TrainRequest): Training => ({
  request,
  state: "reading",
  reading: null,
  plan: null,
  curve: [],
  ending: null,
  model: null,
  error: null,
});

/** How a training stands that ended with an error. */
function ended(error: unknown, logger: Logger): Partial<Training> {
  if (isAbort(error)) return { state: "cancelled" };
  const text = messageOf(error);
  if (error instanceof DomainError) return { state: "failed", error: text };
  logger.error({ error: toError(error).stack }, "a training broke");
  return { state: "failed", error: `internal error: ${text}` };
}

function requireNone(training: Training | null): void {
  if (!training || !isTraining(training)) return;
  throw new DomainError(
    "conflict",
    `A training is under way (${training.request.name}). Stop it, or wait until it has ended.`,
  );
}

interface Desk extends TrainingServices {
  last: Followed<Training>;
  running: { run: TrainingRun; done: Promise<void> } | undefined;
}

/** From here on another start is refused. */
function begin(desk: Desk, request: TrainRequest): TrainingRun {
  let training = firstState(request);
  const change = (patch: Partial<Training>): void => {
    training = { ...training, ...patch };
    desk.last.set(training);
  };
  change({});
  const controllers = { stop: new AbortController(), cancel: new AbortController() };
  const run = { request, ...controllers, isCutOff: false, training: () => training, change };
  desk.running = { run, done: Promise.resolve() };
  return run;
}

async function start(desk: Desk, request: TrainRequest): Promise<Training> {
  const { notebook, models, logger, last } = desk;
  requireWritable(notebook);
  const before = last.get();
  requireNone(before);
  const run = begin(desk, request);
  try {
    await models.requireRoomFor(request.name);
    const parent = await models.open(request.parent);
    const done = train(desk, parent, run).catch((error: unknown) => run.change(ended(error, logger)));
    desk.running = { run, done };
  } catch (error) {
    last.set(before);
    throw error;
  }
  return run.training();
}

function stop({ last, running }: Desk, keepBest: boolean): Training {
  const training = last.get();
  if (!running || !training || !isTraining(training))
    throw new DomainError("conflict", "No training is under way: there is nothing to stop.");
  // Before the first point of the curve there is nothing to keep.
  if (keepBest && training.curve.length > 0) running.run.stop.abort();
  else running.run.cancel.abort(abortError());
  return training;
}

export function createTrainings(services: TrainingServices): Trainings {
  const last = createFollowed<Training>((training) => !isTraining(training));
  const desk: Desk = { ...services, last, running: undefined };
  return {
    takeOver: async () => last.set(await takeOver(services)),
    start: (request) => start(desk, request),
    current: last.get,
    stop: ({ keepBest }) => stop(desk, keepBest),
    follow: ({ signal } = {}) => last.follow(signal),
    async [Symbol.asyncDispose]() {
      if (!desk.running) return;
      const { run } = desk.running;
      run.isCutOff = true;
      run.cancel.abort(abortError("the notebook was closed"));
      await desk.running.done;
    },
  };
}
