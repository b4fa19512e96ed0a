/** The composition root: opens the rooms, connects them, and answers as one Engine. */
import { basename } from "node:path";
import { setImmediate } from "node:timers/promises";
import { privateNow } from "#core/notebook/file/place.ts";
import { type Notebook, openNotebook, requireWritable } from "#core/notebook/notebook.ts";
import { campaignsInState, getCampaign, listCampaigns } from "#core/notebook/tables/campaigns.ts";
import {
  type CampaignServices,
  cancelCampaign,
  finishedCampaign,
  followCampaign,
  recover,
  resumeCampaign,
  startCampaign,
} from "#core/orchestration/campaign/campaigns.ts";
import { checkSettings } from "#core/orchestration/campaign/check-settings.ts";
import { createCampaignEvents } from "#core/orchestration/campaign/events.ts";
import { createRunner } from "#core/orchestration/campaign/runner.ts";
import {
  blindCampaign,
  blindDetail,
  blindGraph,
  blindHits,
  blindRows,
} from "#core/orchestration/desks/blind.ts";
import { exportCampaign } from "#core/orchestration/desks/exporting.ts";
import { damagedFile, keepHouse } from "#core/orchestration/desks/housekeeping.ts";
import { createMolecules } from "#core/orchestration/desks/molecules.ts";
import { createDesk } from "#core/orchestration/desks/notebook.ts";
import { createReviewDesk } from "#core/orchestration/desks/review.ts";
import { createSampling } from "#core/orchestration/desks/sampling.ts";
import { createSigningDesk } from "#core/orchestration/desks/signing.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { removeUnfinishedModels } from "#core/orchestration/models/adding.ts";
import { createCheckpoints } from "#core/orchestration/models/checkpoint.ts";
import { importModel } from "#core/orchestration/models/import.ts";
import { createModels, type Models, tightenModels } from "#core/orchestration/models/models.ts";
import { recordModel } from "#core/orchestration/models/records.ts";
import { createTrainings, type Trainings } from "#core/orchestration/models/training.ts";
import { openSource } from "#core/orchestration/sources/sources.ts";
import { STAGES } from "#core/orchestration/stages/stages.ts";
import { createThreadPool } from "#core/orchestration/threads/pool.ts";
import { threadChemistry } from "#core/orchestration/threads/thread-chemistry.ts";
import {
  estimateCorrelation,
  rankedCandidates,
  rankedDetail,
} from "#core/orchestration/views/candidate-views.ts";
import { createSearch } from "#core/orchestration/views/searching.ts";
import { THREAD_ENTRY } from "#core/orchestration/worker/entries.ts";
import { type Campaign, CampaignSettings } from "#shared/campaign/campaign.ts";
import { Review } from "#shared/campaign/review.ts";
import { SearchQuery } from "#shared/campaign/search.ts";
import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import { DomainError } from "#shared/errors.ts";
import { ModelFiles } from "#shared/model/model.ts";
import { TrainRequest } from "#shared/model/training.ts";
import { modelsBeside } from "#shared/notebook/notebook-path.ts";
import type { Engine, EngineOptions } from "./engine-interface.ts";
import { systemInfo } from "./system-info.ts";
import { VERSION } from "./version.ts";

const PROGRAM = `ansatz ${VERSION}`;

