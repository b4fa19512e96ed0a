/** The notebooks of one folder, one of which is open: what a window talks to. */
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { realPath } from "#core/notebook/file/place.ts";
import type { HeldKeys } from "#core/orchestration/devices/desk.ts";
import type { Progress } from "#shared/campaign/job.ts";
import { type AnyCall, type Calls, forEachProcedure, parsing } from "#shared/contract/calls.ts";
import { type Contract, contract, type EngineContract, engineContract } from "#shared/contract/contract.ts";
import { DomainError } from "#shared/errors.ts";
import { isTraining } from "#shared/model/training.ts";
import type { SampleProgress, ShelvedNotebook } from "#shared/notebook/shelf.ts";
import { createEngine } from "./engine.ts";
import type { Engine, EngineOptions } from "./engine-interface.ts";
import { makeSample } from "./sample.ts";

export type Shelf = Calls<Contract> & AsyncDisposable;

interface Open {
  readonly file: string;
  readonly engine: Engine;
  /** Its method of each procedure. */
  readonly methods: ReadonlyMap<unknown, AnyCall>;
}

const ENDING = ".sqlite";

/** What ends with an engine, unlike campaigns, which go on with the next. @throws DomainError conflict */
async function requireIdle({ calculations, models }: Engine): Promise<void> {
  const standings = await calculations.current();
  const training = await models.training();
  const isCalculating = standings.some(({ state }) => state === "running");
  if (!isCalculating && !(training && isTraining(training))) return;
  const what = isCalculating ? "A calculation" : "A training";
  const message = `${what} is running in this notebook. Wait for it, or cancel it, and open the other notebook then.`;
  throw new DomainError("conflict", message);
}

function methodsOf(engine: Engine): Map<unknown, AnyCall> {
  const methods = new Map<unknown, AnyCall>();
  forEachProcedure(engineContract, engine, (procedure, method) => methods.set(procedure, method));
  return methods;
}

/** What work tells, as a stream that ends or fails with it; work whose stream nobody reads any more is to stop. */
function streamOf<Event>(
  work: (tell: (event: Event) => void, left: AbortSignal) => Promise<void>,
): ReadableStream<Event> {
  const left = new AbortController();
  const { signal } = left;
  return new ReadableStream({
    start(stream) {
      // A stream that was left takes nothing, not even its end.
      const unlessLeft = (act: () => void): void => (signal.aborted ? undefined : act());
      work((event) => unlessLeft(() => stream.enqueue(event)), signal).then(
        () => unlessLeft(() => stream.close()),
        (error: unknown) => stream.error(error),
      );
    },
    cancel: () => left.abort(),
  });
}

/**
 * Opens a notebook as `createEngine` does, and lets another one of its folder take its place.
 *
 * @throws DomainError as `createEngine`
 */
export async function createShelf(options: EngineOptions): Promise<Shelf> {
  const heldKeys: HeldKeys = new Map();
  const engineOn = (notebook: string, mode = options.mode): Promise<Engine> =>
    createEngine({ heldKeys, ...options, ...(mode && { mode }), paths: { ...options.paths, notebook } });
  const place = realPath(options.paths.notebook);
  const [folder, first] = [dirname(place), basename(place)];
  const openOn = async (file: string): Promise<Open> => {
    const engine = await engineOn(join(folder, file));
    return { file, engine, methods: methodsOf(engine) };
  };
  let open = await openOn(first);

  const list = (): ShelvedNotebook[] => {
    const others = readdirSync(folder).filter((file) => file.endsWith(ENDING) && file !== first);
    return [first, ...others.sort()].map((file) => ({
      file,
      isOpen: file === open.file,
      isFirst: file === first,
    }));
  };
  const put = async (file: string): Promise<void> => {
    if (file === open.file) return;
    if (!list().some((one) => one.file === file))
      throw new DomainError("not-found", `There is no notebook ${file} in ${folder}.`, { file });
    const before = open;
    await requireIdle(before.engine);
    const next = await openOn(file);
    try {
      // Something may have been started since.
      await requireIdle(before.engine);
    } catch (error) {
      await next.engine[Symbol.asyncDispose]();
      throw error;
    }
    open = next;
    await before.engine[Symbol.asyncDispose]();
  };
  /** One after the other. */
  let placed: Promise<void> = Promise.resolve();

  const closing = new AbortController();
  const make = async (
    name: string,
    tell: (event: SampleProgress) => void,
    signals: readonly (AbortSignal | undefined)[],
  ): Promise<void> => {
    const { resources } = options.paths;
    const path = join(folder, `${name}${ENDING}`);
    const sample = { path, resources, open: (file: string) => engineOn(file, "write") };
    const report = (progress: Progress) => tell({ type: "progress", progress });
    const stop = AbortSignal.any([closing.signal, ...signals].filter((signal) => signal !== undefined));
    tell({ type: "made", ...(await makeSample(sample, { signal: stop, report })) });
  };
  /** One after the other: one that was cancelled takes a moment to go. */
  let made: Promise<void> = Promise.resolve();

  const ofOpen = forEachProcedure(
    engineContract,
    open.engine,
    (procedure) =>
      (...given: unknown[]) =>
        // Every engine has a method of each procedure.
        open.methods.get(procedure)!(...given),
  ) as Calls<EngineContract>;
  const { shelf } = parsing(
    { shelf: contract.shelf },
    {
      shelf: {
        list: async () => list(),
        open: ({ file }) => {
          placed = placed.catch(() => {}).then(() => put(file));
          return placed;
        },
        makeSample: ({ name }, { signal } = {}) =>
          streamOf<SampleProgress>((tell, left) => {
            made = made.catch(() => {}).then(() => make(name, tell, [signal, left]));
            return made;
          }),
      },
    },
  );
  return {
    ...ofOpen,
    shelf,
    [Symbol.asyncDispose]: async () => {
      closing.abort();
      await Promise.allSettled([placed, made]);
      await open.engine[Symbol.asyncDispose]();
    },
  };
}
