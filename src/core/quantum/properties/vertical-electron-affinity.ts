/**
 * Vertical electron affinity by MP2, or by a functional: molecule and anion at the molecule's geometry, the electron put into each of the three lowest
 * empty orbitals in turn, the lowest by MP2 taken and projected onto a doublet where it mixes spins. An anion that lies above the molecule is a free electron in a box of basis
 * functions: it is not bound, and has no number. Cost: two RHF and up to three UHF fields with MP2 on each.
 */

import { functionalLevel } from "#shared/properties/functional-level.ts";
import { energyDifference, found, notBound } from "./conclude.ts";
import { ionEnergy, ionStates, moleculeEnergy, moleculeState, quartetRound } from "./ion-states.ts";
import type { Candidate, Protocol } from "./protocol.ts";

const keyOf = ({ settings }: Candidate): string =>
  functionalLevel(settings) ? "verticalAffinityFunctional_hartree" : "verticalAffinity_hartree";

export const verticalElectronAffinityProtocol: Protocol = {
  next(candidate, results) {
    const { neutral } = results;
    const key = keyOf(candidate);
    if (neutral === undefined)
      return { states: { neutral: moleculeState(candidate), ...ionStates(candidate, "anion", "electron") } };
    const quartet = quartetRound(candidate, { anion: "electron" }, results);
    if (quartet) return quartet;
    const affinity = energyDifference(moleculeEnergy(results), ionEnergy(candidate, "anion", results));
    if (affinity !== null && affinity <= 0) return notBound(key, "anion");
    return found({ [key]: affinity }, [affinity]);
  },
};
