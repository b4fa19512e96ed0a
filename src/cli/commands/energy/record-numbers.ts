/** The numbers of a result that a check is to find again. */
import type { Method } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import type { HamiltonianResult } from "#shared/quantum/hamiltonian-energy.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { lowestState, type MultireferenceState } from "#shared/quantum/multireference-result.ts";
import { lowestSciState } from "#shared/quantum/sci-result.ts";
import { reached } from "#shared/quantum/state-result.ts";
import type { Expected } from "./record-page.ts";

/** Of a molecule, or of a Hamiltonian, which has no states by their spin. */
type Found = Pick<EnergyResult, "multiplicity" | "fci" | "vqe"> &
  Partial<
    Pick<EnergyResult, "hartreeFock" | "dispersion" | "mp2" | "coupledCluster" | "multireference" | "casci">
  > &
  Partial<Pick<HamiltonianResult, "sci">>;

const exactOf = ({ exact_hartree, energy_hartree }: MultireferenceState): number =>
  exact_hartree ?? energy_hartree;

export function expectedOf({ method }: { method: Method }, result: Found): Expected {
  const { multireference, sci, vqe } = result;
  const lowest = multireference ? lowestState(multireference) : null;
  const isSelected = sci?.outcome === "converged";
  const selected = isSelected ? lowestSciState(sci) : null;
  const multiplicity = (selected ?? lowest)?.multiplicity ?? result.multiplicity;
  const ofSpin = (multireference?.states ?? []).filter((state) => state.multiplicity === multiplicity);
  const exact = lowest ? Math.min(...ofSpin.map(exactOf)) : reached(result.casci ?? result.fci);
  const isExactWithin = method === "casci" || method === "fci" || method === "vqe";
  const ofVqe = vqe && vqe.statedError_hartree === null ? reached(vqe) : null;
  return {
    ...{ method, multiplicity, energy_hartree: methodEnergy({ method }, result) },
    variational_hartree: selected?.energy_hartree ?? ofVqe,
    pt2_hartree: selected?.pt2_hartree ?? lowest?.pt2_hartree ?? null,
    extrapolated_hartree: selected?.extrapolated_hartree ?? null,
    extrapolatedError_hartree: selected?.extrapolatedError_hartree ?? null,
    exact_hartree: isExactWithin ? exact : null,
    determinants: isSelected ? sci.determinants : ((result.casci ?? result.fci)?.determinants ?? null),
  };
}
