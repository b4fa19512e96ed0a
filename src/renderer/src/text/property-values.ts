/** What is known of a candidate's properties, as people read it. */
import type { PropertyValues } from "#shared/campaign/candidate.ts";
import { REGISTERED_PROPERTIES, type RegisteredProperty } from "#shared/properties/find.ts";
import { shownValue } from "./format.ts";

/** Each property that has a number, with that number in its unit, unit not written: "10.52". */
export const shownValues = (values: PropertyValues): { property: RegisteredProperty; text: string }[] =>
  REGISTERED_PROPERTIES.flatMap((property) => {
    const value = values[property.id];
    return value === undefined ? [] : [{ property, text: shownValue(property.unit, value, property.digits) }];
  });
