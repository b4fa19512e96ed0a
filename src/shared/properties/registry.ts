/** Every property that the program knows, one line each; the first is the default, and what records that name none are of. */

import { adiabaticElectronAffinity } from "./adiabatic-electron-affinity.ts";
import { adiabaticIonisationEnergy } from "./adiabatic-ionisation-energy.ts";
import { bondDissociationEnergy } from "./bond-dissociation-energy.ts";
import { carbonDioxideAffinity } from "./carbon-dioxide-affinity.ts";
import { firstExcitation } from "./first-excitation.ts";
import { fundamentalGap } from "./fundamental-gap.ts";
import { gasPhaseBasicity } from "./gas-phase-basicity.ts";
import { lithiumAffinity } from "./lithium-affinity.ts";
import { magnesiumAffinity } from "./magnesium-affinity.ts";
import { ownComposite } from "./own-composite.ts";
import { ownFormula } from "./own-formula.ts";
import { oxidationPotential } from "./oxidation-potential.ts";
import { probeAffinity } from "./probe-affinity.ts";
import type { PropertyDeclaration } from "./property.ts";
import { protonAffinity } from "./proton-affinity.ts";
import { reductionPotential } from "./reduction-potential.ts";
import { singletTripletGap } from "./singlet-triplet-gap.ts";
import { sodiumAffinity } from "./sodium-affinity.ts";
import { tripletEnergy } from "./triplet-energy.ts";
import { verticalElectronAffinity } from "./vertical-electron-affinity.ts";
import { verticalIonisationEnergy } from "./vertical-ionisation-energy.ts";
import { waterAffinity } from "./water-affinity.ts";
import { zincAffinity } from "./zinc-affinity.ts";

export const PROPERTIES = [
  verticalIonisationEnergy,
  verticalElectronAffinity,
  fundamentalGap,
  tripletEnergy,
  firstExcitation,
  singletTripletGap,
  protonAffinity,
  gasPhaseBasicity,
  lithiumAffinity,
  sodiumAffinity,
  bondDissociationEnergy,
  adiabaticIonisationEnergy,
  magnesiumAffinity,
  zincAffinity,
  waterAffinity,
  carbonDioxideAffinity,
  ownFormula,
  ownComposite,
  probeAffinity,
  adiabaticElectronAffinity,
  oxidationPotential,
  reductionPotential,
] as const satisfies readonly [PropertyDeclaration, ...PropertyDeclaration[]];
