/** The notebooks of one folder, one of which is open: what a window talks to. */
import { readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { realPath } from "#core/notebook/file/place.ts";
import type { Progress } from "#shared/campaign/job.ts";
import {
  type AnyCall,
  type CallOptions,
  type Calls,
  forEachProcedure,
  parsing,
} from "#shared/contract/calls.ts";
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

/** What work tells, as a stream that ends or fails with it. */
const streamOf = <Event>(work: (tell: (event: Event) => void) => Promise<void>): ReadableStream<Event> =>
  new ReadableStream({
    start(stream) {
      work((event) => stream.enqueue(event)).then(
        () => stream.close(),
        (error: unknown) => stream.error(error),
      );
    },
  });

/**
 * Opens a notebook as `createEngine` does, and lets another one of its folder take its place.
 *
 * @throws DomainError as `createEngine`
 */
export async function createShelf(options: EngineOptions): Promise<Shelf> {
  const engineOn = (notebook: string, mode = options.mode): Promise<Engine> =>
    createEngine({ ...options, ...(mode && { mode }), paths: { ...options.paths, notebook } });
  const openOn = async (path: string): Promise<Open> => {
    const engine = await engineOn(path);
    return { file: basename(realPath(path)), engine, methods: methodsOf(engine) };
  };

  let open = await openOn(options.paths.notebook);
  const first = open.file;
  const folder = dirname(realPath(options.paths.notebook));

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
    await requireIdle(open.engine);
    const before = open;
    open = await openOn(join(folder, file));
    await before.engine[Symbol.asyncDispose]();
  };
  /** One after the other. */
  let placed: Promise<void> = Promise.resolve();

  const closing = new AbortController();
  const make = async (
    name: string,
    tell: (event: SampleProgress) => void,
    { signal }: CallOptions,
  ): Promise<void> => {
    const { resources } = options.paths;
    const path = join(folder, `${name}${ENDING}`);
    const place = { path, resources, open: (file: string) => engineOn(file, "write") };
    const report = (progress: Progress) => tell({ type: "progress", progress });
    const stop = AbortSignal.any([closing.signal, ...(signal ? [signal] : [])]);
    tell({ type: "made", ...(await makeSample(place, { signal: stop, report })) });
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
        makeSample: ({ name }, asked = {}) =>
          streamOf<SampleProgress>((tell) => {
            made = made.catch(() => {}).then(() => make(name, tell, asked));
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
