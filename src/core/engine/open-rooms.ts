/** The rooms behind an Engine, opened and connected. */
import { totalmem } from "node:os";
import { basename } from "node:path";
import { privateNow } from "#core/notebook/file/place.ts";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import type { CampaignServices } from "#core/orchestration/campaign/campaigns.ts";
import { createCampaignEvents } from "#core/orchestration/campaign/events.ts";
import { createRunner } from "#core/orchestration/campaign/runner.ts";
import { createDeviceDesk, type DeviceDesk } from "#core/orchestration/devices/desk.ts";
import { openKeyStore } from "#core/orchestration/devices/key-store.ts";
import { withDevices } from "#core/orchestration/devices/with-devices.ts";
import { withBoundedMemory } from "#core/orchestration/dispatch/bounded-memory.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { shippedSets } from "#core/orchestration/forecast/forecast.ts";
import { createRungCosts } from "#core/orchestration/forecast/rung-costs.ts";
import { createLibraries, type Libraries } from "#core/orchestration/libraries/libraries.ts";
import { removeUnfinishedModels } from "#core/orchestration/models/adding.ts";
import { createCheckpoints } from "#core/orchestration/models/checkpoint.ts";
import { createModels, type Models, tightenModels } from "#core/orchestration/models/models.ts";
import { createTrainings, type Trainings } from "#core/orchestration/models/training.ts";
import { openSource } from "#core/orchestration/sources/sources.ts";
import { STAGES } from "#core/orchestration/stages/stages.ts";
import { withOwnProcesses } from "#core/orchestration/threads/own-process.ts";
import { createThreadPool } from "#core/orchestration/threads/pool.ts";
import { PROCESS_ENTRY, THREAD_ENTRY } from "#core/orchestration/worker/entries.ts";
import { OPEN_PROVIDER } from "#core/quantum/backends/registry.ts";
import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import { DomainError } from "#shared/errors.ts";
import { modelsBeside } from "#shared/notebook/notebook-path.ts";
import type { EngineOptions } from "../engine-interface.ts";
import { VERSION } from "../version.ts";

/** Of the machine's memory that evaluations may hold together; the rest is for the program and for others. */
const SHARE_OF_MEMORY = 0.7;

export const PROGRAM = `ansatz ${VERSION}`;

export interface Rooms extends CampaignServices {
  dispatcher: Dispatcher;
  /** The same without devices: what asks for their shots ends with ShotsNeeded. */
  local: Dispatcher;
  models: Models;
  libraries: Libraries;
  trainings: Trainings;
  devices: DeviceDesk;
  readOnlyReason: string | null;
}

interface Opened {
  notebook: Notebook;
  /** Why it is read-only where that was not asked for. */
  readOnlyReason: string | null;
}

function openFor({ paths, clock, mode = "write" }: EngineOptions): Opened {
  const base = { path: paths.notebook, clock, program: PROGRAM };
  if (mode === "read-only")
    return { notebook: openNotebook({ ...base, mode: "read-only" }), readOnlyReason: null };
  try {
    return { notebook: openNotebook({ ...base, mode: "create" }), readOnlyReason: null };
  } catch (error) {
    const readOnlyReason = mode === "read-only-if-locked" ? whyReadOnly(error) : undefined;
    if (readOnlyReason === undefined) throw error;
    return { notebook: openNotebook({ ...base, mode: "read-only" }), readOnlyReason };
  }
}

/** Why a notebook that cannot be opened for writing may still be read; undefined where it cannot be either. */
function whyReadOnly(error: unknown): string | undefined {
  if (!(error instanceof DomainError)) return undefined;
  const { code, data, message } = error;
  if (code === "notebook-locked" && data.holder)
    return `Another program (${data.holder}) is writing to this notebook.`;
  return code === "notebook-locked" || code === "notebook-damaged" ? message : undefined;
}

/** Opens the notebook, and what works on it beside the desks. */
export function openRooms(options: EngineOptions): Rooms {
  const { paths, logger, threads } = options;
  const { resources } = paths;
  const { notebook, readOnlyReason } = openFor(options);
  const pool = createThreadPool({ size: threads, entry: THREAD_ENTRY, resources });
  const bounded = withBoundedMemory(withOwnProcesses(pool, { entry: PROCESS_ENTRY, resources }), {
    bytes: SHARE_OF_MEMORY * totalmem(),
    basisSets: shippedSets(resources),
  });
  const devices = createDeviceDesk({
    notebook,
    resources,
    clock: options.clock,
    secrets: options.deviceSecrets,
    held: options.heldKeys,
    keys: paths.keys && options.keychain ? openKeyStore(paths.keys, options.keychain) : undefined,
    open: OPEN_PROVIDER,
    fitCircuit: (asked, signal) => bounded.run("fitCircuit", asked, { signal }),
  });
  // Outside: whoever waits for a device holds neither a thread nor memory.
  const dispatcher = withDevices(bounded, () => devices);
  const own = paths.models ?? (notebook.path === ":memory:" ? undefined : modelsBeside(notebook.path));
  const modelsOptions = { own, notebook: basename(notebook.path), logger };
  const tightened = notebook.readonly ? [] : tightenModels(own);
  if (!notebook.readonly) removeUnfinishedModels(modelsOptions);
  for (const note of [...notebook.notes, ...privateNow(tightened)]) {
    logger.warn({ path: notebook.path }, note);
    options.onNote?.(note);
  }
  const models = createModels({ resources, ...modelsOptions });
  const libraries = createLibraries({ notebook, dispatcher });
  const events = createCampaignEvents();
  const services = {
    notebook,
    dispatcher,
    program: PROGRAM,
    logger,
    openSource: (settings: GenerationSettings) => openSource(settings, { models, libraries, resources }),
  };
  const rungCosts = createRungCosts({ db: notebook.db, dispatcher, resources });
  const runner = createRunner({ services, events, stages: STAGES, threads, rungCosts });
  const checkpoints = own === undefined ? undefined : createCheckpoints(own, modelsOptions.notebook);
  const trainings = createTrainings({ notebook, dispatcher, models, program: PROGRAM, logger, checkpoints });
  return {
    notebook,
    dispatcher,
    local: bounded,
    models,
    libraries,
    trainings,
    devices,
    events,
    runner,
    readOnlyReason,
  };
}
