/** The models that there are: those that came with the program and the user's own. */
import { basename, join } from "node:path";
import { listModels, type UnreadableModel } from "#core/generation/network/model.ts";
import { weightCount } from "#core/generation/network/weights.ts";
import { DomainError } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";
import type { ModelCard, ModelSummary } from "#shared/model/model.ts";

interface Listed {
  card: ModelCard;
  directory: string;
}

interface Installed {
  /** Looks into the folders: another process may have added one. */
  all(): Promise<{ models: Listed[]; unreadable: UnreadableModel[] }>;
  /** @throws DomainError not-found naming the models there are; model-damaged */
  find(name: string): Promise<Listed>;
  summary(model: Listed): ModelSummary;
  /** The cards from the first ancestor that is installed to the model itself. */
  lineageOf(card: ModelCard): Promise<ModelCard[]>;
}

const bytesOf = ({ vocabulary, architecture }: ModelCard): number =>
  4 * weightCount(vocabulary.length, architecture.hidden);

/** @param own the user's own models; undefined where there is no place for them */
export function installedModels({
  resources,
  own,
  logger,
}: {
  resources: string;
  own: string | undefined;
  logger: Logger;
}): Installed {
  const shipped = join(resources, "models");
  const all = async () => {
    const found = await listModels(own === undefined ? [shipped] : [shipped, own]);
    for (const { directory, reason } of found.unreadable)
      logger.warn({ directory, reason }, "a model cannot be read");
    return found;
  };
  return {
    all,
    async find(name) {
      const { models, unreadable } = await all();
      const found = models.find(({ card }) => card.name === name);
      if (found) return found;
      const damaged = unreadable.find(({ directory }) => basename(directory) === name);
      if (damaged) throw new DomainError("model-damaged", damaged.reason, { model: name, ...damaged });
      throw noModel(
        name,
        models.map(({ card }) => card.name),
      );
    },
    summary: ({ card, directory }) => {
      const { name, hash, parent, title, description, heavyAtoms = null } = card;
      const origin = directory.startsWith(shipped) ? "shipped" : "own";
      return { name, hash, parent, title, description, bytes: bytesOf(card), heavyAtoms, origin };
    },
    lineageOf: async (card) =>
      lineage(
        card,
        (await all()).models.map((model) => model.card),
      ),
  };
}

function noModel(name: string, known: string[]): DomainError {
  const choice = known.length > 0 ? `expected one of ${known.join(", ")}` : "no model is installed";
  const message = `There is no model "${name}": ${choice}.`;
  return new DomainError("not-found", message, { model: name, known });
}

function lineage(card: ModelCard, cards: readonly ModelCard[]): ModelCard[] {
  const line = [card];
  // A card names the hash of its parent's weights, so that the line cannot come back to itself.
  for (let parent = card.parent; parent !== null; ) {
    const found = cards.find(({ hash }) => hash === parent);
    if (!found || line.includes(found)) break;
    line.unshift(found);
    parent = found.parent;
  }
  return line;
}
