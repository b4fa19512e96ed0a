/** Refuses, before any work, spaces of orbitals that a molecule does not have or memory cannot hold. */
import type { ActiveSpace } from "#shared/quantum/active-space.ts";
import { type EnergyRequest, isCoupledCluster, usesActiveSpace } from "#shared/quantum/energy-request.ts";
import { checkSpinStates } from "../ci/spin-states.ts";
import { chemicalCore } from "../field/chemical-core.ts";
import { checkCoupledCluster } from "../field/coupled-cluster.ts";
import type { SystemSize } from "../field/system.ts";
import { checkActiveSpaceRequest } from "../space/active-space.ts";
import { checkActiveSpace, checkSelectedSpace } from "../space/active-space-size.ts";

/** All electrons in all orbitals, or all but the chemical core's. */
export function fullSpace(
  system: SystemSize,
  nOrbitals: number,
  frozenCore: boolean,
): Pick<ActiveSpace, "nelec" | "norb" | "orbitals"> {
  const nCore = frozenCore ? chemicalCore(system) : 0;
  const norb = nOrbitals - nCore;
  const nelec = system.nelec[0] + system.nelec[1] - 2 * nCore;
  return { nelec, norb, orbitals: Array.from({ length: norb }, (_, i) => nCore + i) };
}

export const coupledClusterOptions = ({ method, frozenCore }: EnergyRequest) => ({
  nFrozenCore: frozenCore ? ("chemical" as const) : 0,
  triples: method === "ccsd(t)",
});

/** @throws DomainError `not-supported`, `invalid-input`; the message says what would do */
export function checkSpaces(system: SystemSize, request: EnergyRequest): void {
  const { method, activeSpace, frozenCore, spinStates } = request;
  if (isCoupledCluster(method)) checkCoupledCluster(system, coupledClusterOptions(request));
  const molecule = { nelec: system.nelec, nOrbitals: system.nBasis };
  const check = method === "sci" ? checkSelectedSpace : checkActiveSpace;
  if (activeSpace && (usesActiveSpace(method) || method === "sci"))
    checkActiveSpaceRequest(activeSpace, molecule, check);
  else if (method === "fci" || method === "sci")
    check(fullSpace(system, system.nBasis, frozenCore ?? false), molecule);
  if (spinStates && activeSpace && "nelec" in activeSpace) checkSpinStates(spinStates, activeSpace);
}
