/** States by MP2 in orbitals of their own, at the candidate's geometry. */
import { DomainError } from "#shared/errors.ts";
import type { EnergyRequest, OpenShell } from "#shared/quantum/energy-request.ts";
import type { EnergyResult, IonResult } from "#shared/quantum/energy-result.ts";
import { mixesSpins, spinEnergy } from "#shared/quantum/spin-projection.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import type { Candidate, Round } from "./protocol.ts";
import { correlated, electronCount, energyBasis, ownResult, unknownOf } from "./requests.ts";

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

/** The candidate itself. */
export const moleculeState = (candidate: Candidate): { request: EnergyRequest } =>
  mp2State(candidate, candidate);

/** The higher of two spins, or the quartet beside a doublet. */
const highOf = (name: string): string => `${name}-high`;

/** @throws DomainError not-supported where no electron would be left */
function requireSecondElectron(candidate: Candidate): void {
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
  if (multiplicity === 1) return { [name]: mp2State(candidate, { charge, multiplicity: 2, openShell }) };
  return {
    [name]: mp2State(candidate, { charge, multiplicity: multiplicity - 1 }),
    [highOf(name)]: mp2State(candidate, { charge, multiplicity: multiplicity + 1 }),
  };
}

/** The energy of a state of its own by MP2; null where it was not reached. */
export const mp2Energy = (result: EnergyResult | IonResult | null | undefined): number | null =>
  result && "mp2" in result ? (result.mp2?.energy_hartree ?? null) : null;

/**
 * The round of quartets that are computed next: of each doublet beside a closed shell whose determinant mixes one in; undefined where
 * there is none, or all are known.
 *
 * @param ions how each was made, by its name
 */
export function quartetRound(
  candidate: Candidate,
  ions: Readonly<Record<string, "hole" | "electron">>,
  results: StateResults,
): Round | undefined {
  if (candidate.multiplicity !== 1) return undefined;
  const states = Object.entries(ions).flatMap(([name, openShell]) => {
    const doublet = ownResult(results, name);
    if (!doublet || mp2Energy(doublet) === null || !mixesSpins(doublet)) return [];
    return [[highOf(name), mp2State(candidate, { charge: doublet.charge, multiplicity: 4, openShell })]];
  });
  const unknown = unknownOf(Object.fromEntries(states), results);
  return Object.keys(unknown).length > 0 ? { states: unknown } : undefined;
}

/**
 * The ion's energy by MP2, projected onto its spin where its determinant mixes in the next higher one and that was reached; of an open
 * shell the lower of both spins. null where a state that it is made of was not reached.
 */
export function ionEnergy({ multiplicity }: Candidate, name: string, results: StateResults): number | null {
  const [ion, high] = [ownResult(results, name), ownResult(results, highOf(name))];
  const own = spinEnergy(ion, high);
  if (multiplicity === 1) return own;
  if (!high) return null;
  const above = mp2Energy(high);
  return own === null || above === null ? null : Math.min(own, above);
}
