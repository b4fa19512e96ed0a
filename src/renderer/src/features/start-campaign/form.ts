/** The start form's state: settings as typed, checked by the same schema as the engine's. */
import type { z } from "zod";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { LibraryReading, type LibrarySummary, type NotebookRows } from "#shared/campaign/library.ts";
import { columnProblem, unitProblem } from "#shared/campaign/measured.ts";
import { type LibrarySource, OWN_MOLECULES } from "#shared/campaign/sources/library.ts";
import { concreteIssues } from "#shared/issues.ts";
import { DESCRIPTOR_BOUNDS } from "#shared/molecule/descriptor-lists.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { findVqeProblem, PAIRS_AND_CATIONS } from "#shared/quantum/vqe.ts";

/** Settings whose numbers may not be numbers yet. */
export type Draft = CampaignSettings;

/** What the rows of a library are read from, and how. */
export interface LibraryAsked {
  files: readonly File[];
  notebook: readonly NotebookRows[];
  reading: LibraryReading;
}

/** A draft, and what its molecules were read from, where they were. */
export interface Opened {
  draft: Draft;
  asked?: LibraryAsked;
}

export const newDraft = (now: Date): Draft =>
  CampaignSettings.parse({ name: `Campaign of ${now.toLocaleDateString("en-GB", { dateStyle: "medium" })}` });

export const copyOf = (settings: CampaignSettings): Draft => ({
  ...structuredClone(settings),
  name: `${settings.name} (copy)`.slice(0, 200),
});

/** Where a person's own molecules are to come from, before any were read: it does not pass the check. */
const UNREAD = {
  source: "library",
  library: "",
  name: "",
  count: 0,
  columns: [],
} as unknown as LibrarySource;

/** The draft with its molecules from another source, and the filter that is usual for it. */
export function ofSource(draft: Draft, source: Draft["generation"]["source"]): Draft {
  if (source === draft.generation.source) return draft;
  const { generation, filter, evaluation } = newDraft(new Date());
  if (source === "library") return { ...draft, generation: UNREAD, filter: { ...filter, ...OWN_MOLECULES } };
  const { maxEvaluations } = evaluation;
  return { ...draft, generation, filter, evaluation: { ...draft.evaluation, maxEvaluations } };
}

/** The draft without molecules of a person's own, which are still to come. */
export const withoutLibrary = (draft: Draft): Draft => ({ ...draft, generation: UNREAD });

/** The draft with the molecules of a library that was read: all of them are evaluated. Measured columns stay, where they are still there. */
export function withLibrary(draft: Draft, { hash, name, rows, columns }: LibrarySummary): Draft {
  const before = draft.generation.source === "library" ? (draft.generation.measured ?? []) : [];
  const measured = before.filter(({ column }) => columns.includes(column));
  return {
    ...draft,
    generation: {
      source: "library",
      library: hash,
      name,
      count: rows,
      columns,
      ...(measured.length > 0 && { measured }),
    },
    evaluation: { ...draft.evaluation, maxEvaluations: rows },
  };
}

/** The draft with a library whose reading has ended, unless the person has turned to another source meanwhile. */
export const withRead = (draft: Draft, summary: LibrarySummary): Draft =>
  draft.generation.source === "library" ? withLibrary(draft, summary) : draft;

/** One issue in words that name what was expected. */
function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === "too_small" && issue.origin === "string")
    return issue.path[0] === "name" ? "Expected a name." : "Expected a SMILES.";
  if (issue.code === "too_small") return `Expected at least ${issue.minimum}.`;
  if (issue.code === "too_big" && issue.origin === "string")
    return `Expected at most ${issue.maximum} characters.`;
  if (issue.code === "too_big") return `Expected at most ${issue.maximum}.`;
  if (issue.code === "invalid_type")
    return issue.expected === "int" ? "Expected a whole number." : "Expected a number.";
  return `${issue.message.charAt(0).toUpperCase()}${issue.message.slice(1)}`;
}

/** Path of the field that shows a problem: a list has one field. */
const fieldOf = (path: readonly PropertyKey[]): string =>
  path.filter((part) => typeof part !== "number").join(".");

