/** Single molecules and Hamiltonians in the background: begun, cancelled, and kept in the notebook when they are done. */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { type Notebook, requireWritable } from "#core/notebook/notebook.ts";
import { findCalculation, listCalculations } from "#core/notebook/tables/calculations.ts";
import type { Iterations } from "#core/quantum/control-block.ts";
import { expectedCost } from "#core/quantum/cost/expected.ts";
import type { CurveFrame } from "#core/quantum/evaluate/curve.ts";
import type { Implementation } from "#shared/contract/calls.ts";
import type { EngineContract } from "#shared/contract/contract.ts";
import { abortError, DomainError, isAbort, messageOf, toError } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { CalculationId, CalculationJob, CalculationStanding } from "#shared/quantum/calculation.ts";
import { calculatedEnergy, isResultReached, titleOf } from "#shared/quantum/calculation-words.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { ExpectedCost } from "#shared/quantum/expected-cost.ts";
import type { ShownOrbitals } from "#shared/quantum/orbitals.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { iterationWords } from "../dispatch/iteration-words.ts";
import {
  type FoundCalculation,
  keepCalculation,
  readCalculation,
  readModes,
} from "../files/calculation-record.ts";
import { createSight, type Sight } from "./calculation-sight.ts";

interface CalculationServices {
  notebook: Notebook;
  dispatcher: Dispatcher;
  /** Name and version: stands in every result. */
  program: string;
  /** The folder that holds basis/. */
  resources: string;
  logger: Logger;
  clock: () => Date;
}

/** One of this run of the program that the notebook does not hold. */
interface Own {
  standing: CalculationStanding;
  job: CalculationJob;
  cancel: AbortController;
  done: Promise<void>;
  sight: Sight;
  /** What was found and could not be kept: it is shown as long as the program runs. */
  unkept?: FoundCalculation;
}

function change(one: Own, patch: Partial<CalculationStanding>): void {
  one.standing = { ...one.standing, ...patch };
}

async function expectedOf(job: CalculationJob, resources: string): Promise<ExpectedCost | null> {
  if (job.kind === "hamiltonian") return null;
  if (job.kind === "energy") return await expectedCost(job.request, resources);
  const [first] = job.requests;
  const one = first && (await expectedCost(first, resources));
  return one ? { ...one, seconds: one.seconds * job.requests.length } : null;
}

/** What it will take, by what it took so far where that says more than the law. */
function corrected({ standing, sight }: Own, now: Date): ExpectedCost | null {
  const share = sight.share();
  const { expected, startedAt } = standing;
  if (!expected || share === undefined) return expected;
  return { ...expected, seconds: (now.getTime() - Date.parse(startedAt)) / 1000 / share };
}

function compute(
  { dispatcher, program }: CalculationServices,
  job: CalculationJob,
  {
    onStep,
    onFrame,
    ...options
  }: Pick<Sight, "onStep" | "onFrame"> & { signal: AbortSignal; onProgress: (at: Iterations) => void },
): Promise<FoundCalculation> {
  const made = {
    energy: async ({ request }: Extract<CalculationJob, { kind: "energy" }>) => {
      const { result, ...kept } = await dispatcher.run("calculate", request, {
        ...options,
        onFound: onStep,
      });
      return { result: { energy: { ...result, program } }, ...kept };
    },
    curve: async ({ requests }: Extract<CalculationJob, { kind: "curve" }>) => {
      const curve = await dispatcher.run("energyCurve", requests, { ...options, onFound: onFrame });
      const points = curve.points.map((point) => ({ ...point, program }));
      return { result: { curve: { ...curve, points } }, orbitals: null, modes: null };
    },
    hamiltonian: async ({ request }: Extract<CalculationJob, { kind: "hamiltonian" }>) => {
      const hamiltonian = await dispatcher.run("hamiltonian", request, options);
      return { result: { hamiltonian: { ...hamiltonian, program } }, orbitals: null, modes: null };
    },
  };
  if (job.kind === "energy") return made.energy(job);
  return job.kind === "curve" ? made.curve(job) : made.hamiltonian(job);
}

/** The request at the geometry that its orbitals are of. */
function whereOrbitalsAre(job: CalculationJob, { result }: Pick<FoundCalculation, "result">): EnergyRequest {
  if (job.kind !== "energy")
    throw new DomainError("not-supported", "Surfaces are of the orbitals of one molecule at one geometry.");
  const optimised = result.energy?.optimisation;
  return optimised ? { ...job.request, geometry: optimised.geometry } : job.request;
}

