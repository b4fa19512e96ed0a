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
