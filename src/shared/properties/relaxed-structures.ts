/** Structures that a property relaxed by itself, at which its numbers are: the molecule, protomers, complexes, fragments. */
import type { Electrons, Geometry } from "../molecule/molecule.ts";
import { type Evaluation, isOwn } from "./evaluation.ts";
import { declarationOf } from "./find.ts";
import { isStateOf } from "./property.ts";

export interface RelaxedStructure extends Electrons {
  /** "protomer-2", as the property's records call it. */
  readonly state: string;
  /** "RHF/6-31G*" */
  readonly level: string;
  readonly geometry: Geometry;
  /** MP2 in the campaign's basis there; null where it was not computed. Of several protomers, poses or spins the lowest is the number's. */
  readonly mp2_hartree: number | null;
}

/** "protomer-energy-2" of "protomer-2", "molecule-energy" of "molecule". */
const energyOf = (state: string): string => state.replace(/^(.*?)(-\d+)?$/, "$1-energy$2");

/** Those that reached their minimum, in the order of the states; none of a property that computes where candidates are. */
export function relaxedStructures(evaluation: Evaluation): RelaxedStructure[] {
  const minima = declarationOf(evaluation).states.filter(({ isMinimum }) => isMinimum === true);
  const [first, ...others] = minima;
  if (!first) return [];
  const states = { states: [first, ...others] } as const;
  return Object.entries(evaluation.states).flatMap(([state, result]): RelaxedStructure[] => {
    if (!isOwn(result) || !isStateOf(states, state) || result.optimisation?.outcome !== "converged")
      return [];
    const { charge, multiplicity, basis, hartreeFock, optimisation } = result;
    const energy = evaluation.states[energyOf(state)];
    const mp2_hartree = energy && isOwn(energy) ? (energy.mp2?.energy_hartree ?? null) : null;
    const level = `${hartreeFock.reference.toUpperCase()}/${basis}`;
    return [{ state, level, charge, multiplicity, geometry: optimisation.geometry, mp2_hartree }];
  });
}
