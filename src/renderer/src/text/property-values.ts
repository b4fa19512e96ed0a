/** What is known of a candidate's properties, as people read it. */
import type { PropertyValues } from "#shared/campaign/candidate.ts";
import {
  declarationOf,
  type NamedProperty,
  REGISTERED_PROPERTIES,
  type RegisteredProperty,
} from "#shared/properties/find.ts";
import { shownValue } from "./format.ts";

/**
 * Each property that has a number, with that number in its unit, unit not written: "10.52".
 *
 * @param named what a person's own property is, where that is known
 */
export const shownValues = (
  values: PropertyValues,
  named: NamedProperty | null = null,
): { property: RegisteredProperty; text: string }[] =>
  REGISTERED_PROPERTIES.flatMap((registered) => {
    const property = named?.property === registered.id ? declarationOf(named) : registered;
    const value = values[property.id];
    return value === undefined ? [] : [{ property, text: shownValue(property.unit, value, property.digits) }];
  });
