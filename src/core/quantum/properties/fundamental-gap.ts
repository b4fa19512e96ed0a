/**
 * Fundamental gap by MP2, or by a functional, IE − EA, all states at the molecule's geometry. The cation is computed once the anion is bound: without one
 * there is no gap. States are those of the ionisation energy and the affinity at the same level. Cost: that of both.
 */

import { functionalLevel } from "#shared/properties/functional-level.ts";
import { energyDifference, found, impossible, impossibleIonisation, notBound } from "./conclude.ts";
import { ionEnergy, ionStates, moleculeEnergy, moleculeState, quartetRound } from "./ion-states.ts";
import type { Candidate, Protocol } from "./protocol.ts";

const keyOf = ({ settings }: Candidate): string =>
  functionalLevel(settings) ? "fundamentalGapFunctional_hartree" : "fundamentalGap_hartree";

export const fundamentalGapProtocol: Protocol = {
  next(candidate, results) {
    const { neutral } = results;
    const key = keyOf(candidate);
    if (neutral === undefined)
      return { states: { neutral: moleculeState(candidate), ...ionStates(candidate, "anion", "electron") } };
    const quartets = quartetRound(candidate, { anion: "electron", cation: "hole" }, results);
    if (quartets) return quartets;
    const affinity = energyDifference(moleculeEnergy(results), ionEnergy(candidate, "anion", results));
    if (affinity === null) return found({ [key]: null }, [null]);
    if (affinity <= 0) return notBound(key, "anion");
    if (results.cation === undefined) return { states: ionStates(candidate, "cation", "hole") };
    const ionisation = energyDifference(ionEnergy(candidate, "cation", results), moleculeEnergy(results));
    const why = impossibleIonisation(ionisation, candidate);
    if (why !== null) return impossible({}, key, why);
    const gap = energyDifference(ionisation, affinity);
    return found({ [key]: gap }, [gap]);
  },
};
