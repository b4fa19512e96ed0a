/** States by MP2 in orbitals of their own, at the candidate's geometry unless another is given. */
import type { EnergyRequest, OpenShell } from "#shared/quantum/energy-request.ts";
import type { EnergyResult, IonResult } from "#shared/quantum/energy-result.ts";
import type { States } from "../evaluate/states.ts";
import type { Candidate } from "./protocol.ts";

type Asked = Pick<EnergyRequest, "charge" | "multiplicity"> & {
  readonly openShell?: OpenShell;
  readonly geometry?: EnergyRequest["geometry"];
};

/** RHF for singlets and UHF otherwise, the core left out of the correlation. */
export const mp2State = (
  { geometry: own, level }: Candidate,
  { charge, multiplicity, openShell, geometry = own }: Asked,
): { request: EnergyRequest } => {
  const { basis, functions = null, ansatz, maxIterations } = level;
  // Ansatz and iterations are a VQE's: asked for by the schema, read by nobody.
  const field = { basis, functions, ansatz, maxIterations, activeSpace: null, frozenCore: true };
  return {
    request: { ...field, geometry, charge, multiplicity, method: "mp2", ...(openShell && { openShell }) },
  };
};

/** The candidate itself. */
export const moleculeState = (candidate: Candidate): { request: EnergyRequest } =>
  mp2State(candidate, candidate);

/**
 * With an electron less (hole) or more: a doublet beside a closed shell; of an open shell both spins that are next to its own, the
 * higher one as "<name>-high".
 */
export function ionStates(candidate: Candidate, name: string, openShell: "hole" | "electron"): States {
  const charge = candidate.charge + (openShell === "hole" ? 1 : -1);
  const { multiplicity } = candidate;
  if (multiplicity === 1) return { [name]: mp2State(candidate, { charge, multiplicity: 2, openShell }) };
  return {
    [name]: mp2State(candidate, { charge, multiplicity: multiplicity - 1 }),
    [`${name}-high`]: mp2State(candidate, { charge, multiplicity: multiplicity + 1 }),
  };
}

/** The energy of a state of its own by MP2; null where it was not reached. */
export const mp2Energy = (result: EnergyResult | IonResult | null | undefined): number | null =>
  result && "mp2" in result ? (result.mp2?.energy_hartree ?? null) : null;

/** The lowest of the states that were asked for; null where one of them was not reached, for it may be the lowest. */
export function lowestMp2(
  ...results: readonly (EnergyResult | IonResult | null | undefined)[]
): number | null {
  const asked = results.filter((result) => result !== undefined);
  const energies = asked.map(mp2Energy).filter((energy) => energy !== null);
  return energies.length > 0 && energies.length === asked.length ? Math.min(...energies) : null;
}
