/** The lowest states of each spin of one Hamiltonian. */
import { DomainError } from "#shared/errors.ts";
import { isOfSpin, type SpinStates, spinName } from "#shared/quantum/spin-states.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import { binomial } from "../native/limits.ts";
import { type CasciSolution, solveCasci } from "./ci.ts";

/** The states of one multiplicity, in the sector with as many unpaired α electrons as it allows. */
export interface SpinSolution {
  readonly multiplicity: number;
  readonly nelec: readonly [number, number];
  readonly solution: CasciSolution;
}

/** Electrons of each spin with Ms = S. */
export function sectorOf(electrons: number, multiplicity: number): readonly [number, number] {
  const unpaired = multiplicity - 1;
  return [(electrons + unpaired) / 2, (electrons - unpaired) / 2];
}

/** Whether so many orbitals hold so many electrons of each spin. */
export const hasSector = (norb: number, [nalpha, nbeta]: readonly [number, number]): boolean =>
  Number.isInteger(nbeta) && nbeta >= 0 && nalpha <= norb;

/** States of a multiplicity in a complete space (Weyl's formula). */
function stateCount(norb: number, [nalpha, nbeta]: readonly [number, number]): number {
  const multiplicity = nalpha - nbeta + 1;
  return Math.round((multiplicity * binomial(norb + 1, nbeta) * binomial(norb + 1, nalpha + 1)) / (norb + 1));
}

/** @throws DomainError `invalid-input` for a spin that the electrons cannot have, or more states than there are */
export function checkSpinStates(states: SpinStates, space: { nelec: number; norb: number }): void {
  for (const { multiplicity, count } of states) {
    const sector = sectorOf(space.nelec, multiplicity);
    const most = hasSector(space.norb, sector) ? stateCount(space.norb, sector) : 0;
    if (count <= most) continue;
    throw new DomainError(
      "invalid-input",
      `States: expected at most ${most} with spin ${spinName(multiplicity)} of ${space.nelec} electrons in ${space.norb} orbitals, ` +
        `got ${count}. Ask for fewer, for another spin, or choose a larger active space.`,
      { multiplicity, count, most },
    );
  }
}

/** States of another spin among those found say that the search went astray: such a solution has not converged. */
function withSpin(solution: CasciSolution, multiplicity: number, count: number): CasciSolution {
  const isPure = solution.states.every(({ spinSquare }) => isOfSpin(spinSquare, multiplicity));
  return isPure && solution.states.length === count ? solution : { ...solution, outcome: "not-converged" };
}

interface SpinStateOptions extends NativeContext {
  readonly tolerance?: number;
  readonly near?: readonly SpinSolution[];
}

/**
 * The lowest states of each multiplicity asked for, by direct CI in the sector Ms = S, where states of lower spin do not exist
 * and those of higher spin are lifted by a penalty on S² (solveCasci).
 *
 * @param near what it found for a Hamiltonian nearby, to begin from
 *
 * Throws as checkSpinStates and solveCasci. Cost: a solveCasci for each multiplicity.
 */
export function solveSpinStates(
  hamiltonian: ActiveHamiltonian,
  states: SpinStates,
  { threads, control, tolerance, near = [] }: SpinStateOptions,
): SpinSolution[] {
  const electrons = hamiltonian.nelec[0] + hamiltonian.nelec[1];
  checkSpinStates(states, { nelec: electrons, norb: hamiltonian.norb });
  return states.map(({ multiplicity, count }) => {
    const nelec = sectorOf(electrons, multiplicity);
    const before = near.find((one) => one.multiplicity === multiplicity);
    const solution = solveCasci(
      { ...hamiltonian, nelec },
      {
        nroots: count,
        control,
        ...(threads !== undefined && { threads }),
        ...(tolerance !== undefined && { tolerance }),
        ...(before && { start: before.solution.states.map(({ coefficients }) => coefficients) }),
      },
    );
    return { multiplicity, nelec, solution: withSpin(solution, multiplicity, count) };
  });
}
