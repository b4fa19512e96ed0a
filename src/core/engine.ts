/** The composition root: opens the rooms, connects them, and answers as one Engine. */
import { campaignSettings, campaignsInState } from "#core/notebook/tables/campaigns.ts";
import { finishedCampaign } from "#core/orchestration/campaign/campaigns.ts";
import { checkSettings, checkUnread } from "#core/orchestration/campaign/check-settings.ts";
import { recover } from "#core/orchestration/campaign/recover.ts";
import { createCalculations } from "#core/orchestration/desks/calculations.ts";
import { createCandidatePages } from "#core/orchestration/desks/candidate-pages.ts";
import { damagedFile, keepHouse } from "#core/orchestration/desks/housekeeping.ts";
import { createMolecules } from "#core/orchestration/desks/molecules.ts";
import { createDesk } from "#core/orchestration/desks/notebook.ts";
import { createReviewDesk } from "#core/orchestration/desks/review.ts";
import { createSampling } from "#core/orchestration/desks/sampling.ts";
import { createSigningDesk } from "#core/orchestration/desks/signing.ts";
import { threadChemistry } from "#core/orchestration/threads/thread-chemistry.ts";
import { createChemicalMaps } from "#core/orchestration/views/chemical-maps.ts";
import { createSearch } from "#core/orchestration/views/searching.ts";
import { type Implementation, parsing } from "#shared/contract/calls.ts";
import { type EngineContract, engineContract } from "#shared/contract/contract.ts";
import { DomainError } from "#shared/errors.ts";
import type { CampaignId } from "#shared/ids.ts";
import {
  campaignCalls,
  candidateCalls,
  type Desks,
  exportCalls,
  libraryCalls,
  modelCalls,
  notebookCalls,
  requireDevices,
  reviewCalls,
  searchCall,
  systemCalls,
} from "./engine/calls.ts";
import { openRooms, PROGRAM, type Rooms } from "./engine/open-rooms.ts";
import { qpuCalls } from "./engine/qpu-calls.ts";
import type { Engine, EngineOptions } from "./engine-interface.ts";

/** From here on the file is only read; what runs is stopped, and whoever waits for it hears why. */
const protecting =
  ({ notebook, runner, events }: Rooms) =>
  (damage: string): void => {
    notebook.protect(damage);
    for (const id of campaignsInState(notebook.db, "running")) {
      runner.abort(id);
      events.changed(id);
    }
  };

/** Why campaigns that an earlier process left may not ask their devices: in the app keys are gone with it. */
async function devicesMissing({ notebook: { db }, devices }: Rooms): Promise<Map<CampaignId, string>> {
  const missing = new Map<CampaignId, string>();
  for (const id of campaignsInState(db, "running"))
    try {
      await requireDevices(devices, campaignSettings(db, id));
    } catch (error) {
      if (!(error instanceof DomainError) || error.code === "notebook-damaged") throw error;
      missing.set(id, error.message);
    }
  return missing;
}

/** Takes up what an earlier process left, where the notebook is written to. */
async function takeUp(
  rooms: Rooms,
  { goOn = true, recover: isWanted = true, paths }: EngineOptions,
): Promise<void> {
  const { notebook, trainings } = rooms;
  if (notebook.readonly || !isWanted) return;
  try {
    recover(rooms, { goOn, waits: await devicesMissing(rooms) });
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "notebook-damaged")) throw error;
    notebook.protect(damagedFile(paths.notebook, String(error.data.sqlite)));
    // What a training left waits for a notebook that can name its model.
    return;
  }
  await trainings.takeOver();
}

function openDesks(rooms: Rooms, options: EngineOptions): Desks {
  const { notebook, dispatcher, models, libraries } = rooms;
  const { clock, keychain, logger } = options;
  const { resources } = options.paths;
  const chemistry = () => threadChemistry(resources);
  const search = createSearch({ notebook, dispatcher, chemistry, logger });
  return {
    ...rooms,
    options,
    search,
    maps: createChemicalMaps({ notebook, dispatcher, search }),
    reviews: createReviewDesk({ notebook, clock }),
    pages: createCandidatePages(notebook.db),
    calculations: createCalculations({ notebook, dispatcher, program: PROGRAM, resources, logger, clock }),
    desk: createDesk({ notebook, dispatcher, models, libraries, program: PROGRAM, resources, clock }),
    signing: createSigningDesk({ notebook, clock, keychain }),
  };
}

/** The contract's calls, by room. */
const implementation = (desks: Desks): Implementation<EngineContract> => ({
  system: systemCalls(desks),
  models: modelCalls(desks),
  libraries: libraryCalls(desks),
  campaigns: campaignCalls(desks),
  candidates: candidateCalls(desks),
  exports: exportCalls(desks),
  reviews: reviewCalls(desks),
  search: searchCall(desks),
  notebook: notebookCalls(desks),
  calculations: desks.calculations,
  qpu: qpuCalls(desks),
  molecules: createMolecules({
    dispatcher: desks.dispatcher,
    program: PROGRAM,
    resources: desks.options.paths.resources,
  }),
});

/**
 * Opens a notebook and everything that works on it; campaigns that an earlier process left running go on.
 *
 * @throws DomainError not-found, notebook-newer, notebook-damaged, notebook-locked, disk-full
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const rooms = openRooms(options);
  const { notebook, models, libraries, dispatcher, runner, events, trainings } = rooms;
  await takeUp(rooms, options);
  const desks = openDesks(rooms, options);
  const { clock, logger, threads } = options;
  const house = keepHouse({ notebook, dispatcher, logger, clock, onDamage: protecting(rooms) });
  const calls = parsing(engineContract, implementation(desks));
  const { resources } = options.paths;
  const services = { models, libraries, resources, dispatcher };
  return {
    ...calls,
    devices: rooms.devices,
    models: { ...calls.models, unreadable: models.unreadable },
    campaigns: {
      ...calls.campaigns,
      finished: ({ id }, work) => finishedCampaign(rooms, id, work),
      checkUnread: (settings) => checkUnread(settings, services),
      check: (settings) => checkSettings(settings, services),
    },
    candidates: {
      ...calls.candidates,
      list: async ({ campaignId, viewer }) => desks.pages.all(campaignId, viewer),
    },
    notebook: { ...calls.notebook, importArchiveTo: desks.desk.importArchiveTo },
    molecules: { ...calls.molecules, ...createSampling({ dispatcher, models, resources, threads }) },
    async [Symbol.asyncDispose]() {
      await desks.calculations[Symbol.asyncDispose]();
      await desks.search[Symbol.asyncDispose]();
      await house[Symbol.asyncDispose]();
      await trainings[Symbol.asyncDispose]();
      await runner[Symbol.asyncDispose]();
      await dispatcher[Symbol.asyncDispose]();
      events.close();
      notebook[Symbol.dispose]();
    },
  };
}
