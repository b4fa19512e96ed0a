/**
 * Fundamental gap by MP2, IE − EA, all states at the molecule's geometry. The cation is computed once the anion is bound: without one
 * there is no gap. States are those of the ionisation energy and the affinity at the same level. Cost: that of both.
 */
import { energyDifference, found, impossible, impossibleIonisation, notBound } from "./conclude.ts";
import { ionEnergy, ionStates, moleculeState, mp2Energy, quartetRound } from "./mp2-states.ts";
import type { Protocol } from "./protocol.ts";

export const fundamentalGapProtocol: Protocol = {
  next(candidate, results) {
    const { neutral } = results;
    if (neutral === undefined)
      return { states: { neutral: moleculeState(candidate), ...ionStates(candidate, "anion", "electron") } };
    const quartets = quartetRound(candidate, { anion: "electron", cation: "hole" }, results);
    if (quartets) return quartets;
    const affinity = energyDifference(mp2Energy(neutral), ionEnergy(candidate, "anion", results));
    if (affinity === null) return found({ fundamentalGap_hartree: null }, [null]);
    if (affinity <= 0) return notBound("fundamentalGap_hartree", "anion");
    if (results.cation === undefined) return { states: ionStates(candidate, "cation", "hole") };
    const ionisation = energyDifference(ionEnergy(candidate, "cation", results), mp2Energy(neutral));
    const why = impossibleIonisation(ionisation, candidate);
    if (why !== null) return impossible({}, "fundamentalGap_hartree", why);
    const gap = energyDifference(ionisation, affinity);
    return found({ fundamentalGap_hartree: gap }, [gap]);
  },
};
