/** Molecules of a person's own as the source of a campaign. */
import { type Command, InvalidArgumentError } from "commander";
import type { Engine } from "#core/engine-interface.ts";
import type { ComponentChoice } from "#shared/campaign/campaign.ts";
import { CandidateView } from "#shared/campaign/candidate-page.ts";
import {
  type LibraryReading,
  type LibrarySummary,
  libraryNotes,
  MOST_ROW_FORMS,
  NotebookRows,
} from "#shared/campaign/library.ts";
import { MEASURED_UNITS, readMeasured } from "#shared/campaign/measured.ts";
import type { Plan } from "#shared/campaign/plan.ts";
import type { SearchQuery } from "#shared/campaign/search.ts";
import { OWN_MOLECULES } from "#shared/campaign/sources/library.ts";
import { DomainError } from "#shared/errors.ts";
import { fileOf } from "./files.ts";
import { flagOf } from "./flag.ts";
import { integerOption, signalOfProcess } from "./host.ts";
import { collect } from "./objective.ts";
import { endProgress, progressLine, remark } from "./output.ts";
import { addSearchOptions, SEARCH_OPTIONS, type SearchFlags } from "./search-options.ts";

export interface LibraryOptions extends SearchFlags {
  library?: string[];
  fromCampaign?: object[];
  fromSearch?: boolean;
  smilesColumn?: string;
  nameColumn?: string;
  chargeColumn?: string;
  multiplicityColumn?: string;
  measured?: string[];
  component?: ComponentChoice;
  coordinates?: "as-given";
  tautomers?: number;
}

const COMPONENTS = ["largest-organic", "as-given", "cation", "anion"] as const;

/** One of the names, or the SMILES of the component. */
function componentOption(text: string): ComponentChoice {
  const named = COMPONENTS.find((name) => name === text);
  if (named) return named;
  if (text.trim() === "") throw new InvalidArgumentError(`expected ${COMPONENTS.join(", ")} or a SMILES.`);
  return { smiles: text };
}

function coordinatesOption(text: string): "as-given" {
  if (text === "as-given") return text;
  throw new InvalidArgumentError("expected as-given; leave it out for geometries that are made anew.");
}

export const addLibraryOptions = (command: Command): Command =>
  command
    .option(
      "--library <file...>",
      "molecules of your own in place of a model's: SMILES, CSV, TSV, SDF or XYZ, also packed by gzip; every row is evaluated unless --count or --max-evaluations says less",
    )
    .option(
      "--from-campaign <id[:view[:n]]>",
      `candidates of a campaign in the notebook, best first: all, or those that are ${CandidateView.options.slice(1).join(", ")}, the first n of them; may be repeated, and stand beside a --library`,
      collectCampaigns,
    )
    .option("--smiles-column <head>", "of a table (default: found by its head and its cells)")
    .option("--name-column <head>", "names of the molecules (default: name, title, id and the like)")
    .option("--charge-column <head>", "total charges (default: a column charge, else of the structure)")
    .option("--multiplicity-column <head>", "spin multiplicities 2S+1 (default: a column multiplicity)")
    .option(
      "--component <which>",
      `of salts and mixtures: ${COMPONENTS.join(", ")} or a SMILES (default: ${OWN_MOLECULES.component})`,
      componentOption,
    )
    .option(
      "--tautomers <n>",
      "so many forms of each molecule at most: its likeliest tautomers are rows of their own, after all that were given (default: as given alone)",
      integerOption("tautomers", 2, MOST_ROW_FORMS),
    )
    .option("--coordinates <which>", "as-given: geometries of an SDF or XYZ are kept", coordinatesOption)
    .option(
      "--measured <head[:unit]>",
      `a column of measured values to compare with, in ${MEASURED_UNITS.join(", ")} (default: the unit that its head ends in, else the property's); may be repeated`,
      collect,
    );

export const addFromSearchOptions = (command: Command): Command =>
  addSearchOptions(
    command.option(
      "--from-search",
      "candidates that a search of the notebook finds, as ansatz notebook search lists them for the conditions below; may stand beside a --library",
    ),
  );

