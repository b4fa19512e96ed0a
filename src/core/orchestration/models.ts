/** The installed generative models, each loaded once. */
import { basename, join } from "node:path";
import { type GenerationModel, listModels, openModel } from "#core/generation/model.ts";
import { DomainError } from "#shared/errors.ts";
import type { Logger } from "#shared/logger.ts";
import type { ModelSummary } from "#shared/system.ts";

export interface Models {
  list(): Promise<ModelSummary[]>;
  /** @throws DomainError not-found naming the models there are; model-damaged */
  open(name: string): Promise<GenerationModel>;
}

export function createModels({ resources, logger }: { resources: string; logger: Logger }): Models {
  const directory = join(resources, "models");
  const opened = new Map<string, Promise<GenerationModel>>();
  const list = async () => {
    const found = await listModels([directory]);
    for (const { directory, reason } of found.unreadable)
      logger.warn({ directory, reason }, "a model cannot be read");
    return found;
  };
  const load = async (name: string): Promise<GenerationModel> => {
    const { models, unreadable } = await list();
    const found = models.find(({ card }) => card.name === name);
    if (found) return openModel(found.directory);
    const damaged = unreadable.find(({ directory }) => basename(directory) === name);
    if (damaged) throw new DomainError("model-damaged", damaged.reason, { model: name, ...damaged });
    const known = models.map(({ card }) => card.name);
    const message = `There is no model "${name}": expected one of ${known.join(", ") || "none, for none is installed"}.`;
    throw new DomainError("not-found", message, { model: name, known });
  };
  return {
    list: async () =>
      (await list()).models.map(({ card: { name, hash, title, description } }) => ({
        name,
        hash,
        title,
        description,
      })),
    open: (name) => {
      const known = opened.get(name);
      if (known) return known;
      const opening = load(name);
      opened.set(name, opening);
      opening.catch(() => opened.delete(name));
      return opening;
    },
  };
}
