/** The protocol of every property, one line each. */
import type { PropertyId } from "#shared/properties/find.ts";
import type { Protocol } from "./protocol.ts";
import { verticalIonisationProtocol } from "./vertical-ionisation-energy.ts";

export const PROTOCOLS: Readonly<Record<PropertyId, Protocol>> = {
  "vertical-ionisation-energy": verticalIonisationProtocol,
};