/** The contract's procedures of calculations. */
export function createCalculations(
  services: CalculationServices,
): Implementation<EngineContract["calculations"]> & AsyncDisposable {
  const { notebook, dispatcher, program, resources, logger, clock } = services;
  const own = new Map<CalculationId, Own>();

  const ending = () => ({ progress: null, endedAt: clock().toISOString() });
  const keep = (one: Own, found: FoundCalculation): void => {
    one.unkept = found;
    keepCalculation(notebook, { ended: one.standing, job: one.job, found, program });
    // From here on it is the notebook's.
    own.delete(one.standing.id);
  };
  const run = async (one: Own): Promise<void> => {
    const { job, cancel, sight } = one;
    const options = {
      signal: cancel.signal,
      onProgress: (at: Iterations) =>
        change(one, { progress: [sight.words(), iterationWords(at)].filter(Boolean).join(", ") }),
      onStep: sight.onStep,
      onFrame: (frame: CurveFrame) => {
        sight.onFrame(frame);
        change(one, { expected: corrected(one, clock()) });
      },
    };
    try {
      const found = await compute(services, job, options);
      change(one, {
        ...ending(),
        state: "done",
        energy_hartree: calculatedEnergy(job, found.result),
        isReached: isResultReached(found.result),
      });
      keep(one, found);
    } catch (error) {
      if (!isAbort(error)) throw error;
      change(one, { ...ending(), state: "cancelled" });
      const found = sight.kept(program);
      if (!found) return;
      change(one, { isReached: false });
      keep(one, found);
    }
  };
  const work = async (one: Own): Promise<void> => {
    try {
      await run(one);
    } catch (error) {
      if (!(error instanceof DomainError))
        logger.error({ error: toError(error).stack }, "a calculation broke");
      const what = one.unkept ? "It was computed and could not be kept: " : "";
      change(one, { ...ending(), state: "failed", error: `${what}${messageOf(error)}` });
    }
  };

  const kept = (id: CalculationId) => {
    const found = findCalculation(notebook.db, id);
    if (found) return found;
    throw new DomainError(
      "not-found",
      `There is no calculation ${id} in this notebook. One that was not done when the program ended is to be started again.`,
      { id },
    );
  };

  /** Orbitals that were kept, and the request at the geometry that they are of. */
  const drawn = (id: CalculationId) => {
    const { job, found } = readCalculation(notebook.db, kept(id).id);
    if (found.orbitals) return { request: whereOrbitalsAre(job, found), orbitals: found.orbitals };
    throw new DomainError(
      "not-supported",
      "There is nothing to draw: expected a molecule's calculation whose field converged.",
    );
  };

  return {
    current: async () => [...own.values()].map(({ standing }) => standing).reverse(),
    list: async (page) => listCalculations(notebook.db, page),
    sight: async ({ id }) => {
      const one = own.get(id);
      return one?.standing.state === "running" ? one.sight.seen() : null;
    },
    async get({ id }) {
      const one = own.get(id);
      if (one) return { ...one.standing, job: one.job, result: one.unkept?.result ?? null, orbitals: null };
      const { id: record, calculation } = kept(id);
      const { job, found } = readCalculation(notebook.db, record);
      const orbitals = found.orbitals?.map(({ columns: _, ...set }): ShownOrbitals => set) ?? null;
      return { ...calculation, job, result: found.result, orbitals };
    },
    async start(job) {
      requireWritable(notebook);
      const same = [...own.values()].find(
        (one) => one.standing.state === "running" && isDeepStrictEqual(one.job, job),
      );
      if (same) return same.standing;
      const standing: CalculationStanding = {
        id: randomUUID(),
        kind: job.kind,
        name: job.name,
        title: titleOf(job),
        state: "running",
        startedAt: clock().toISOString(),
        endedAt: null,
        energy_hartree: null,
        isReached: null,
        progress: null,
        expected: null,
        error: null,
        record: null,
      };
      const one: Own = {
        ...{ standing, job, sight: createSight(job) },
        ...{ cancel: new AbortController(), done: Promise.resolve() },
      };
      own.set(standing.id, one);
      // What the law cannot read, such as a basis set that there is not, is told by the calculation itself.
      const foretold = expectedOf(job, resources).then(
        (expected) => change(one, { expected }),
        () => {},
      );
      one.done = foretold.then(() => work(one));
      await foretold;
      return one.standing;
    },
    async cancel({ id }) {
      const one = own.get(id);
      if (!one) return kept(id).calculation;
      one.cancel.abort(abortError());
      await one.done;
      return own.has(id) ? one.standing : kept(id).calculation;
    },
    modes: async ({ id }) => readModes(notebook.db, kept(id).id),
    surface: async ({ id, field, isovalue }, { signal } = {}) =>
      dispatcher.run("surface", { ...drawn(id), field, isovalue }, { signal }),
    potential: async ({ id, isovalue }, { signal } = {}) =>
      dispatcher.run("potentialSurface", { ...drawn(id), isovalue }, { signal }),
    async [Symbol.asyncDispose]() {
      for (const { cancel } of own.values()) cancel.abort(abortError("the notebook was closed"));
      await Promise.all([...own.values()].map(({ done }) => done));
    },
  };
}
