/** Every property that the program knows, one line each; the first is the default, and what records that name none are of. */
import type { PropertyDeclaration } from "./property.ts";
import { verticalIonisationEnergy } from "./vertical-ionisation-energy.ts";

export const PROPERTIES = [verticalIonisationEnergy] as const satisfies readonly [
  PropertyDeclaration,
  ...PropertyDeclaration[],
];
