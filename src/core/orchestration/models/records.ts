/** What the notebook keeps of a model: what it learned from, and which model it was before. */
import { type NotebookRecord, seal } from "#core/notebook/proof/record.ts";
import type { ModelCard } from "#shared/model/model.ts";

/** The model's data sets and itself, the model last. */
function recordsOf(card: ModelCard, parent: NotebookRecord | undefined): NotebookRecord[] {
  const dataSets = card.data.sources.map(({ reading, ...source }) =>
    seal({ kind: "data-set", content: reading ? { ...source, reading } : source }),
  );
  const links = dataSets.map(({ hash: target }) => ({ role: "trained-on", target }));
  if (parent) links.push({ role: "fine-tuned-from", target: parent.hash });
  const { name, hash, architecture, training } = card;
  const content = { name, hash, parent: card.parent, architecture: { ...architecture } };
  // A prior's training is in its card, which is shipped; a person's own has nowhere else to be vouched for.
  const own = card.parent === null ? content : { ...content, training: { ...training } };
  return [...dataSets, seal({ kind: "model", content: own, links })];
}

/** @param lineage cards from the first ancestor that is installed to the model itself, which makes the last record */
export function modelRecords(lineage: readonly ModelCard[]): NotebookRecord[] {
  const records: NotebookRecord[] = [];
  for (const card of lineage) records.push(...recordsOf(card, records.at(-1)));
  return records;
}