/** Whether molecules come from elsewhere than a model. */
export const isOfLibrary = ({ library, fromCampaign, fromSearch }: LibraryOptions): boolean =>
  library !== undefined || fromCampaign !== undefined || fromSearch !== undefined;

/** "id", "id:ranked" or "id:ranked:20"; whether there is such a campaign is known later. */
function collectCampaigns(text: string, before: object[] = []): object[] {
  const [campaign = "", view = "all", count] = text.split(":");
  const asked = { campaign, view, ...(count !== undefined && { count: Number(count) }) };
  const { data } = NotebookRows.safeParse(asked);
  if (data) return [...before, data];
  throw new InvalidArgumentError(
    `expected the id of a campaign, ":" and ${CandidateView.options.join(", ")}, ":" and a number.`,
  );
}

const readingOf = (options: LibraryOptions): LibraryReading => {
  const { smilesColumn, nameColumn, chargeColumn, multiplicityColumn, coordinates, tautomers } = options;
  const said = { smilesColumn, nameColumn, chargeColumn, multiplicityColumn, coordinates, tautomers };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
};

/** Flags that say how a model writes, or that only a library has. */
const OF_MODEL = ["model", "temperature", "topP", "topK", "constrained", "decorate", "link", "near", "steer"];
const OF_LIBRARY = [
  "smilesColumn",
  "nameColumn",
  "chargeColumn",
  "multiplicityColumn",
  "measured",
  "component",
  "coordinates",
  "tautomers",
];

/** @throws DomainError invalid-input for flags of a model beside a library's, of a library without one, or of a search without one */
export function requireOneSource(options: object & LibraryOptions): void {
  requireSearch(options);
  const foreign = isOfLibrary(options) ? OF_MODEL : OF_LIBRARY;
  const given = foreign.find((name) => (options as Record<string, unknown>)[name] !== undefined);
  if (given === undefined) return;
  const why = isOfLibrary(options)
    ? "is of a model, and --library, --from-campaign and --from-search name molecules that are there"
    : "is of a --library";
  throw new DomainError("invalid-input", `${flagOf(given)} ${why}: expected one of both.`);
}

function requireSearch(options: LibraryOptions): void {
  const said = SEARCH_OPTIONS.filter((name) => options[name] !== undefined);
  const [first] = said;
  if (options.fromSearch && !first) {
    const conditions = SEARCH_OPTIONS.filter((name) => name !== "limit").map(flagOf);
    const message = `--from-search: expected what to look for beside it, one of ${conditions.join(", ")}, got nothing.`;
    throw new DomainError("invalid-input", message);
  }
  if (options.fromSearch || !first) return;
  const message = `${flagOf(first)} says what --from-search looks for: expected that beside it.`;
  throw new DomainError("invalid-input", message);
}

/** The source in a campaign's plan. @param search what --from-search means @throws DomainError invalid-input */
export const plannedLibrary = (
  options: LibraryOptions & { count?: number },
  search: SearchQuery | undefined,
): object => ({
  source: "library",
  files: options.library,
  ...((options.fromCampaign || search) && {
    notebook: [...(options.fromCampaign ?? []), ...(search ? [{ search }] : [])],
  }),
  reading: readingOf(options),
  count: options.count,
  ...(options.measured && { measured: options.measured.map(readMeasured) }),
});

/** Reads the files of a plan and says what was found; undefined where it names none. @throws DomainError invalid-input */
export async function readLibraryFiles(
  engine: Engine,
  { generation }: Plan,
): Promise<LibrarySummary | undefined> {
  if (generation.source !== "library") return undefined;
  const { files, notebook = [], reading } = generation;
  const request = { files: files.map(fileOf), notebook, reading };
  const summary = await engine.libraries.read(request, {
    signal: signalOfProcess(),
    report: progressLine(),
  });
  endProgress();
  for (const note of libraryNotes(summary)) remark(note);
  return summary;
}
