/** The models that came with the program and the user's own, each loaded once. */
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { readReferenceSet } from "#core/generation/measure/reference-set.ts";
import {
  type GenerationModel,
  listModels,
  openModel,
  type UnreadableModel,
} from "#core/generation/network/model.ts";
import { weightCount } from "#core/generation/network/weights.ts";
import { PRIVATE_FOLDER, tighten } from "#core/notebook/file/place.ts";
import { DomainError } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { ModelCard, ModelSummary } from "#shared/model/model.ts";

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

interface Listed {
  card: ModelCard;
  directory: string;
}

const bytesOf = ({ vocabulary, architecture }: ModelCard): number =>
  4 * weightCount(vocabulary.length, architecture.hidden);

/** Takes from others the right to read the user's own models of earlier versions; the paths that were changed. */
export function tightenModels(own: string | undefined): string[] {
  if (own === undefined || !existsSync(own)) return [];
  const inside = readdirSync(own, { recursive: true, encoding: "utf8" }).map((name) => join(own, name));
  return tighten([own, ...inside]);
}

/** Folders that are being filled; the leading dot keeps them out of every list. */
const unfinished = (notebook: string): { prefix: string; ending: string } => ({
  prefix: `.${notebook}.`,
  ending: ".part",
});

/**
 * Removes what a process left that was killed while it added a model.
 *
 * For the notebook's writer, before it adds any: nobody else is filling folders in its name.
 */
export function removeUnfinishedModels({ own, notebook, logger }: Omit<ModelsOptions, "resources">): void {
  if (own === undefined || !existsSync(own)) return;
  const { prefix, ending } = unfinished(notebook);
  for (const name of readdirSync(own)) {
    if (!name.startsWith(prefix) || !name.endsWith(ending)) continue;
    try {
      rmSync(join(own, name), { recursive: true });
      logger.info({ folder: join(own, name) }, "removed a model that was never finished");
    } catch (error) {
      logger.warn({ folder: join(own, name), error: String(error) }, "an unfinished model stays");
    }
  }
}

export function createModels({ resources, own, notebook, logger }: ModelsOptions): Models {
  const shipped = join(resources, "models");
  const opened = new Map<string, Promise<GenerationModel>>();
  const all = async () => {
    const found = await listModels(own === undefined ? [shipped] : [shipped, own]);
    for (const { directory, reason } of found.unreadable)
      logger.warn({ directory, reason }, "a model cannot be read");
    return found;
  };
  const summary = ({ card, directory }: Listed): ModelSummary => {
    const { name, hash, parent, title, description } = card;
    const origin = directory.startsWith(shipped) ? "shipped" : "own";
    return { name, hash, parent, title, description, bytes: bytesOf(card), origin };
  };
  const find = async (name: string): Promise<Listed> => {
    const { models, unreadable } = await all();
    const found = models.find(({ card }) => card.name === name);
    if (found) return found;
    const damaged = unreadable.find(({ directory }) => basename(directory) === name);
    if (damaged) throw new DomainError("model-damaged", damaged.reason, { model: name, ...damaged });
    const known = models.map(({ card }) => card.name);
    const message = `There is no model "${name}": expected one of ${known.join(", ") || "none, for none is installed"}.`;
    throw new DomainError("not-found", message, { model: name, known });
  };
  const requireRoomFor = async (name: string): Promise<void> => {
    const folder = join(requireFolder(own), name);
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
    async lineageOf({ card }) {
      const { models } = await all();
      const lineage = [card];
      // A card names the hash of its parent's weights, so that the line cannot come back to itself.
      for (let parent = card.parent; parent !== null; ) {
        const found = models.find((model) => model.card.hash === parent);
        if (!found || lineage.includes(found.card)) break;
        lineage.unshift(found.card);
        parent = found.card.parent;
      }
      return lineage;
    },
    async add(fill) {
      const folder = requireFolder(own);
      const { prefix, ending } = unfinished(notebook);
      const parts = join(folder, `${prefix}${randomUUID()}${ending}`);
      await mkdir(parts, { recursive: true, mode: PRIVATE_FOLDER });
      try {
        await fill(parts);
        tighten((await readdir(parts)).map((name) => join(parts, name)));
        const { card } = await openModel(parts).catch(refuseForeign);
        await readReferenceSet(parts).catch(refuseForeign);
        await requireRoomFor(card.name);
        await rename(parts, join(folder, card.name)).catch((error: NodeJS.ErrnoException) => {
          // Another process was quicker.
          throw ["ENOTEMPTY", "EEXIST"].includes(error.code ?? "") ? nameTaken(card.name) : error;
        });
        return await openModel(join(folder, card.name));
      } catch (error) {
        throw isDiskFull(error) ? noRoom(folder) : error;
      } finally {
        await rm(parts, { recursive: true, force: true });
      }
    },
  };
}

const isDiskFull = (error: unknown): boolean =>
  error instanceof Error && ["ENOSPC", "EDQUOT"].includes((error as NodeJS.ErrnoException).code ?? "");

const noRoom = (folder: string): DomainError =>
  new DomainError(
    "disk-full",
    `The disk with ${folder} is full: the model was not added. Make room, then add or train it again.`,
    { folder },
  );

/** The folder that is being filled says nothing to a person. */
function refuseForeign(error: unknown): never {
  if (!(error instanceof DomainError && error.code === "model-damaged")) throw error;
  const reason = String(error.data.reason);
  const message = `The model is damaged or foreign and was not added: ${reason}. Get its files again, whole.`;
  throw new DomainError("model-damaged", message, { reason });
}

/** @param folder where it holds no model of that name: a damaged one, or another's */
function nameTaken(name: string, folder?: string): DomainError {
  const message = folder
    ? `The name "${name}" is taken by the folder ${folder}, which holds no model of that name that can be read. Choose another name, or move that folder away.`
    : `There is already a model "${name}". Choose another name (of one to import: "name" in its model.json); models are never overwritten, for notebooks refer to them.`;
  return new DomainError("conflict", message, { model: name });
}

function requireFolder(own: string | undefined): string {
  if (own !== undefined) return own;
  throw new DomainError(
    "not-supported",
    "There is no folder for your own models: they lie beside the notebook, and this one is in memory.",
  );
}