/** Descriptors whose least value is above the greatest. */
const crossedBounds = (filter: CampaignSettings["filter"]): [path: string, message: string][] =>
  DESCRIPTOR_BOUNDS.flatMap(({ id, side, setting }) => {
    const other = DESCRIPTOR_BOUNDS.find((bound) => bound.id === id && bound.side === "min");
    const least = other && filter[other.setting];
    const greatest = side === "max" ? filter[setting] : null;
    if (greatest === null || least === null || least === undefined || least <= greatest) return [];
    return [[`filter.${setting}`, `Expected at least the minimum, ${least}.`]];
  });

const asSentence = (problem: string): string => `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`;

/** Measured columns that the molecules do not have, and units that are none of the property's. */
function measuredProblems({ generation, evaluation }: CampaignSettings): [path: string, message: string][] {
  if (generation.source !== "library") return [];
  const { measured = [], columns } = generation;
  return measured.flatMap((one): [string, string][] => {
    const column = columnProblem(columns, one);
    if (column !== undefined) return [["generation.measured", asSentence(column)]];
    const unit = unitProblem(declarationOf(evaluation), one);
    return unit === undefined ? [] : [["generation.measured.unit", asSentence(unit)]];
  });
}

/** Rules between fields that no single field's schema can state. */
function crossChecks(settings: CampaignSettings): [path: string, message: string][] {
  const { filter, evaluation } = settings;
  const rule = evaluation.activeSpace;
  const space = rule !== null && "nelec" in rule ? rule : null;
  const vqe = findVqeProblem(evaluation);
  return [
    filter.minHeavyAtoms > filter.maxHeavyAtoms && [
      "filter.maxHeavyAtoms",
      `Expected at least the minimum, ${filter.minHeavyAtoms}.`,
    ],
    filter.minRingSize > filter.maxRingSize && [
      "filter.maxRingSize",
      `Expected at least the minimum, ${filter.minRingSize}.`,
    ],
    ...crossedBounds(filter),
    ...measuredProblems(settings),
    filter.elements.length === 0 && ["filter.elements", "Expected at least one element."],
    space &&
      space.nelec > 2 * space.norb && [
        "evaluation.activeSpace.nelec",
        `At most ${2 * space.norb} electrons fit into ${space.norb} orbitals.`,
      ],
    space &&
      space.nelec % 2 === 1 && [
        "evaluation.activeSpace.nelec",
        "Expected an even number: the neutral molecule has a closed shell.",
      ],
    vqe && [`evaluation.${vqe.path}`, vqe.message],
    evaluation.ansatz === "puccd" && ["evaluation.ansatz", PAIRS_AND_CATIONS],
  ].filter((check) => Array.isArray(check)) as [string, string][];
}

interface Checked {
  settings: CampaignSettings | undefined;
  /** Message for each field that does not fit, by its path, e.g. "generation.count". */
  problems: ReadonlyMap<string, string>;
}

/** What does not fit of how a library is to be read. */
const readingProblems = (reading: LibraryReading): [path: string, message: string][] =>
  (LibraryReading.safeParse(reading).error?.issues ?? []).map((issue) => [
    `generation.reading.${fieldOf(issue.path)}`,
    describe(issue),
  ]);

/** @param reading of the draft's library, as typed */
export function check(draft: Draft, reading: LibraryReading = {}): Checked {
  const parsed = CampaignSettings.safeParse(draft);
  const isOwn = draft.generation.source === "library";
  const isUnread = draft.generation.source === "library" && draft.generation.library.length === 0;
  const wrong: [string, string][] = parsed.success
    ? crossChecks(parsed.data)
    : isUnread
      ? [["generation.library", "Choose files, drop them here, or paste molecules."]]
      : parsed.error.issues.flatMap(concreteIssues).map((issue) => [fieldOf(issue.path), describe(issue)]);
  const found = [...wrong, ...(isOwn ? readingProblems(reading) : [])];
  return {
    settings: parsed.success && found.length === 0 ? parsed.data : undefined,
    problems: new Map(found),
  };
}
