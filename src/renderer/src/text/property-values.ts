/** What is known of a candidate's properties, as people read it. */
import type { PropertyValues } from "#shared/campaign/candidate.ts";
import {
  declarationOf,
  type NamedProperty,
  REGISTERED_PROPERTIES,
  type RegisteredProperty,
} from "#shared/properties/find.ts";
import { shownAs } from "#shared/properties/property.ts";
import { type EnergyUnitChoice, readAs, readValue } from "./energy-unit.ts";

/**
 * Each property that has a number, with that number in the unit that it is read in, which stands beside it: "10.52", "eV".
 *
 * @param named what a person's own property is, where that is known
 */
export const shownValues = (
  values: PropertyValues,
  named: NamedProperty | null = null,
  choice: EnergyUnitChoice = "usual",
): { property: RegisteredProperty; text: string; unit: string }[] =>
  REGISTERED_PROPERTIES.flatMap((registered) => {
    const property = named?.property === registered.id ? declarationOf(named) : registered;
    const value = values[property.id];
    const shown = readAs(shownAs(property), choice);
    return value === undefined ? [] : [{ property, text: readValue(shown, value), unit: shown.unit }];
  });
