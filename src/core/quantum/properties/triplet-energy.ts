/**
 * Vertical triplet energy T1 − S0 of a closed shell by MP2 in orbitals of their own, at the singlet's geometry. Cost: two RHF and up
 * to six UHF fields with MP2 on each.
 */

import { requireClosedShell } from "./closed-shell.ts";
import { energyDifference, found } from "./conclude.ts";
import { moleculeState, mp2Energy, mp2State } from "./mp2-states.ts";
import type { Protocol } from "./protocol.ts";

export const tripletEnergyProtocol: Protocol = {
  next(candidate, { singlet, triplet }) {
    requireClosedShell(candidate, "The triplet energy");
    if (singlet === undefined || triplet === undefined) {
      const { charge } = candidate;
      const above = mp2State(candidate, { charge, multiplicity: 3, openShell: "pair" });
      return { states: { singlet: moleculeState(candidate), triplet: above } };
    }
    const energy = energyDifference(mp2Energy(triplet), mp2Energy(singlet));
    return found({ tripletEnergy_hartree: energy }, [energy]);
  },
};
