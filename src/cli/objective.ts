/** Objectives as they are written on a command line. */
import { DomainError } from "#shared/errors.ts";
import type { Objective, Objectives, Prompt, PropertyObjective } from "#shared/model/generation.ts";
import { KNOWN_PROPERTIES, propertyOf, type RegisteredProperty } from "#shared/properties/find.ts";
import { UNITS } from "#shared/properties/property.ts";

/** "ionisation:WORST..BEST in eV", one for each property. */
const PROPERTY_HELP = KNOWN_PROPERTIES.map(
  ({ objective, unit }) => `${objective}:WORST..BEST in ${unit}`,
).join(", ");

const CHEAP = "qed, sa, logp:LOW..HIGH, similarity:SMILES, substructure:SMARTS";
const REPEATED = "may be repeated (geometric mean)";

export const OBJECTIVE_HELP = `${CHEAP}, or ${PROPERTY_HELP}; ${REPEATED}`;
/** The same for campaigns, which are steered by no property. */
export const CHEAP_OBJECTIVE_HELP = `${CHEAP}; ${REPEATED}`;

/** What is computed to score a property: "energies". */
const computed = ({ unit }: RegisteredProperty): string => UNITS[unit].quantities;

const refused = (text: string): DomainError =>
  new DomainError("invalid-input", `--steer: expected ${OBJECTIVE_HELP}, got "${text}".`);

function range(text: string, argument: string): [number, number] {
  const [, low, high] = /^(-?\d+(?:\.\d+)?)\.\.(-?\d+(?:\.\d+)?)$/.exec(argument) ?? [];
  if (low === undefined || high === undefined) throw refused(text);
  return [Number(low), Number(high)];
}

function cheapObjective(text: string, name: string, argument: string): Objective {
  if (name === "qed" && argument === "") return { kind: "qed" };
  if (name === "sa" && argument === "") return { kind: "sa-score" };
  if (name === "logp") {
    const [minimum, maximum] = range(text, argument);
    return { kind: "logp", minimum, maximum };
  }
  if (name === "similarity" && argument !== "") return { kind: "similarity", to: argument };
  if (name === "substructure" && argument !== "") return { kind: "substructure", smarts: argument };
  throw refused(text);
}

/** @throws DomainError invalid-input */
export function parseObjectives(texts: readonly string[]): Objectives | PropertyObjective {
  const split = texts.map((text) => {
    const [name = "", ...rest] = text.split(":");
    return { text, name: name.trim().toLowerCase(), argument: rest.join(":").trim() };
  });
  const named = (wanted: string) => KNOWN_PROPERTIES.find(({ objective }) => objective === wanted);
  const dear = split.find(({ name }) => named(name));
  const property = dear && named(dear.name);
  if (!property) return split.map(({ text, name, argument }) => cheapObjective(text, name, argument));
  if (split.length > 1)
    throw new DomainError(
      "invalid-input",
      `--steer: expected ${property.objective} ${computed(property)} alone, got other objectives too.`,
    );
  const [worst, best] = range(dear.text, dear.argument);
  return { property: property.id, worst, best };
}

/** The same without properties, for campaigns. @throws DomainError invalid-input */
export function parseCheapObjectives(texts: readonly string[]): Objectives {
  const objectives = parseObjectives(texts);
  if (Array.isArray(objectives)) return objectives;
  const property = propertyOf(objectives.property);
  throw new DomainError(
    "not-supported",
    `--steer: a campaign can be steered by what the molecule alone decides, not by ${computed(property)}. Let --acquisition choose what is evaluated, or use \`ansatz generate --steer ${property.objective}:…\`.`,
  );
}

export interface PromptOptions {
  decorate?: string;
  link?: string;
  near?: string;
}

/** @throws DomainError invalid-input */
export function parsePrompt({ decorate, link, near }: PromptOptions): Prompt | null {
  const given = [decorate, link, near].filter((one) => one !== undefined);
  if (given.length > 1)
    throw new DomainError("invalid-input", "Expected one of --decorate, --link and --near, got several.");
  if (decorate !== undefined) return { kind: "decorate", scaffold: decorate };
  if (near !== undefined) return { kind: "near", smiles: near };
  if (link === undefined) return null;
  const [first, second, ...more] = link.split(".");
  if (!first || !second || more.length > 0)
    throw new DomainError(
      "invalid-input",
      `--link: expected two fragments with one * each, such as "*c1ccccc1.*C(=O)O", got "${link}".`,
    );
  return { kind: "link", first, second };
}

/** A repeatable option. */
export const collect = (text: string, before: string[] | undefined): string[] => [...(before ?? []), text];
