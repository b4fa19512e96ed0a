/** `ansatz notebook search`: candidates by structure, property, verdict and words, over all campaigns. */
import type { Command } from "commander";
import { SearchProperty, SearchQuery, type SearchQueryInput } from "#shared/campaign/search.ts";
import { DomainError } from "#shared/errors.ts";
import type { PropertyDefinition } from "#shared/properties/definition.ts";
import {
  declarationOf,
  findProperty,
  propertyOf,
  propertyOfDefinition,
  REGISTERED_PROPERTIES,
} from "#shared/properties/find.ts";
import { headWithUnit, UNITS } from "#shared/properties/property.ts";
import { integerOption, numberOption, openToLook } from "../../host.ts";
import { print, printJson, remark } from "../../output.ts";
import { hitTable } from "./candidate-table.ts";
import { type NotebookFlags, subcommand } from "./command.ts";
import { listedDocument } from "./lists.ts";

interface SearchOptions extends NotebookFlags {
  contains?: string;
  similarTo?: string;
  minSimilarity?: number;
  text?: string;
  verdict?: string;
  state?: string;
  formula?: string;
  inchiKey?: string;
  range?: string[];
  limit?: number;
}

/** "PROPERTY in eV", of all properties. */
const BY_ID = REGISTERED_PROPERTIES.map(({ id, unit }) => headWithUnit(id, unit, " in ")).join(", ");

export function addSearchCommand(notebook: Command): void {
  subcommand(
    notebook,
    "search",
    "find candidates; every condition given must hold. Best first, campaign by campaign; with --similar-to the most similar first",
  )
    .option("--contains <smarts>", "a substructure, SMARTS or SMILES")
    .option("--similar-to <smiles>", "molecules like this one (Tanimoto, Morgan fingerprint)")
    .option("--min-similarity <t>", "0 to 1", numberOption("min-similarity", 0, 1))
    .option("--text <words>", "words in reasons, comments or reviewers' names")
    .option("--verdict <verdict>", "shortlist | maybe | reject")
    .option("--state <state>", "e.g. evaluated, rejected, failed")
    .option("--formula <formula>", "e.g. C6H6O")
    .option("--inchi-key <key>", "an InChIKey")
    .option(
      "--range <property:min:max...>",
      `either bound may be left out; ${SearchProperty.options.join(", ")}; or ${BY_ID}; or the id of a property of your own; or the head of a data column`,
    )
    .option("--limit <n>", "at most so many", integerOption("limit", 1))
    .action(runSearch);
}

async function runSearch({ notebook, json, range = [], ...conditions }: SearchOptions): Promise<void> {
  await using engine = await openToLook(notebook);
  const campaigns = await engine.campaigns.list();
  const own = campaigns.flatMap(({ settings: { evaluation, rungs } }) =>
    [evaluation, ...rungs].flatMap(({ definition }) => definition ?? []),
  );
  const bounds = range.map((text) => readRange(text, own));
  const isOfProgram = ({ property }: { property: string }) => SearchProperty.safeParse(property).success;
  const cells = bounds
    .filter((one) => !isOfProgram(one))
    .map(({ property, ...rest }) => ({ column: property, ...rest }));
  const query = SearchQuery.safeParse({
    ...conditions,
    ranges: bounds.filter(isOfProgram),
    cells,
  } as SearchQueryInput);
  if (!query.success) {
    const issues = query.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new DomainError("invalid-input", `The search does not fit: ${issues.join("; ")}.`);
  }
  const hits = await engine.search(query.data);
  if (json)
    return printJson(
      hits.map(({ candidate, similarity }) => ({ candidate: listedDocument(candidate), similarity })),
    );
  if (hits.length === 0) return remark("No candidate fits all conditions.");
  const asked = query.data.ranges.map(({ property }) => property);
  print(hitTable(hits, asked, campaigns));
}

/**
 * Reads "logP:-1:3"; a bound that is left out is open. A property by its id is asked for in the unit that it is shown in.
 *
 * @param own properties that the notebook's campaigns define, asked for by the id of their definition
 */
export function readRange(text: string, own: readonly PropertyDefinition[] = []) {
  // The head of a data column may have colons of its own.
  const {
    property = "",
    min = "",
    max = "",
  } = /^(?<property>.+?):(?<min>[^:]*)(?::(?<max>[^:]*))?$/.exec(text)?.groups ?? {};
  const bounds = [min, max].map((bound) => (bound === "" ? undefined : Number(bound)));
  if (property === "" || bounds.some((bound) => Number.isNaN(bound))) {
    throw new DomainError("invalid-input", `--range: expected e.g. "logP:-1:3" or "qed:0.5", got "${text}".`);
  }
  const definition = own.findLast(({ id }) => id === property);
  const declared = definition
    ? declarationOf({ property: propertyOfDefinition(definition), definition })
    : findProperty(property);
  const toStored = declared ? UNITS[declared.unit].toStored : (value: number) => value;
  return {
    property: declared ? propertyOf(declared.id).field : property,
    ...(definition && { definition: definition.id }),
    ...(bounds[0] === undefined ? {} : { min: toStored(bounds[0]) }),
    ...(bounds[1] === undefined ? {} : { max: toStored(bounds[1]) }),
  };
}
