/**
 * Vertical electron affinity by MP2: molecule and anion at the molecule's geometry, the electron put into each of the three lowest
 * empty orbitals in turn, the lowest by MP2 taken. An anion that lies above the molecule is a free electron in a box of basis
 * functions: it is not bound, and has no number. Cost: two RHF and up to three UHF fields with MP2 on each.
 */
import { energyDifference, found, notBound } from "./conclude.ts";
import { ionStates, lowestMp2, moleculeState, mp2Energy } from "./mp2-states.ts";
import type { Protocol } from "./protocol.ts";

export const verticalElectronAffinityProtocol: Protocol = {
  next(candidate, { neutral, ...anions }) {
    if (neutral === undefined)
      return { states: { neutral: moleculeState(candidate), ...ionStates(candidate, "anion", "electron") } };
    const affinity = energyDifference(mp2Energy(neutral), lowestMp2(anions.anion, anions["anion-high"]));
    if (affinity !== null && affinity <= 0) return notBound("verticalAffinity_hartree", "anion");
    return found({ verticalAffinity_hartree: affinity }, [affinity]);
  },
};
