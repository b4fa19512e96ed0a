/** Properties by their id. */
import { z } from "zod";
import { compositeProperty } from "./composite-property.ts";
import type { PropertyDefinition } from "./definition.ts";
import { formulaProperty } from "./own-formula.ts";
import { probeProperty } from "./probe-affinity.ts";
import type { PropertyDeclaration } from "./property.ts";
import { PROPERTIES } from "./registry.ts";

export type PropertyId = (typeof PROPERTIES)[number]["id"];
export const PROPERTY_IDS: readonly PropertyId[] = PROPERTIES.map(({ id }) => id);
export const PropertyId: z.ZodType<PropertyId, PropertyId> = z.enum(PROPERTY_IDS as [PropertyId]);

/** A declaration that the registry holds. */
export type RegisteredProperty = PropertyDeclaration & { readonly id: PropertyId };

/** In the order of the registry. */
export const REGISTERED_PROPERTIES: readonly RegisteredProperty[] = PROPERTIES;
/** Those that can be asked for by their id alone. */
export const KNOWN_PROPERTIES: readonly RegisteredProperty[] = REGISTERED_PROPERTIES.filter(
  ({ isDefined }) => !isDefined,
);
export const DEFAULT_PROPERTY: RegisteredProperty = PROPERTIES[0];

/** undefined for one that this version does not know. */
export const findProperty = (id: unknown): RegisteredProperty | undefined =>
  REGISTERED_PROPERTIES.find((property) => property.id === id);

/** By its id or another one that people write; none that wants a definition. */
export const propertyCalled = (name: string): RegisteredProperty | undefined =>
  KNOWN_PROPERTIES.find(({ id, aliases = [] }) => id === name || aliases.includes(name));

export function propertyOf(id: PropertyId): RegisteredProperty {
  const found = findProperty(id);
  if (!found) throw new Error(`no property ${id}`);
  return found;
}

/** What settings or an evaluation are of. */
export interface NamedProperty {
  readonly property: PropertyId;
  /** Of a person's own one. */
  readonly definition?: PropertyDefinition | undefined;
}

/** Of a person's own property what its definition says. */
export function declarationOf({ property, definition }: NamedProperty): RegisteredProperty {
  if (!definition) return propertyOf(property);
  if (definition.kind === "probe") return probeProperty(definition);
  return definition.kind === "formula" ? formulaProperty(definition) : compositeProperty(definition);
}

/** Members of objects in order of their names, so that equal values have equal texts. */
const inOrder = (_: string, value: unknown): unknown =>
  value !== null && typeof value === "object" && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** The same text for the same property: of a person's own one all that its definition says. */
export const propertyText = ({ property, definition }: NamedProperty): string =>
  definition === undefined ? property : JSON.stringify([property, definition], inOrder);

/** Whether two are of one property. Definitions of one kind share an id, and are two properties all the same. */
export const isSameProperty = (a: NamedProperty, b: NamedProperty): boolean =>
  propertyText(a) === propertyText(b);

/** The property that such a definition is of. */
export const propertyOfDefinition = ({ kind }: PropertyDefinition): PropertyId =>
  kind === "probe" ? "probe-affinity" : `own-${kind}`;

/** As people ask for it: the id of the definition, where there is one. */
export const idOf = ({ property, definition }: NamedProperty): string => definition?.id ?? property;

/** Names of the properties in documents and searches. */
export type PropertyField = (typeof PROPERTIES)[number]["field"];
export const PROPERTY_FIELDS = PROPERTIES.map(({ field }) => field) as [PropertyField, ...PropertyField[]];

/** Whether a search or a document names a property so; if not it is a descriptor. */
export const isPropertyField = (field: string): field is PropertyField =>
  REGISTERED_PROPERTIES.some((property) => property.field === field);

export function propertyNamed(field: PropertyField): RegisteredProperty {
  const found = REGISTERED_PROPERTIES.find((property) => property.field === field);
  if (!found) throw new Error(`no property is called ${field}`);
  return found;
}
