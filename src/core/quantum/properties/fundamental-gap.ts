/**
 * Fundamental gap by MP2, IE − EA, all states at the molecule's geometry. The cation is computed once the anion is bound: without one
 * there is no gap. States are those of the ionisation energy and the affinity at the same level. Cost: that of both.
 */
import { energyDifference, found, notBound } from "./conclude.ts";
import { ionStates, lowestMp2, moleculeState, mp2Energy } from "./mp2-states.ts";
import type { Protocol } from "./protocol.ts";

export const fundamentalGapProtocol: Protocol = {
  next(candidate, { neutral, ...ions }) {
    if (neutral === undefined)
      return { states: { neutral: moleculeState(candidate), ...ionStates(candidate, "anion", "electron") } };
    const affinity = energyDifference(mp2Energy(neutral), lowestMp2(ions.anion, ions["anion-high"]));
    if (affinity === null) return found({ fundamentalGap_hartree: null }, [null]);
    if (affinity <= 0) return notBound("fundamentalGap_hartree", "anion");
    if (ions.cation === undefined) return { states: ionStates(candidate, "cation", "hole") };
    const ionisation = energyDifference(lowestMp2(ions.cation, ions["cation-high"]), mp2Energy(neutral));
    const gap = energyDifference(ionisation, affinity);
    return found({ fundamentalGap_hartree: gap }, [gap]);
  },
};
