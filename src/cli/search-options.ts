/** What is looked for in a notebook, from flags. */
import type { Command } from "commander";
import { type OwnProperty, ownProperties, ownProperty } from "#shared/campaign/own-properties.ts";
import { SearchProperty, SearchQuery, type SearchQueryInput } from "#shared/campaign/search.ts";
import { DomainError } from "#shared/errors.ts";
import {
  declarationOf,
  findProperty,
  propertyOf,
  propertyOfDefinition,
  REGISTERED_PROPERTIES,
} from "#shared/properties/find.ts";
import { headWithUnit, UNITS } from "#shared/properties/property.ts";
import { integerOption, numberOption } from "./host.ts";
import { remark } from "./output.ts";

export interface SearchFlags {
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
export const SEARCH_OPTIONS = [
  "contains",
  "similarTo",
  "minSimilarity",
  "text",
  "verdict",
  "state",
  "formula",
  "inchiKey",
  "range",
  "limit",
] as const satisfies readonly (keyof SearchFlags)[];

/** "PROPERTY in eV", of all properties. */
const BY_ID = REGISTERED_PROPERTIES.map(({ id, unit }) => headWithUnit(id, unit, " in ")).join(", ");

export const addSearchOptions = (command: Command): Command =>
  command
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
      `either bound may be left out; ${SearchProperty.options.join(", ")}; or ${BY_ID}; or the id of a property of your own, in its newest definition (ID@1: in its first); or the head of a data column`,
    )
    .option("--limit <n>", "at most so many", integerOption("limit", 1));

/**
 * @param campaigns settings of the notebook's, the newest first: they say what a person's own properties are
 * @throws DomainError invalid-input
 */
export function readSearch(
  { range = [], ...conditions }: SearchFlags,
  campaigns: Parameters<typeof ownProperties>[0],
): SearchQuery {
  const own = ownProperties(campaigns.toReversed());
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
  if (query.success) return query.data;
  const issues = query.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
  throw new DomainError("invalid-input", `The search does not fit: ${issues.join("; ")}.`);
}

/** "id" or "id@1". @throws DomainError invalid-input for a version that there is not */
function ownNamed(text: string, own: readonly OwnProperty[]): OwnProperty | undefined {
  const [id = "", version] = text.split(/@(?=\d+$)/);
  const newest = ownProperty(own, { id });
  const found = version === undefined ? newest : ownProperty(own, { id, version: Number(version) });
  if (newest && !found)
    throw new DomainError(
      "invalid-input",
      `--range: expected ${id}@1 to ${id}@${newest.version}, as often as ${id} was defined, got "${text}".`,
    );
  if (version === undefined && newest && newest.version > 1)
    remark(
      `${id} was defined in ${newest.version} ways: the newest is taken. ${id}@1 is the first, and so on.`,
    );
  return found;
}

/**
 * Reads "logP:-1:3"; a bound that is left out is open. A property by its id is asked for in the unit that it is shown in.
 *
 * @param own properties that the notebook's campaigns define, asked for by the id of their definition
 */
export function readRange(text: string, own: readonly OwnProperty[] = []) {
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
  const defined = ownNamed(property, own);
  const declared = defined
    ? declarationOf({ property: propertyOfDefinition(defined.definition), definition: defined.definition })
    : findProperty(property);
  const toStored = declared ? UNITS[declared.unit].toStored : (value: number) => value;
  return {
    property: declared ? propertyOf(declared.id).field : property,
    ...(defined && { definition: defined.definition.id, version: defined.version }),
    ...(bounds[0] === undefined ? {} : { min: toStored(bounds[0]) }),
    ...(bounds[1] === undefined ? {} : { max: toStored(bounds[1]) }),
  };
}
