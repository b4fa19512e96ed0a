/** Adds a model: its folder is filled out of sight, checked, and put in place whole. */
import { randomUUID } from "node:crypto";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { readReferenceSet } from "#core/generation/measure/reference-set.ts";
import { type GenerationModel, openModel } from "#core/generation/network/model.ts";
import { PRIVATE_FOLDER, tighten } from "#core/notebook/file/place.ts";
import { DomainError } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";

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
export function removeUnfinishedModels({
  own,
  notebook,
  logger,
}: {
  own: string | undefined;
  notebook: string;
  logger: Logger;
}): void {
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

interface Place {
  /** The user's own models. */
  folder: string;
  /** File name of the notebook on whose behalf models are added: it has one writer at a time. */
  notebook: string;
  /** @throws DomainError conflict for a name that is taken */
  requireRoomFor: (name: string) => Promise<void>;
}

/** @throws DomainError conflict, model-damaged, disk-full; what `fill` throws */
export async function addModel(
  { folder, notebook, requireRoomFor }: Place,
  fill: (directory: string) => Promise<unknown>,
): Promise<GenerationModel> {
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
export function nameTaken(name: string, folder?: string): DomainError {
  const message = folder
    ? `The name "${name}" is taken by the folder ${folder}, which holds no model of that name that can be read. Choose another name, or move that folder away.`
    : `There is already a model "${name}". Choose another name (of one to import: "name" in its model.json); models are never overwritten, because notebooks refer to them.`;
  return new DomainError("conflict", message, { model: name });
}

export function requireModelsFolder(own: string | undefined): string {
  if (own !== undefined) return own;
  throw new DomainError(
    "not-supported",
    "There is no folder for your own models: they lie beside the notebook, and this one is in memory.",
  );
}
