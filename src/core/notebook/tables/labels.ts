/** What a record is, in a line for people. */
import { PropertyDefinition } from "#shared/properties/definition.ts";
import {
  DEFAULT_PROPERTY,
  declarationOf,
  findProperty,
  type RegisteredProperty,
} from "#shared/properties/find.ts";
import { inSentence, rankedValue } from "#shared/properties/property.ts";
import type { PropertySettings } from "#shared/properties/settings.ts";
import type { JsonObject } from "../proof/canonical-json.ts";
import type { RecordKind } from "../proof/record.ts";

const ENERGY_DECIMALS = 6;

const text = (content: JsonObject, key: string): string => String(content[key] ?? "");

const DESIRABILITY_DECIMALS = 3;

const energy = (content: JsonObject, key: string): string => {
  const value = content[key];
  if (key.endsWith("_dimensionless"))
    return typeof value === "number" ? value.toFixed(DESIRABILITY_DECIMALS) : "no number";
  return typeof value === "number" ? `${value.toFixed(ENERGY_DECIMALS)} Eh` : "no energy";
};

const outcome = (content: JsonObject): string =>
  content.outcome === "not-converged" ? ", not converged" : "";

const input = (content: JsonObject): JsonObject => (content.input ?? {}) as JsonObject;

/** The number that candidates were ranked by. */
function mainEnergy(content: JsonObject, property: RegisteredProperty | undefined): string {
  if (!property) return "no energy";
  const { propertySettings } = input(content) as { propertySettings?: PropertySettings };
  return energy(content, rankedValue(property, { ...property.before, ...propertySettings }).key);
}

/** What an evaluation's input asked for; undefined for a property that is not known. */
function asked({ property = DEFAULT_PROPERTY.id, definition }: JsonObject): RegisteredProperty | undefined {
  const { data } = PropertyDefinition.safeParse(definition);
  const known = findProperty(property);
  return known && declarationOf({ property: known.id, definition: data });
}

/** A score holds that number alone. */
const scored = (content: JsonObject, property: RegisteredProperty | undefined): string =>
  energy(content, property?.values.find(({ key }) => key in content)?.key ?? "");

const LABELS: Record<RecordKind, (content: JsonObject) => string> = {
  "data-set": (c) => text(c, "name"),
  model: (c) => text(c, "name"),
  "sampling-run": (c) => {
    const { source, first } = input(c);
    if (source !== undefined) return `${source}, from index ${first} on`;
    return `seed ${text(input(c), "seed")}, temperature ${text(input(c), "temperature")}`;
  },
  candidate: (c) => `${text(c, "smiles")}, proposal ${text(c, "index")}`,
  "filter-run": (c) => `filter, version ${text(c, "stageVersion")}`,
  "filter-verdict": (c) => {
    const rejection = c.rejection as { rule: string; detail: string } | null;
    return rejection ? `rejected by ${rejection.rule}: ${rejection.detail}` : "accepted";
  },
  acquisition: (c) =>
    `round ${Number(input(c).round) + 1}, ${text(input(c), "strategy")}, from ${text(input(c), "observations")} evaluations`,
  promotion: (c) =>
    `of ${text(input(c), "contestants")} on rung ${Number(input(c).rung) + 1} the best ${text(input(c), "keep")} go up`,
  molecule: (c) => text(c, "canonicalSmiles"),
  conformer: (c) => text(c, "method"),
  state: (c) =>
    `state ${(c.names as string[]).join(", ")}, ${text(input(c), "method")}/${text(input(c), "basis")}`,
  scf: (c) => `Hartree-Fock, ${text(c, "basis")}: ${energy(c, "energy_hartree")}${outcome(c)}`,
  hamiltonian: (c) => {
    const space = c.activeSpace as { nelec: number; norb: number };
    return `active space (${space.nelec}e, ${space.norb}o)`;
  },
  casci: (c) => `CASCI, ${text(c, "state")}: ${energy(c, "energy_hartree")}${outcome(c)}`,
  vqe: (c) => `VQE, ${text(c, "state")}: ${energy(c, "energy_hartree")}${outcome(c)}`,
  "backend-call": (c) => {
    const asked = ["seed", "shots"].flatMap((key) => (c[key] == null ? [] : [`${key} ${text(c, key)}`]));
    const job = c.jobId ? [`job ${text(c, "jobId")}`] : [];
    const fallback = c.fallback ? [`by the local sampler instead: ${text(c, "fallback")}`] : [];
    return [text(c, "backend"), text(c, "state"), ...asked, ...job, ...fallback].join(", ");
  },
  evaluation: (c) => {
    const property = asked(input(c));
    return `${property ? inSentence(property.title) : "evaluation"}: ${mainEnergy(c, property)}${outcome(c)}`;
  },
  score: (c) => `${text(c, "property")}: ${scored(c, findProperty(c.property))}`,
  failure: (c) => `${text(c, "stage")} failed: ${text(c, "reason")}`,
  review: (c) => `${text(c, "verdict")} by ${text(c, "reviewer")}${c.reason ? `: ${text(c, "reason")}` : ""}`,
  "sign-off": (c) => `signed off by ${text(c, "signer")}: ${text(c, "statement")}`,
  calculation: (c) => `${text(c, "title")} of ${text(c, "name")}: ${energy(c, "energy_hartree")}`,
  export: (c) => `${text(c, "fileName")}${c.by ? `, for ${text(c, "by")}` : ""}`,
};

export const labelOf = (kind: RecordKind, content: JsonObject): string => LABELS[kind](content);
