/**
 * Vertical ionisation energy, both states at the molecule's geometry.
 *
 * By MP2: RHF and UHF with orbitals of their own, the cation's hole in each of the three highest occupied orbitals in turn, the lowest
 * by MP2 taken, its energy projected onto a doublet with the quartet's where its determinant mixes spins; of a radical the lower of both
 * spins. Beside it, of a closed shell, what the active space says: molecule and cation (one
 * β electron less) in one active space of the molecule's orbitals, each by VQE and by exact diagonalisation, and Koopmans' −ε(HOMO)
 * (doi:10.1016/S0031-8914(34)90011-2); relaxation of the inactive orbitals is left out there, and the difference of two variational
 * energies is not a bound.
 *
 * By a functional: RKS and UKS, the cation's lowest field, of a radical the lower of both spins; nothing beside it.
 *
 * Cost: by MP2 two RHF and up to three UHF fields with MP2 on each; the active space, of the molecule's RHF field, two CASCI and two VQE.
 */
import { functionalLevel } from "#shared/properties/functional-level.ts";
import { reached } from "#shared/quantum/state-result.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import { energyDifference, found, impossible, impossibleIonisation } from "./conclude.ts";
import {
  ionEnergy,
  ionStates,
  moleculeEnergy,
  moleculeState,
  mp2Energy,
  quartetRound,
} from "./ion-states.ts";
import type { Candidate, Conclusion, Protocol, Round } from "./protocol.ts";
import { hasEmptyOrbitals, spaceOf } from "./requests.ts";

/** Whether MP2 is to have an active space beside it: a closed shell's. */
const asksSpace = ({ settings, multiplicity }: Candidate): boolean =>
  settings.activeSpace === true && multiplicity === 1;

function statesOf(candidate: Candidate): States {
  const { geometry, charge, multiplicity, level, settings } = candidate;
  const byMp2 = settings.method === "mp2";
  const inSpace = !byMp2 || (asksSpace(candidate) && hasEmptyOrbitals(candidate));
  const electrons = { charge, multiplicity };
  const request = {
    ...level,
    activeSpace: spaceOf(candidate),
    geometry,
    ...electrons,
    method: "vqe" as const,
  };
  // With VQE comes MP2 on the same field.
  const neutral = { request: byMp2 ? { ...request, frozenCore: true } : request };
  return {
    neutral: inSpace ? neutral : moleculeState(candidate),
    ...(inSpace && { cation: { ionOf: "neutral", kind: "cation" as const } }),
    ...(byMp2 && ionStates(candidate, "mp2-cation", "hole")),
  };
}

/** What was not asked for is absent, null what was not reached or where there is nothing to correlate. */
function valuesOf(candidate: Candidate, { neutral, cation, ...states }: StateResults) {
  const inSpace = (method: "vqe" | "casci") =>
    energyDifference(reached(cation?.[method] ?? null), reached(neutral?.[method] ?? null));
  return {
    verticalMp2_hartree: energyDifference(ionEnergy(candidate, "mp2-cation", states), mp2Energy(neutral)),
    ...((cation !== undefined || asksSpace(candidate)) && {
      vertical_hartree: inSpace("vqe"),
      verticalCasci_hartree: inSpace("casci"),
      koopmans_hartree: cation && "koopmans_hartree" in cation ? cation.koopmans_hartree : null,
    }),
  };
}

const FUNCTIONAL_KEY = "verticalFunctional_hartree";

function byFunctional(candidate: Candidate, results: StateResults): Round | Conclusion {
  if (Object.keys(results).length === 0)
    return { states: { neutral: moleculeState(candidate), ...ionStates(candidate, "cation", "hole") } };
  const value = energyDifference(ionEnergy(candidate, "cation", results), moleculeEnergy(results));
  const why = impossibleIonisation(value, candidate);
  return why === null ? found({ [FUNCTIONAL_KEY]: value }, [value]) : impossible({}, FUNCTIONAL_KEY, why);
}

export const verticalIonisationProtocol: Protocol = {
  next(candidate, results) {
    if (functionalLevel(candidate.settings)) return byFunctional(candidate, results);
    if (Object.keys(results).length === 0) return { states: statesOf(candidate) };
    const quartet = quartetRound(candidate, { "mp2-cation": "hole" }, results);
    if (quartet) return quartet;
    const { verticalMp2_hartree, ...inSpace } = valuesOf(candidate, results);
    const byMp2 = candidate.settings.method === "mp2";
    const values = byMp2 ? { verticalMp2_hartree, ...inSpace } : inSpace;
    const ranked = byMp2 ? verticalMp2_hartree : inSpace.vertical_hartree;
    const why = impossibleIonisation(ranked, candidate);
    if (why !== null) return impossible(values, byMp2 ? "verticalMp2_hartree" : "vertical_hartree", why);
    const required = byMp2 ? [ranked] : [ranked, inSpace.verticalCasci_hartree];
    return found(
      values,
      required.map((value) => value ?? null),
    );
  },
};
