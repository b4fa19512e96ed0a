import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readReferenceSet } from "#core/generation/measure/reference-set.ts";
import { type GenerationModel, openModel, type UnreadableModel } from "#core/generation/network/model.ts";
import { tighten } from "#core/notebook/file/place.ts";
import { DomainError } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { ModelCard, ModelSummary } from "#shared/model/model.ts";
import { addModel, nameTaken, requireModelsFolder } from "./adding.ts";
import { installedModels } from "./installed.ts";

export interface Models {
  list(): Promise<ModelSummary[]>;
  /** Folders that should hold a model, and why they do not. */
  unreadable(): Promise<UnreadableModel[]>;
  /** Reads all files of each model as their use does; @returns the names; @throws DomainError model-damaged for the first that fails. */
  check(): Promise<string[]>;
  /** @throws DomainError not-found naming the models there are; model-damaged */
  card(name: string): Promise<ModelCard>;
  /** As `list` has it. @throws as `card` does */
  summary(name: string): Promise<ModelSummary>;
  /** @throws DomainError not-found naming the models there are; model-damaged */
  open(name: string): Promise<GenerationModel>;
  /** The cards from the first ancestor that is installed to the model itself. */
  lineageOf(model: GenerationModel): Promise<ModelCard[]>;
  /** Refuses a name that is taken, and a place where no model can be put. @throws DomainError conflict, not-supported */
  requireRoomFor(name: string): Promise<void>;
  /**
   * Adds a model: `fill` writes its folder, which is checked and then put in place whole.
   * @throws DomainError conflict, not-supported, not-found, model-damaged
   */
  add(fill: (directory: string) => Promise<unknown>): Promise<GenerationModel>;
}

interface ModelsOptions {
  resources: string;
  /** The user's own models; undefined where there is no place for them. */
  own: string | undefined;
  /** File name of the notebook on whose behalf models are added: it has one writer at a time. */
  notebook: string;
  logger: Logger;
}

/** Takes from others the right to read the user's own models of earlier versions; the paths that were changed. */
export function tightenModels(own: string | undefined): string[] {
  if (own === undefined || !existsSync(own)) return [];
  const inside = readdirSync(own, { recursive: true, encoding: "utf8" }).map((name) => join(own, name));
  return tighten([own, ...inside]);
}

export function createModels(options: ModelsOptions): Models {
  const { own, notebook } = options;
  const opened = new Map<string, Promise<GenerationModel>>();
  const { all, find, summary, lineageOf } = installedModels(options);
  const requireRoomFor = async (name: string): Promise<void> => {
    const folder = join(requireModelsFolder(own), name);
    const isListed = (await all()).models.some(({ card }) => card.name === name);
    if (!isListed && !existsSync(folder)) return;
    throw nameTaken(name, isListed ? undefined : folder);
  };
  return {
    list: async () => (await all()).models.map(summary),
    unreadable: async () => (await all()).unreadable,
    check: async () => {
      const { models, unreadable } = await all();
      const [first] = unreadable;
      if (first) throw new DomainError("model-damaged", first.reason, { ...first });
      for (const { directory } of models) {
        await openModel(directory);
        await readReferenceSet(directory);
      }
      return models.map(({ card }) => card.name);
    },
    card: async (name) => (await find(name)).card,
    summary: async (name) => summary(await find(name)),
    requireRoomFor,
    open: (name) => {
      const known = opened.get(name);
      if (known) return known;
      const opening = find(name).then(({ directory }) => openModel(directory));
      opened.set(name, opening);
      opening.catch(() => opened.delete(name));
      return opening;
    },
    lineageOf: ({ card }) => lineageOf(card),
    add: async (fill) => addModel({ folder: requireModelsFolder(own), notebook, requireRoomFor }, fill),
  };
}
