/** What a person may define without touching code: a property by a formula, a composite of several, or what is bound. */
import { z } from "zod";
import { DomainError, messageOf } from "../errors.ts";
import { issueSentences } from "../issues.ts";
import { parseWrittenJson } from "../untrusted-json.ts";
import { CompositeDefinition } from "./composite-definition.ts";
import { FormulaDefinition } from "./formula-definition.ts";
import { ProbeDefinition } from "./probe-definition.ts";

export const PropertyDefinition = z.discriminatedUnion("kind", [
  FormulaDefinition,
  CompositeDefinition,
  ProbeDefinition,
]);
export type PropertyDefinition = z.infer<typeof PropertyDefinition>;

/**
 * A definition as it stands in a file, where it need not say its kind.
 *
 * @param name of the file, for people
 * @throws DomainError invalid-input that says what is not as expected, and where
 */
export function readDefinition(text: string, name: string): PropertyDefinition {
  const refused = (message: string) => new DomainError("invalid-input", `"${name}" ${message}.`);
  let input: unknown;
  try {
    input = parseWrittenJson(text);
  } catch (error) {
    throw refused(`is no property: expected JSON, got ${messageOf(error)}`);
  }
  const { data: members } = z.looseObject({}).safeParse(input);
  if (!members)
    throw refused("is no property: expected an object with states and a formula, with parts, or a probe");
  const asked = { kind: "parts" in members ? "composite" : "formula", ...members };
  const { data, error } = PropertyDefinition.safeParse(asked);
  if (!data) throw refused(`does not fit: ${issueSentences(error, asked).join("; ")}`);
  return data;
}

/** The formulas in it, each with states of its own. */
export function formulasIn(definition: PropertyDefinition): FormulaDefinition[] {
  if (definition.kind === "probe") return [];
  return definition.kind === "formula"
    ? [definition]
    : definition.parts.flatMap(({ formula }) => formula ?? []);
}

/** The definition with each of its formulas as `change` makes it. */
export function mapFormulas(
  definition: PropertyDefinition,
  change: (formula: FormulaDefinition) => FormulaDefinition,
): PropertyDefinition {
  if (definition.kind === "probe") return definition;
  if (definition.kind === "formula") return change(definition);
  const { parts, ...others } = definition;
  return {
    ...others,
    parts: parts.map((part) => (part.formula ? { ...part, formula: change(part.formula) } : part)),
  };
}
