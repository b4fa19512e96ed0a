/** A campaign as a document that file, form and command line share: its settings, a person's own molecules named by their files. */
import { z } from "zod";
import { DomainError, messageOf } from "../errors.ts";
import { Sha256 } from "../ids.ts";
import { issueSentences } from "../issues.ts";
import { parseWrittenJson } from "../untrusted-json.ts";
import { CampaignSettings, ComponentChoice } from "./campaign.ts";
import { LibraryReading, type LibrarySummary, NotebookRows } from "./library.ts";
import { LibrarySource, OWN_MOLECULES } from "./sources/library.ts";
import { ModelSource } from "./sources/model.ts";

/** Raised where an older plan would mean something else. */
const PLAN_VERSION = 1;

/** What is in the files is known once they are read. */
const PlannedLibrary = LibrarySource.pick({ source: true, measured: true })
  .extend({
    /** Relative to the plan. */
    files: z.array(z.string().min(1)).max(100).default([]),
    /** Candidates of the notebook that the campaign is written to, after the files. */
    notebook: z.array(NotebookRows).max(100).optional(),
    reading: LibraryReading.prefault({}),
    /** How many of the rows, from the first; all, unless told. */
    count: LibrarySource.shape.count.optional(),
  })
  .refine(({ files, notebook = [] }) => files.length + notebook.length > 0, {
    path: ["files"],
    error: "expected a file, or candidates of the notebook",
  });

/** All that a plan says otherwise than a campaign's settings do. */
export const Plan = z.looseObject({
  version: z.literal(PLAN_VERSION),
  generation: z.discriminatedUnion("source", [ModelSource, PlannedLibrary]).prefault({}),
  /** For a person's own molecules the defaults are OWN_MOLECULES; null takes one of them away. */
  filter: z
    .looseObject({ species: z.literal("any").nullish(), component: ComponentChoice.nullish() })
    .prefault({}),
  /** For a person's own molecules all rows are evaluated, unless `maxEvaluations` says fewer. */
  evaluation: z.looseObject({}).prefault({}),
});
export type Plan = z.infer<typeof Plan>;

type FoundLibrary = Pick<LibrarySummary, "hash" | "name" | "rows" | "columns">;

/** Stands for a library until its files are read, so that all else is checked before. */
const UNREAD: FoundLibrary = { hash: Sha256.parse("0".repeat(64)), name: "unread", rows: 1, columns: [] };

function settingsInput({ version: _, ...plan }: Plan, { hash, name, rows, columns }: FoundLibrary): object {
  const { generation, filter, evaluation } = plan;
  if (generation.source === "model") return plan;
  const { files: __, notebook: ___, reading: ____, count = rows, ...source } = generation;
  const filled = Object.entries({ ...OWN_MOLECULES, ...filter }).filter(
    ([key, value]) => !((key === "species" || key === "component") && value === null),
  );
  return {
    ...plan,
    generation: { ...source, library: hash, name, count, columns },
    filter: Object.fromEntries(filled),
    evaluation: { ...evaluation, maxEvaluations: evaluation.maxEvaluations ?? count },
  };
}

/**
 * What a plan means.
 *
 * @param library what its files hold; left out, the plan is only checked
 * @param what does not fit where it does not: "The settings do"
 * @throws DomainError invalid-input that names each thing that is not as expected
 */
export function settingsOfPlan(
  plan: Plan,
  { library = UNREAD, what = "The settings do" }: { library?: FoundLibrary | undefined; what?: string } = {},
): CampaignSettings {
  const input = settingsInput(plan, library);
  const { data, error } = CampaignSettings.safeParse(input);
  if (data) return data;
  throw new DomainError("invalid-input", `${what} not fit: ${issueSentences(error, input).join("; ")}.`);
}

/**
 * A plan that is whole; its files are left to the caller.
 *
 * @param what does not fit where it does not: "The settings do"
 * @throws DomainError invalid-input that names each thing that is not as expected
 */
export function checkedPlan(input: unknown, what: string): Plan {
  const { data, error } = Plan.safeParse(input);
  if (!data)
    throw new DomainError("invalid-input", `${what} not fit: ${issueSentences(error, input).join("; ")}.`);
  settingsOfPlan(data, { what });
  return data;
}

/** @param name of the document, for people @throws DomainError invalid-input that says where it is not as expected */
export const readPlan = (text: string, name: string): Plan =>
  checkedPlan(parsedJson(text, name), `"${name}" does`);

function parsedJson(text: string, name: string): unknown {
  try {
    return parseWrittenJson(text);
  } catch (error) {
    throw new DomainError("invalid-input", `"${name}" is no plan: expected JSON, got ${messageOf(error)}.`);
  }
}

/** The files that a plan reads, relative to it; none where a model writes the molecules. */
export const plannedFiles = ({ generation }: Plan): readonly string[] =>
  generation.source === "library" ? generation.files : [];

/**
 * The plan that means these settings, all defaults in it.
 *
 * @param library its files as the plan is to name them, how they are read and how many rows they hold; of a model's none
 */
export function planOf(
  settings: CampaignSettings,
  library?: {
    files: readonly string[];
    notebook?: readonly NotebookRows[];
    reading: LibraryReading;
    rows: number;
  },
): Plan {
  const { generation, filter, evaluation, ...rest } = settings;
  const { name, ...others } = rest;
  if (generation.source === "model")
    return { version: PLAN_VERSION, name, generation, filter, evaluation, ...others };
  if (!library) throw new Error("a plan of a library without its files");
  const { library: _, name: __, columns: ___, count, ...source } = generation;
  const { maxEvaluations, ...level } = evaluation;
  const { files, notebook = [], reading, rows } = library;
  return {
    version: PLAN_VERSION,
    name,
    generation: {
      ...source,
      files: [...files],
      ...(notebook.length > 0 && { notebook: [...notebook] }),
      reading,
      ...(count !== rows && { count }),
    },
    filter: { ...filter, species: filter.species ?? null, component: filter.component ?? null },
    evaluation: { ...level, ...(maxEvaluations !== count && { maxEvaluations }) },
    ...others,
  };
}

/** As it stands in a file. */
export const planText = (plan: Plan): string => `${JSON.stringify(plan, null, 2)}\n`;