interface Rooms extends CampaignServices {
  dispatcher: Dispatcher;
  models: Models;
  trainings: Trainings;
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

function openRooms(options: EngineOptions): Rooms {
  const { paths, logger, threads } = options;
  const { resources } = paths;
  const { notebook, readOnlyReason } = openFor(options);
  const dispatcher = createThreadPool({ size: threads, entry: THREAD_ENTRY, resources });
  const own = paths.models ?? (notebook.path === ":memory:" ? undefined : modelsBeside(notebook.path));
  const modelsOptions = { own, notebook: basename(notebook.path), logger };
  const tightened = notebook.readonly ? [] : tightenModels(own);
  if (!notebook.readonly) removeUnfinishedModels(modelsOptions);
  for (const note of [...notebook.notes, ...privateNow(tightened)]) {
    logger.warn({ path: notebook.path }, note);
    options.onNote?.(note);
  }
  const models = createModels({ resources, ...modelsOptions });
  const events = createCampaignEvents();
  const services = {
    notebook,
    dispatcher,
    program: PROGRAM,
    logger,
    openSource: (settings: GenerationSettings) => openSource(settings, { models, resources }),
  };
  const runner = createRunner({ services, events, stages: STAGES, threads });
  const checkpoints = own === undefined ? undefined : createCheckpoints(own, modelsOptions.notebook);
  const trainings = createTrainings({ notebook, dispatcher, models, program: PROGRAM, logger, checkpoints });
  return { notebook, dispatcher, models, trainings, events, runner, readOnlyReason };
}

function modelDesk({ notebook, models, trainings }: Rooms): Engine["models"] {
  return {
    list: models.list,
    unreadable: models.unreadable,
    card: models.card,
    async import(files) {
      requireWritable(notebook);
      const added = await importModel(models, ModelFiles.parse(files));
      return recordModel({ notebook, models, program: PROGRAM }, added, "imported");
    },
    train: (request) => trainings.start(TrainRequest.parse(request)),
    training: async () => trainings.current(),
    followTraining: (options) => trainings.follow(options),
    stopTraining: async (options) => trainings.stop(options),
  };
}

/**
 * Opens a notebook and everything that works on it; campaigns that an earlier process left running go on.
 *
 * @throws DomainError not-found, notebook-newer, notebook-damaged, notebook-locked, disk-full
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { clock, threads, paths } = options;
  const rooms = openRooms(options);
  const { notebook, models, dispatcher, runner, events, readOnlyReason } = rooms;
  const { db } = notebook;
  /** From here on the file is only read; what runs is stopped, and whoever waits for it hears why. */
  const protect = (damage: string): void => {
    notebook.protect(damage);
    for (const id of campaignsInState(db, "running")) {
      runner.abort(id);
      events.changed(id);
    }
  };
  if (!notebook.readonly && options.recover !== false) {
    try {
      recover(rooms, { goOn: options.goOn ?? true });
    } catch (error) {
      if (!(error instanceof DomainError && error.code === "notebook-damaged")) throw error;
      notebook.protect(damagedFile(paths.notebook, String(error.data.sqlite)));
    }
  }
  if (!notebook.readonly && options.recover !== false) await rooms.trainings.takeOver();
  const { resources } = paths;
  const search = createSearch({
    notebook,
    dispatcher,
    chemistry: () => threadChemistry(resources),
    logger: options.logger,
  });
  /** What a campaign found can be searched by structure as soon as it has ended. */
  const indexed = (campaign: Campaign): Campaign => {
    finishedCampaign(rooms, campaign.id).then(search.index, () => {});
    return campaign;
  };
  const reviews = createReviewDesk({ notebook, clock });
  /** A campaign as it stands: in a file that is damaged or gone nothing goes on, and nothing can be written of it. */
  const standing = (campaign: Campaign): Campaign => {
    const { damage } = notebook;
    const isHalted = damage !== undefined && ["queued", "running"].includes(campaign.state);
    return blindCampaign(db, isHalted ? { ...campaign, state: "failed", error: damage } : campaign);
  };
  const desk = createDesk({ notebook, dispatcher, models, program: PROGRAM, resources, clock });
  const signing = createSigningDesk({ notebook, clock, keychain: options.keychain });
  const house = keepHouse({ notebook, dispatcher, logger: options.logger, clock, onDamage: protect });
  return {
    system: {
      info: () =>
        systemInfo(notebook, {
          models,
          resources,
          threads,
          readOnlyReason: notebook.damage ?? readOnlyReason,
        }),
    },
    models: modelDesk(rooms),
    campaigns: {
      list: async () => listCampaigns(db).map(standing),
      get: async (id) => standing(getCampaign(db, id)),
      start: async (wanted) => {
        requireWritable(notebook);
        const settings = CampaignSettings.parse(wanted);
        await checkSettings(settings, { models, resources });
        return indexed(startCampaign(rooms, settings));
      },
      cancel: async (id) => blindCampaign(db, cancelCampaign(rooms, id)),
      resume: async (id) => blindCampaign(db, indexed(resumeCampaign(rooms, id))),
      events: (id, { signal } = {}) => followCampaign(rooms, id, signal),
      estimateCorrelation: async (id) => estimateCorrelation(db, id),
      finished: (id, work) => finishedCampaign(rooms, id, work),
    },
    candidates: {
      list: async (campaign, { viewer } = {}) =>
        blindRows(db, campaign, rankedCandidates(db, campaign), viewer),
      get: async (id, { viewer } = {}) => blindDetail(db, rankedDetail(db, id), viewer),
      depict: async (smiles) => {
        const { depict } = await threadChemistry(resources);
        const drawings: string[] = [];
        for (const one of smiles) {
          drawings.push(depict(one));
          // Others are served between two drawings: a pool thread may be busy with an evaluation for minutes.
          await setImmediate();
        }
        return drawings;
      },
      review: async (review) => reviews.review(Review.parse({ ...review, at: clock().toISOString() })),
    },
    exports: {
      create: async (request) => {
        const structures = await threadChemistry(resources);
        return exportCampaign({ notebook, program: PROGRAM, structures, clock }, request);
      },
    },
    molecules: {
      ...createMolecules({ dispatcher, program: PROGRAM }),
      ...createSampling({ dispatcher, models, resources, threads }),
    },
    reviews: {
      ...reviews,
      signOff: async (request, key) => {
        // A wrong passphrase is told before anything is locked.
        const keys = key && (await signing.unlock(key));
        return reviews.signOff(request, keys && (() => void signing.signWith(keys)));
      },
    },
    search: async (wanted) => {
      const query = SearchQuery.parse(wanted);
      return blindHits(db, await search.run(query), query);
    },
    notebook: {
      ...desk,
      candidateProvenance: async (id, { viewer } = {}) =>
        blindGraph(db, await desk.candidateProvenance(id), viewer),
      provenance: async (record, direction, { viewer } = {}) =>
        blindGraph(db, await desk.provenance(record, direction), viewer),
      signing: signing.state,
      sign: signing.sign,
    },
    async [Symbol.asyncDispose]() {
      await search[Symbol.asyncDispose]();
      await house[Symbol.asyncDispose]();
      await rooms.trainings[Symbol.asyncDispose]();
      await runner[Symbol.asyncDispose]();
      await dispatcher[Symbol.asyncDispose]();
      events.close();
      notebook[Symbol.dispose]();
    },
  };
}
