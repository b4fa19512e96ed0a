/** The one energy that a calculation was asked for, and what it is called. */
import type { EnergyRequest } from "./energy-request.ts";
import type { EnergyResult } from "./energy-result.ts";
import { isFunctional } from "./functionals.ts";
import { lowestState, totalEnergy } from "./multireference-result.ts";
import { lowestSciState, type SciResult, sciTotal } from "./sci-result.ts";
import { reached } from "./state-result.ts";

/** What may hold it, of a molecule or of a Hamiltonian. */
type Energies = Partial<
  Pick<EnergyResult, "hartreeFock" | "mp2" | "casci" | "fci" | "vqe" | "multireference">
> & { sci?: SciResult | null };

/** By states of any spin, corrections included; undefined where none were asked for by their spin. */
const bySpin = ({ multireference }: Energies): number | null | undefined => {
  const lowest = multireference && lowestState(multireference);
  return lowest ? totalEnergy(lowest) : lowest;
};

/**
 * The energy of the method asked for, Hartree: of states that of the lowest, with what perturbation theory adds. null where it did
 * not converge.
 */
export function methodEnergy(
  { method }: { method: EnergyRequest["method"] },
  result: Energies,
): number | null {
  if (method === "mp2") return result.mp2?.energy_hartree ?? null;
  if (method === "sci")
    return result.sci?.outcome === "converged" ? sciTotal(lowestSciState(result.sci)) : null;
  if (method === "casscf") return bySpin(result) ?? null;
  const found = method === "casci" ? bySpin(result) : undefined;
  if (found !== undefined) return found;
  if (method === "rhf" || method === "uhf" || method === "rohf" || isFunctional(method))
    return reached(result.hartreeFock ?? null);
  return reached(result[method] ?? null);
}

/** "CASSCF+NEVPT2". */
export const energyTitle = ({ method, pt2 }: Pick<EnergyRequest, "method" | "pt2">): string =>
  [method, ...(pt2 ? [pt2] : [])].join("+").toUpperCase();
