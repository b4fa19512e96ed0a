/**
 * Vertical electron affinity by MP2: molecule and anion at the molecule's geometry, the electron put into each of the three lowest
 * empty orbitals in turn, the lowest by MP2 taken and projected onto a doublet where it mixes spins. An anion that lies above the molecule is a free electron in a box of basis
 * functions: it is not bound, and has no number. Cost: two RHF and up to three UHF fields with MP2 on each.
 */
import { energyDifference, found, notBound } from "./conclude.ts";
import { ionEnergy, ionStates, moleculeState, mp2Energy, quartetRound } from "./mp2-states.ts";
import type { Protocol } from "./protocol.ts";

export const verticalElectronAffinityProtocol: Protocol = {
  next(candidate, results) {
    const { neutral } = results;
    if (neutral === undefined)
      return { states: { neutral: moleculeState(candidate), ...ionStates(candidate, "anion", "electron") } };
    const quartet = quartetRound(candidate, { anion: "electron" }, results);
    if (quartet) return quartet;
    const affinity = energyDifference(mp2Energy(neutral), ionEnergy(candidate, "anion", results));
    if (affinity !== null && affinity <= 0) return notBound("verticalAffinity_hartree", "anion");
    return found({ verticalAffinity_hartree: affinity }, [affinity]);
  },
};
