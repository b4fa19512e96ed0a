/** The state of the form that trains a model: text as typed, checked by the engine's own schema. */
import type { ModelSummary } from "#shared/model/model.ts";
import { TrainRequest } from "#shared/model/training.ts";
import { numberOf } from "../../text/number-of.ts";

const Settings = TrainRequest.omit({ file: true, fileName: true });
const defaults = Settings.parse({ parent: "small-organics", name: "x" });

export interface TrainDraft {
  parent: string;
  name: string;
  epochs: string;
  rate: string;
  rehearsal: string;
}

export const newTrainDraft: TrainDraft = {
  parent: defaults.parent,
  name: "",
  epochs: String(defaults.epochs),
  rate: String(defaults.rate),
  rehearsal: String(defaults.rehearsal),
};

/** A file's name as a model's. */
export const nameOfFile = (fileName: string): string =>
  fileName
    .replace(/\.gz$/i, "")
    .replace(/\.\w+$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 60)
    .replace(/^-+|-+$/g, "");

/** What each field takes, said where it does not fit. */
const EXPECTED: Readonly<Record<keyof TrainDraft, string>> = {
  parent: "Expected a model.",
  name: "Expected lower-case letters, digits and hyphens.",
  epochs: "Expected a whole number from 1 to 1000.",
  rate: "Expected a number above 0, at most 0.1.",
  rehearsal: "Expected a number from 0 to 10.",
};

export interface CheckedTraining {
  request: ReturnType<typeof Settings.parse> | undefined;
  problems: Partial<Record<keyof TrainDraft, string>>;
}

/** An empty name is no problem yet: a file brings one. */
export function checkTraining(
  draft: TrainDraft,
  models: readonly Pick<ModelSummary, "name">[],
): CheckedTraining {
  const [epochs, rate, rehearsal] = [draft.epochs, draft.rate, draft.rehearsal].map(numberOf);
  const typed = { ...draft, epochs, rate, rehearsal };
  const parsed = Settings.safeParse(typed);
  const problems: CheckedTraining["problems"] = {};
  for (const { path } of parsed.error?.issues ?? []) {
    const field = path[0] as keyof TrainDraft;
    if (field !== "name" || draft.name !== "") problems[field] = EXPECTED[field];
  }
  if (models.some(({ name }) => name === draft.name))
    problems.name = `There is a model “${draft.name}” already; models are never overwritten.`;
  return { request: parsed.success && !problems.name ? parsed.data : undefined, problems };
}
