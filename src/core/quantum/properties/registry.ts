/** The protocol of every property, one line each. */
import type { PropertyId } from "#shared/properties/find.ts";
import { fundamentalGapProtocol } from "./fundamental-gap.ts";
import type { Protocol } from "./protocol.ts";
import { firstExcitationProtocol, singletTripletGapProtocol } from "./spectrum.ts";
import { tripletEnergyProtocol } from "./triplet-energy.ts";
import { verticalElectronAffinityProtocol } from "./vertical-electron-affinity.ts";
import { verticalIonisationProtocol } from "./vertical-ionisation-energy.ts";

export const PROTOCOLS: Readonly<Record<PropertyId, Protocol>> = {
  "vertical-ionisation-energy": verticalIonisationProtocol,
  "vertical-electron-affinity": verticalElectronAffinityProtocol,
  "fundamental-gap": fundamentalGapProtocol,
  "triplet-energy": tripletEnergyProtocol,
  "first-excitation": firstExcitationProtocol,
  "singlet-triplet-gap": singletTripletGapProtocol,
};
