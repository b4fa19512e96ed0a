/** Every property that the program knows, one line each; the first is the default, and what records that name none are of. */

import { firstExcitation } from "./first-excitation.ts";
import { fundamentalGap } from "./fundamental-gap.ts";
import type { PropertyDeclaration } from "./property.ts";
import { singletTripletGap } from "./singlet-triplet-gap.ts";
import { tripletEnergy } from "./triplet-energy.ts";
import { verticalElectronAffinity } from "./vertical-electron-affinity.ts";
import { verticalIonisationEnergy } from "./vertical-ionisation-energy.ts";

export const PROPERTIES = [
  verticalIonisationEnergy,
  verticalElectronAffinity,
  fundamentalGap,
  tripletEnergy,
  firstExcitation,
  singletTripletGap,
] as const satisfies readonly [PropertyDeclaration, ...PropertyDeclaration[]];
