/** The protocol of every property, one line each. */
import type { PropertyId } from "#shared/properties/find.ts";
import { adiabaticElectronAffinityProtocol } from "./adiabatic-electron-affinity.ts";
import { adiabaticIonisationProtocol } from "./adiabatic-ionisation-energy.ts";
import { bondDissociationProtocol } from "./bond-dissociation-energy.ts";
import { carbonDioxideAffinityProtocol } from "./carbon-dioxide-affinity.ts";
import { fundamentalGapProtocol } from "./fundamental-gap.ts";
import { gasPhaseBasicityProtocol } from "./gas-phase-basicity.ts";
import { lithiumAffinityProtocol } from "./lithium-affinity.ts";
import { magnesiumAffinityProtocol } from "./magnesium-affinity.ts";
import { compositeProtocol } from "./own-composite.ts";
import { ownFormulaProtocol } from "./own-formula.ts";
import { oxidationPotentialProtocol } from "./oxidation-potential.ts";
import { probeAffinityProtocol } from "./probe-affinity.ts";
import type { Protocol } from "./protocol.ts";
import { protonAffinityProtocol } from "./proton-affinity.ts";
import { reductionPotentialProtocol } from "./reduction-potential.ts";
import { sodiumAffinityProtocol } from "./sodium-affinity.ts";
import { firstExcitationProtocol, singletTripletGapProtocol } from "./spectrum.ts";
import { tripletEnergyProtocol } from "./triplet-energy.ts";
import { verticalElectronAffinityProtocol } from "./vertical-electron-affinity.ts";
import { verticalIonisationProtocol } from "./vertical-ionisation-energy.ts";
import { waterAffinityProtocol } from "./water-affinity.ts";
import { zincAffinityProtocol } from "./zinc-affinity.ts";

/** Of what a composite may be made of. */
const PARTS: Readonly<Record<Exclude<PropertyId, "own-composite">, Protocol>> = {
  "vertical-ionisation-energy": verticalIonisationProtocol,
  "vertical-electron-affinity": verticalElectronAffinityProtocol,
  "fundamental-gap": fundamentalGapProtocol,
  "triplet-energy": tripletEnergyProtocol,
  "first-excitation": firstExcitationProtocol,
  "singlet-triplet-gap": singletTripletGapProtocol,
  "proton-affinity": protonAffinityProtocol,
  "gas-phase-basicity": gasPhaseBasicityProtocol,
  "lithium-affinity": lithiumAffinityProtocol,
  "sodium-affinity": sodiumAffinityProtocol,
  "bond-dissociation-energy": bondDissociationProtocol,
  "adiabatic-ionisation-energy": adiabaticIonisationProtocol,
  "magnesium-affinity": magnesiumAffinityProtocol,
  "zinc-affinity": zincAffinityProtocol,
  "water-affinity": waterAffinityProtocol,
  "carbon-dioxide-affinity": carbonDioxideAffinityProtocol,
  "probe-affinity": probeAffinityProtocol,
  "adiabatic-electron-affinity": adiabaticElectronAffinityProtocol,
  "oxidation-potential": oxidationPotentialProtocol,
  "reduction-potential": reductionPotentialProtocol,
  "own-formula": ownFormulaProtocol,
};

export const PROTOCOLS: Readonly<Record<PropertyId, Protocol>> = {
  ...PARTS,
  "own-composite": compositeProtocol(PARTS),
};
