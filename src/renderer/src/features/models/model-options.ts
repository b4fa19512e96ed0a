/** Models to choose from. */
import type { ModelSummary } from "#shared/model/model.ts";

/** Titles, with the name where it says more: those of people's own models need not differ. */
export const modelOptions = (
  models: readonly Pick<ModelSummary, "name" | "title" | "origin">[],
): { value: string; label: string }[] =>
  models.map(({ name, title, origin }) => {
    if (origin !== "own") return { value: name, label: title };
    return { value: name, label: title === name ? `${title} (your own)` : `${title} (your own, ${name})` };
  });
