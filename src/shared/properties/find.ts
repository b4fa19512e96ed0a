/** Properties by their id. */
import { z } from "zod";
import type { PropertyDeclaration } from "./property.ts";
import { PROPERTIES } from "./registry.ts";

export type PropertyId = (typeof PROPERTIES)[number]["id"];
export const PROPERTY_IDS: readonly PropertyId[] = PROPERTIES.map(({ id }) => id);
export const PropertyId: z.ZodType<PropertyId, PropertyId> = z.enum(PROPERTY_IDS as [PropertyId]);

export const DEFAULT_PROPERTY: PropertyDeclaration & { readonly id: PropertyId } = PROPERTIES[0];

/** undefined for one that this version does not know. */
export const findProperty = (id: unknown): PropertyDeclaration | undefined =>
  PROPERTIES.find((property) => property.id === id);

export function propertyOf(id: PropertyId): PropertyDeclaration {
  const found = findProperty(id);
  if (!found) throw new Error(`no property ${id}`);
  return found;
}

/** Names of the properties in documents and searches. */
export type PropertyField = (typeof PROPERTIES)[number]["field"];
export const PROPERTY_FIELDS = PROPERTIES.map(({ field }) => field) as [PropertyField, ...PropertyField[]];

/** The property that a search or a document names so; undefined for what is none, a descriptor. */
export const propertyNamed = (field: string): PropertyDeclaration | undefined =>
  PROPERTIES.find((property) => property.field === field);

export const isPropertyField = (field: string): field is PropertyField => propertyNamed(field) !== undefined;
