/**
 * Vertical triplet energy T1 − S0 of a closed shell at the singlet's geometry: by MP2 in orbitals of their own and, where the diagnostic
 * of the singlet asks for an active space, by NEVPT2 on CASSCF states in one set of orbitals. Cost: two RHF and up to six UHF fields
 * with MP2 on each; where it is asked for a CASSCF.
 */
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { totalEnergy } from "#shared/quantum/multireference-result.ts";
import { requireClosedShell } from "./closed-shell.ts";
import { energyDifference, found } from "./conclude.ts";
import { moleculeState, mp2Energy, mp2State } from "./ion-states.ts";
import type { Candidate, Protocol } from "./protocol.ts";
import { electronCount, ownResult } from "./requests.ts";

/** The window of both states has the frontier orbitals of either spin, which need not be those that the singlet's diagnostic asks for: n → π* of thioformaldehyde. */
const LEAST = 4;

/** The active space of molecules of which one determinant fails and that fits; undefined of others. */
function spaceNeeded({ diagnostic }: EnergyResult): { nelec: number; norb: number } | undefined {
  if (diagnostic?.route !== "active-space" || !diagnostic.activeSpace) return undefined;
  const { nelec, norb } = diagnostic.activeSpace;
  return { nelec: Math.max(LEAST, nelec), norb: Math.max(LEAST, norb) };
}

/**
 * The singlet and two triplets in orbitals optimised for their mean. With one triplet the orbitals of π → π* may win that of thioformaldehyde's
 * n → π*, 1 eV lower; two hold those of both.
 */
function bothStates(candidate: Candidate, activeSpace: { nelec: number; norb: number }): EnergyRequest {
  const { frozenCore: _, ...request } = moleculeState(candidate).request;
  const nelec = Math.min(activeSpace.nelec, electronCount(candidate));
  const spinStates = [
    { multiplicity: 1, count: 1 },
    { multiplicity: 3, count: 2 },
  ];
  return { ...request, method: "casscf", activeSpace: { ...activeSpace, nelec }, spinStates, pt2: "nevpt2" };
}

/** The lowest triplet less the singlet, with their corrections; null where one was not reached. */
function nevpt2Gap({ multireference }: EnergyResult): number | null {
  if (multireference?.outcome !== "converged") return null;
  const energies = (spin: number): number[] =>
    multireference.states.filter(({ multiplicity }) => multiplicity === spin).map(totalEnergy);
  return Math.min(...energies(3)) - Math.min(...energies(1));
}

export const tripletEnergyProtocol: Protocol = {
  next(candidate, results) {
    requireClosedShell(candidate, "The triplet energy");
    const { singlet, triplet } = results;
    if (singlet === undefined || triplet === undefined) {
      const { charge, settings } = candidate;
      const { request } = moleculeState(candidate);
      // Of a composite the molecule of one part alone is asked anyway.
      const below = settings.method === "routed" ? { ...request, diagnose: "from-field" as const } : request;
      const above = mp2State(candidate, { charge, multiplicity: 3, openShell: "pair" });
      return { states: { singlet: { request: below }, triplet: above } };
    }
    const byMp2 = energyDifference(mp2Energy(triplet), mp2Energy(singlet));
    const values = { tripletEnergy_hartree: byMp2 };
    if (candidate.settings.method !== "routed") return found(values, [byMp2]);
    const own = ownResult(results, "singlet");
    const space = own && spaceNeeded(own);
    if (!space) return found({ ...values, tripletEnergyRouted_hartree: byMp2 }, [byMp2]);
    const both = ownResult(results, "both");
    if (!both) return { states: { both: { request: bothStates(candidate, space) } } };
    const gap = nevpt2Gap(both);
    return found({ ...values, tripletEnergyNevpt2_hartree: gap, tripletEnergyRouted_hartree: gap }, [gap]);
  },
};
