/** A composite that a person defines: properties and descriptors with what is wanted of each, weights, and limits that must hold. */
import { z } from "zod";
import { DESCRIPTOR_IDS, type DescriptorId } from "../molecule/descriptor-lists.ts";
import { Desirability, desirabilityProblem } from "./desirability.ts";
import { DefinitionNames, FormulaDefinition, oneLine } from "./formula-definition.ts";
import { levelProblem } from "./functional-level.ts";
import type { PropertyDeclaration } from "./property.ts";
import { PROPERTIES } from "./registry.ts";

const KNOWN: readonly PropertyDeclaration[] = PROPERTIES.filter((property) => !("isDefined" in property));
/** Another one that has no definition: a part names a formula by itself. */
type KnownId = Exclude<(typeof PROPERTIES)[number], { isDefined: true }>["id"];
const KnownId = z.enum(KNOWN.map(({ id }) => id) as [KnownId, ...KnownId[]]);

const withKind = (input: unknown): unknown =>
  typeof input === "object" && input !== null ? { kind: "formula", ...input } : input;

/** One of property, formula and descriptor. */
const Part = z.strictObject({
  /** Over its columns; absent: the title of what it is of. */
  name: oneLine(80).exactOptional(),
  property: KnownId.exactOptional(),
  /** Of the property. */
  settings: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])).exactOptional(),
  /** Of the property; absent: its usual one. */
  basis: z.string().min(1).exactOptional(),
  /** Its kind need not be said here. */
  formula: z.preprocess(withKind, FormulaDefinition).exactOptional(),
  descriptor: z.enum(DESCRIPTOR_IDS as [DescriptorId, ...DescriptorId[]]).exactOptional(),
  desirability: Desirability,
  weight: z.number().positive().max(1000).default(1),
  /** In the unit that it is shown in. What is outside is not wanted, whatever else it is. */
  limits: z
    .strictObject({ least: z.number().exactOptional(), most: z.number().exactOptional() })
    .exactOptional(),
});
export type CompositePart = z.infer<typeof Part>;

const MOST_PARTS = 20;

const Shape = z.strictObject({
  kind: z.literal("composite"),
  ...DefinitionNames.shape,
  parts: z.array(Part).min(1).max(MOST_PARTS),
});

/** What is wrong with a part, by the member that is. */
function problemsOf({
  property,
  formula,
  descriptor,
  settings,
  basis,
  ...part
}: CompositePart): [string[], string][] {
  const of = [property, formula, descriptor].filter((one) => one !== undefined);
  if (of.length !== 1)
    return [[[], `expected one of property, formula and descriptor, got ${of.length} of them`]];
  const found: [string[], string][] = [];
  const bounds = desirabilityProblem(part.desirability);
  if (bounds) found.push([["desirability"], bounds]);
  const { least = -Infinity, most = Infinity } = part.limits ?? {};
  if (least > most) found.push([["limits"], `expected least up to most, got ${least} and ${most}`]);
  const beside = property === undefined && (settings !== undefined || basis !== undefined);
  if (beside) found.push([[], "expected settings and basis beside a property alone"]);
  const declared = KNOWN.find(({ id }) => id === property);
  const { data, error } = z.strictObject(declared?.settings ?? {}).safeParse(settings ?? {});
  for (const { path, message } of error?.issues ?? [])
    found.push([["settings", ...path.map(String)], message]);
  const solvent = data && levelProblem(data);
  if (solvent) found.push([["settings", "solvent"], solvent]);
  return found;
}

export const CompositeDefinition = Shape.superRefine(({ parts }, context) => {
  const refuse = (path: (string | number)[], message: string) =>
    context.issues.push({ code: "custom", input: parts, path: ["parts", ...path], message });
  for (const [k, part] of parts.entries())
    for (const [path, message] of problemsOf(part)) refuse([k, ...path], message);
  if (parts.every(({ descriptor }) => descriptor !== undefined))
    refuse([], "expected a property or a formula among them, got descriptors alone: the filter bounds those");
});
export type CompositeDefinition = z.infer<typeof CompositeDefinition>;
