/** The candidate and its ions in orbitals of their own, at its geometry: by MP2, or by the functional of its settings. */
import { DomainError } from "#shared/errors.ts";
import { functionalLevel } from "#shared/properties/functional-level.ts";
import type { EnergyRequest, OpenShell } from "#shared/quantum/energy-request.ts";
import type { EnergyResult, IonResult } from "#shared/quantum/energy-result.ts";
import { mixesSpins, spinEnergy } from "#shared/quantum/spin-projection.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import type { Candidate, Round } from "./protocol.ts";
import {
  correlated,
  electronCount,
  energiesOf,
  energyAt,
  energyBasis,
  ownResult,
  unknownOf,
} from "./requests.ts";

type Asked = Pick<EnergyRequest, "charge" | "multiplicity"> & {
  readonly openShell?: OpenShell;
};

/** RHF for singlets and UHF otherwise, the core left out of the correlation. */
export const mp2State = (
  candidate: Candidate,
  { charge, multiplicity, openShell }: Asked,
): { request: EnergyRequest } => {
  const request = correlated(candidate.geometry, { charge, multiplicity }, energyBasis(candidate));
  return { request: { ...request, ...(openShell && { openShell }) } };
};

/** By a functional the lowest field of that spin; by MP2 one that follows from the closed shell beside it. */
const ionState = (candidate: Candidate, asked: Asked): { request: EnergyRequest } => {
  const { charge, multiplicity } = asked;
  return functionalLevel(candidate.settings)
    ? { request: energyAt(candidate, candidate.geometry, { charge, multiplicity }) }
    : mp2State(candidate, asked);
};

/** The candidate itself. */
export const moleculeState = (candidate: Candidate): { request: EnergyRequest } =>
  ionState(candidate, { charge: candidate.charge, multiplicity: candidate.multiplicity });

/** The higher of two spins, or the quartet beside a doublet. */
const highOf = (name: string): string => `${name}-high`;

/** @throws DomainError not-supported where no electron would be left */
export function requireSecondElectron(candidate: Candidate): void {
  if (electronCount(candidate) > 1) return;
  throw new DomainError(
    "not-supported",
    "Without its only electron nothing is left to compute: expected two electrons or more, got one. The ionisation energy of one electron is minus its energy.",
  );
}

/**
 * With an electron less (hole) or more: a doublet beside a closed shell; of an open shell both spins that are next to its own, the
 * higher one as "<name>-high".
 */
export function ionStates(candidate: Candidate, name: string, openShell: "hole" | "electron"): States {
  const charge = candidate.charge + (openShell === "hole" ? 1 : -1);
  const { multiplicity } = candidate;
  if (openShell === "hole") requireSecondElectron(candidate);
  if (multiplicity === 1) return { [name]: ionState(candidate, { charge, multiplicity: 2, openShell }) };
  return {
    [name]: ionState(candidate, { charge, multiplicity: multiplicity - 1 }),
    [highOf(name)]: ionState(candidate, { charge, multiplicity: multiplicity + 1 }),
  };
}

/** The energy of a state of its own by MP2; null where it was not reached. */
export const mp2Energy = (result: EnergyResult | IonResult | null | undefined): number | null =>
  result && "mp2" in result ? (result.mp2?.energy_hartree ?? null) : null;

/** The energy of the molecule, Hartree; null where it was not reached. */
export const moleculeEnergy = (results: StateResults): number | null => energiesOf(results, "neutral").ranked;

/**
 * The round of quartets that are computed next: of each doublet beside a closed shell whose determinant mixes one in; undefined where
 * there is none, or all are known. Energies by a functional are not projected.
 *
 * @param ions how each was made, by its name
 */
export function quartetRound(
  candidate: Candidate,
  ions: Readonly<Record<string, "hole" | "electron">>,
  results: StateResults,
): Round | undefined {
  if (candidate.multiplicity !== 1 || functionalLevel(candidate.settings)) return undefined;
  const states = Object.entries(ions).flatMap(([name, openShell]) => {
    const doublet = ownResult(results, name);
    if (!doublet || mp2Energy(doublet) === null || !mixesSpins(doublet)) return [];
    return [[highOf(name), mp2State(candidate, { charge: doublet.charge, multiplicity: 4, openShell })]];
  });
  const unknown = unknownOf(Object.fromEntries(states), results);
  return Object.keys(unknown).length > 0 ? { states: unknown } : undefined;
}

/**
 * The ion's energy, by MP2 projected onto its spin where its determinant mixes in the next higher one and that was reached; of an open
 * shell the lower of both spins. null where a state that it is made of was not reached.
 */
export function ionEnergy(
  { multiplicity, settings }: Pick<Candidate, "multiplicity" | "settings">,
  name: string,
  results: StateResults,
): number | null {
  const [ion, high] = [ownResult(results, name), ownResult(results, highOf(name))];
  const own = functionalLevel(settings) ? energiesOf(results, name).ranked : spinEnergy(ion, high);
  if (multiplicity === 1) return own;
  if (!high) return null;
  const above = energiesOf(results, highOf(name)).ranked;
  return own === null || above === null ? null : Math.min(own, above);
}
