/** What an Engine answers, room by room: each function here is one call of a desk. */
import { setImmediate } from "node:timers/promises";
import { type Notebook, requireWritable } from "#core/notebook/notebook.ts";
import { campaignSettings, getCampaign, listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { listPromotions } from "#core/notebook/tables/rungs.ts";
import {
  cancelCampaign,
  followCampaign,
  resumeCampaign,
  startCampaign,
} from "#core/orchestration/campaign/campaigns.ts";
import { checkSettings } from "#core/orchestration/campaign/check-settings.ts";
import { blindCampaign, blindDetail, blindGraph, blindSearch } from "#core/orchestration/desks/blind.ts";
import type { createCalculations } from "#core/orchestration/desks/calculations.ts";
import type { CandidatePages } from "#core/orchestration/desks/candidate-pages.ts";
import { exportCampaign } from "#core/orchestration/desks/exporting.ts";
import type { createDesk } from "#core/orchestration/desks/notebook.ts";
import { notebookRows } from "#core/orchestration/desks/notebook-rows.ts";
import type { createReviewDesk } from "#core/orchestration/desks/review.ts";
import type { createSigningDesk } from "#core/orchestration/desks/signing.ts";
import { createTableViews } from "#core/orchestration/desks/table-views.ts";
import { createForecasts } from "#core/orchestration/forecast/forecast.ts";
import { importModel } from "#core/orchestration/models/import.ts";
import { recordModel } from "#core/orchestration/models/records.ts";
import { foundingRecords, openSource } from "#core/orchestration/sources/sources.ts";
import { threadChemistry } from "#core/orchestration/threads/thread-chemistry.ts";
import { rankedDetail } from "#core/orchestration/views/candidate-views.ts";
import { rankingCertainty } from "#core/orchestration/views/certainty.ts";
import type { ChemicalMaps } from "#core/orchestration/views/chemical-maps.ts";
import { compareCandidates, molblockOrFailure } from "#core/orchestration/views/comparison.ts";
import type { createSearch } from "#core/orchestration/views/searching.ts";
import { type Campaign, type CampaignSettings, isActive } from "#shared/campaign/campaign.ts";
import { deviceLevels, levelOf } from "#shared/campaign/rungs.ts";
import type { Implementation } from "#shared/contract/calls.ts";
import type { EngineContract } from "#shared/contract/contract.ts";
import { TrainRequest } from "#shared/model/training.ts";
import { isRemote } from "#shared/quantum/backend-names.ts";
import type { EngineOptions } from "../engine-interface.ts";
import { systemInfo } from "../system-info.ts";
import { PROGRAM, type Rooms } from "./open-rooms.ts";

/** What the calls below work with. */
export interface Desks extends Rooms {
  search: ReturnType<typeof createSearch>;
  reviews: ReturnType<typeof createReviewDesk>;
  desk: ReturnType<typeof createDesk>;
  calculations: ReturnType<typeof createCalculations>;
  signing: ReturnType<typeof createSigningDesk>;
  pages: CandidatePages;
  maps: ChemicalMaps;
  options: EngineOptions;
}

type Room<Name extends keyof EngineContract> = Implementation<EngineContract>[Name];

export const systemCalls = ({ notebook, models, readOnlyReason, options }: Desks): Room<"system"> => ({
  info: () =>
    systemInfo(notebook, {
      models,
      resources: options.paths.resources,
      threads: options.threads,
      readOnlyReason: notebook.damage ?? readOnlyReason,
    }),
});

export const libraryCalls = ({ libraries, pages, search, notebook: { db } }: Desks): Room<"libraries"> => ({
  async read({ files, reading, notebook }, options) {
    const named = files.map(async (file) => ({ name: file.name, bytes: await file.bytes() }));
    const others = notebook.map((asked) => notebookRows({ db, pages, search }, asked, reading));
    const request = { files: await Promise.all(named), reading, others: await Promise.all(others) };
    return libraries.read(request, options);
  },
  get: async ({ library }) => libraries.get(library),
  preview: (request, options) => libraries.preview(request, options),
});

export const modelCalls = ({ notebook, models, trainings }: Desks): Room<"models"> => ({
  list: models.list,
  card: ({ name }) => models.card(name),
  async import({ files }) {
    requireWritable(notebook);
    const named = files.map(async (file) => [file.name, await file.bytes()] as const);
    const added = await importModel(models, Object.fromEntries(await Promise.all(named)));
    return recordModel({ notebook, models, program: PROGRAM }, added, "imported");
  },
  train: async ({ file, ...request }) => {
    const bytes = await file.bytes();
    return trainings.start(TrainRequest.parse({ ...request, fileName: file.name, file: bytes }));
  },
  training: async () => trainings.current(),
  followTraining: (options) => trainings.follow(options),
  stopTraining: async (options) => trainings.stop(options),
});

/** A campaign as it stands: in a file that is damaged or gone nothing goes on, and nothing can be written of it. */
function standing({ db, damage }: Notebook, campaign: Campaign): Campaign {
  const isHalted = damage !== undefined && isActive(campaign);
  return blindCampaign(db, isHalted ? { ...campaign, state: "failed", error: damage } : campaign);
}

/** @throws DomainError backend-unavailable where a device that the campaign is measured on may not be asked */
export async function requireDevices(
  { requireReady }: Pick<Desks["devices"], "requireReady">,
  settings: CampaignSettings,
): Promise<void> {
  for (const rung of deviceLevels(settings)) {
    const { backend } = levelOf(settings, rung);
    if (isRemote(backend)) await requireReady(backend);
  }
}

export function campaignCalls(desks: Desks): Room<"campaigns"> {
  const { notebook, models, libraries, pages, search, options } = desks;
  const views = createTableViews(notebook);
  const { db } = notebook;
  /** What a campaign finds can be searched by structure soon after it was filtered. */
  const indexed = (campaign: Campaign): Campaign => {
    const follow = async () => {
      for await (const { type } of followCampaign(desks, campaign.id))
        if (type === "changed") search.index().catch(() => {});
    };
    follow().then(search.index, () => {});
    return campaign;
  };
  const { resources } = options.paths;
  const services = { models, libraries, resources };
  const forecast = createForecasts({
    db,
    dispatcher: desks.dispatcher,
    threads: options.threads,
    resources,
    openSource: (settings) => openSource(settings, services),
    costs: { local: desks.local, devices: desks.devices },
  });
  return {
    list: async () => listCampaigns(db).map((campaign) => standing(notebook, campaign)),
    get: async ({ id }) => standing(notebook, getCampaign(db, id)),
    start: async (settings) => {
      requireWritable(notebook);
      await checkSettings(settings, { ...services, dispatcher: desks.dispatcher });
      await requireDevices(desks.devices, settings);
      return indexed(startCampaign(desks, settings, foundingRecords(settings.generation, services)));
    },
    forecast,
    cancel: async ({ id }) => blindCampaign(db, cancelCampaign(desks, id)),
    resume: async ({ id, limits }) => {
      await requireDevices(desks.devices, campaignSettings(db, id));
      return blindCampaign(db, indexed(resumeCampaign(desks, id, limits)));
    },
    events: ({ id }, { signal } = {}) => followCampaign(desks, id, signal),
    measured: async ({ id }) => pages.measured(id),
    certainty: async ({ id }) => rankingCertainty(db, id),
    views: async ({ campaignId }) => views.list(campaignId),
    keepView: async ({ campaignId, view }) => views.keep(campaignId, view),
    forgetView: async ({ campaignId, name }) => views.forget(campaignId, name),
    promotions: async ({ id }) => listPromotions(db, id),
  };
}

export function candidateCalls({
  notebook: { db },
  pages,
  maps,
  reviews,
  options,
}: Desks): Room<"candidates"> {
  const { clock, paths } = options;
  return {
    page: async ({ first, count, ...order }) => pages.page(order, { first, count }),
    place: async ({ index, ...order }) => pages.place(order, index),
    numbers: async ({ keys, ...order }) => pages.numbers(order, keys),
    histogram: async ({ key, ...order }) => pages.histogram(order, key),
    map: async ({ campaignId }) => maps.of(campaignId),
    counts: async ({ campaignId, viewer }) => pages.counts(campaignId, viewer),
    some: async ({ ids, viewer }) => pages.some(ids, viewer),
    get: async ({ id, viewer }) => blindDetail(db, rankedDetail(db, id, pages.ranksIn), viewer),
    shapes: async ({ ids }) => db.snapshot(() => ids.map((id) => molblockOrFailure(db, id))),
    compare: async ({ ids }) => compareCandidates(db, await threadChemistry(paths.resources), ids),
    depict: async ({ smiles, contains }) => {
      const chemistry = await threadChemistry(paths.resources);
      using query = contains === undefined ? undefined : chemistry.substructureQuery(contains);
      const { depict } = query ?? chemistry;
      const drawings: string[] = [];
      for (const one of smiles) {
        drawings.push(depict(one));
        // Others are served between two drawings: a pool thread may be busy with an evaluation for minutes.
        await setImmediate();
      }
      return drawings;
    },
    review: async (review) => reviews.review({ ...review, at: clock().toISOString() }),
  };
}

export const exportCalls = ({ notebook, options }: Desks): Room<"exports"> => ({
  create: async (request) => {
    const structures = await threadChemistry(options.paths.resources);
    return exportCampaign({ notebook, program: PROGRAM, structures, clock: options.clock }, request);
  },
});

export const reviewCalls = ({ reviews, signing }: Desks): Room<"reviews"> => ({
  ...reviews,
  signOff: async ({ key, ...request }) => {
    // A wrong passphrase is told before anything is locked.
    const keys = key && (await signing.unlock(key));
    return reviews.signOff(request, keys ? () => void signing.signWith(keys) : undefined);
  },
});

export const searchCall =
  ({ notebook: { db }, search }: Desks): Room<"search"> =>
  (query) =>
    blindSearch(db, search, query);

export const notebookCalls = ({ notebook: { db }, desk, signing }: Desks): Room<"notebook"> => ({
  ...desk,
  candidateProvenance: async ({ id, viewer }) =>
    blindGraph(db, await desk.candidateProvenance({ id }), viewer),
  provenance: async ({ record, direction, viewer }) =>
    blindGraph(db, await desk.provenance({ record, direction }), viewer),
  signing: signing.state,
  sign: signing.sign,
});
