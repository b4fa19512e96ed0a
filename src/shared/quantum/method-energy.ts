/** The one energy that a calculation was asked for, and what it is called. */
import { withDispersion } from "./dispersion.ts";
import { type EnergyRequest, isCoupledCluster, isField } from "./energy-request.ts";
import type { EnergyResult } from "./energy-result.ts";
import { lowestState, totalEnergy } from "./multireference-result.ts";
import { lowestSciState, type SciResult, sciTotal } from "./sci-result.ts";
import { isMp2, scaledMp2Energy } from "./spin-scaling.ts";
import { reached } from "./state-result.ts";

/** What may hold it, of a molecule or of a Hamiltonian. */
type Energies = Partial<
  Pick<
    EnergyResult,
    "hartreeFock" | "dispersion" | "mp2" | "coupledCluster" | "casci" | "fci" | "vqe" | "multireference"
  >
> & { sci?: SciResult | null };

/** Of a field, with its dispersion, Hartree; null where it did not converge. */
export function fieldEnergy({ hartreeFock, dispersion }: Energies): number | null {
  const energy = reached(hartreeFock ?? null);
  return energy === null ? null : energy + (dispersion?.energy_hartree ?? 0);
}

/** By states of any spin, corrections included; undefined where none were asked for by their spin. */
const bySpin = ({ multireference }: Energies): number | null | undefined => {
  const lowest = multireference && lowestState(multireference);
  return lowest ? totalEnergy(lowest) : lowest;
};

/**
 * The energy of the method asked for, Hartree: of a field with its dispersion, of states that of the lowest, with what perturbation theory adds. null where it did
 * not converge.
 */
export function methodEnergy(
  { method }: { method: EnergyRequest["method"] },
  result: Energies,
): number | null {
  if (isMp2(method)) return result.mp2 ? scaledMp2Energy(method, result.mp2) : null;
  if (isCoupledCluster(method)) return reached(result.coupledCluster ?? null);
  if (method === "sci")
    return result.sci?.outcome === "converged" ? sciTotal(lowestSciState(result.sci)) : null;
  if (method === "casscf") return bySpin(result) ?? null;
  const found = method === "casci" || method === "vqe" ? bySpin(result) : undefined;
  if (found !== undefined) return found;
  if (isField(method)) return fieldEnergy(result);
  return reached(result[method] ?? null);
}

/** "CASSCF+NEVPT2", "B3LYP-D3(BJ)". */
export const energyTitle = ({
  method,
  pt2,
  dispersion,
}: Pick<EnergyRequest, "method" | "pt2" | "dispersion">): string =>
  withDispersion(
    [method, ...(pt2 ? [pt2] : [])].join("+").toUpperCase(),
    dispersion && { model: dispersion },
  );
