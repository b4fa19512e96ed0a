/** What the notebook keeps of a model: what it learned from, and which model it was before. */
import type { GenerationModel } from "#core/generation/network/model.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { type NotebookRecord, seal } from "#core/notebook/proof/record.ts";
import type { ModelCard, ModelSummary } from "#shared/model/model.ts";
import type { Models } from "./models.ts";

interface ModelRecords {
  /** The model's data sets and its ancestors, each after what it links to, and itself, the last. */
  records: NotebookRecord[];
  model: NotebookRecord;
}

function recordsOf(card: ModelCard, parent: NotebookRecord | undefined): ModelRecords {
  const dataSets = card.data.sources.map(({ reading, ...source }) =>
    seal({ kind: "data-set", content: reading ? { ...source, reading } : source }),
  );
  const links = dataSets.map(({ hash: target }) => ({ role: "trained-on", target }));
  if (parent) links.push({ role: "fine-tuned-from", target: parent.hash });
  const { name, hash, architecture, training } = card;
  const content = { name, hash, parent: card.parent, architecture: { ...architecture } };
  // A prior's training is in its card, which is shipped; a person's own has nowhere else to be vouched for.
  const own = card.parent === null ? content : { ...content, training: { ...training } };
  const model = seal({ kind: "model", content: own, links });
  return { records: [...dataSets, model], model };
}

/** @param lineage cards from the first ancestor that is installed to the model itself */
export function modelRecords(lineage: readonly ModelCard[]): ModelRecords {
  const records: NotebookRecord[] = [];
  let model: NotebookRecord | undefined;
  for (const card of lineage) {
    const made = recordsOf(card, model);
    records.push(...made.records);
    model = made.model;
  }
  if (!model) throw new Error("a model's lineage lacks the model itself");
  return { records, model };
}

/** Writes into the notebook which model was added, what it learned from and what it was before; the model as it is listed. */
export async function recordModel(
  { notebook, models, program }: { notebook: Notebook; models: Models; program: string },
  added: GenerationModel,
  how: "trained" | "imported",
): Promise<ModelSummary> {
  const { records, model } = modelRecords(await models.lineageOf(added));
  notebook.append({ kind: "model-added", how, record: model.hash, program }, records);
  return models.summary(added.card.name);
}
