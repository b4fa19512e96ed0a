/** Selected CI as a result. */
import { DomainError } from "#shared/errors.ts";
import {
  lowestSciState,
  type SciResult,
  type SciSettings,
  type SciState,
  sciTotal,
} from "#shared/quantum/sci-result.ts";
import { isOfSpin, type SpinStates } from "#shared/quantum/spin-states.ts";
import { extrapolated } from "../ci/extrapolation.ts";
import { type SelectedCiSolution, selectedDeterminants, solveSelectedCi } from "../ci/selected-ci.ts";
import { checkSpinStates, sectorOf } from "../ci/spin-states.ts";
import { formatWavefunction, MOST_WRITTEN_DETERMINANTS } from "../files/wavefunction.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import { withWallTime } from "./wall-time.ts";

interface Asked {
  /** States asked for, the lowest included: so many of the spin |nα − nβ| / 2, or of each spin named. */
  readonly states: number | SpinStates;
  readonly settings: SciSettings | undefined;
  /** Whether the lowest state is to be written out. */
  readonly wavefunction?: boolean | undefined;
  readonly context: NativeContext;
}

export interface Selected {
  readonly sci: SciResult;
  /** The lowest state as text, where asked for. */
  readonly wavefunction?: string;
}

interface OfSpin {
  readonly result: Omit<SciResult, "wallTime_ms">;
  /** Its lowest state as text. */
  readonly write: () => string;
}

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toPrecision(3)} GiB`;

/** Determinants that were asked for and do not fit are an error; how many do without being asked for is an outcome. */
function checkEnd({ end, determinants, memory_bytes }: SelectedCiSolution, asked: number | undefined): void {
  if (asked === undefined || end !== "memory") return;
  throw new DomainError(
    "not-supported",
    `Selected CI: expected ${asked} determinants to fit in the memory allowed, got as far as ${determinants} with ` +
      `${gibibytes(memory_bytes)}. Allow more memory, ask for fewer determinants, or choose a smaller active space.`,
    { asked, determinants },
  );
}

/** @throws DomainError `not-supported`, before anything is selected, for a state of more determinants than a text holds */
function checkWritten(sector: Pick<ActiveHamiltonian, "norb" | "nelec">, settings: SciSettings = {}): void {
  const most = selectedDeterminants(sector, settings);
  if (most <= MOST_WRITTEN_DETERMINANTS) return;
  throw new DomainError(
    "not-supported",
    `The record of a state: expected at most ${MOST_WRITTEN_DETERMINANTS} determinants, got ${most}. Ask for fewer, or for no record.`,
    { determinants: most },
  );
}

/** The states with what all determinants would give, as far as the sizes on the way tell. */
function statesOf({ end, states, rounds }: SelectedCiSolution, multiplicity: number): SciState[] {
  return states.map((state, k) => {
    const energies = rounds.map((round) => ({
      variational_hartree: round.variational_hartree[k]!,
      perturbation_hartree: round.perturbation_hartree[k]!,
    }));
    const limit = end === "complete" ? null : extrapolated(energies);
    return {
      multiplicity,
      root: k + 1,
      energy_hartree: state.variational_hartree,
      pt2_hartree: state.perturbation_hartree,
      extrapolated_hartree: limit?.energy_hartree ?? null,
      extrapolatedError_hartree: limit?.error_hartree ?? null,
      spinSquare: state.spinSquare,
      naturalOccupations: [...state.naturalOccupations],
    };
  });
}

/** One space of determinants, for the states of one spin. Throws as selectedOf. */
function selectedOfSpin(
  hamiltonian: ActiveHamiltonian,
  { multiplicity, count }: SpinStates[number],
  { settings = {}, context }: Pick<Asked, "settings" | "context">,
): OfSpin {
  const { determinants: asked, memory_gib } = settings;
  const memory = memory_gib === undefined ? undefined : Math.round(memory_gib * 2 ** 30);
  const options = { ...context, nroots: count, maxDeterminants: asked, maxMemory_bytes: memory };
  const value = solveSelectedCi(hamiltonian, options);
  checkEnd(value, asked);
  const { outcome, end, determinants, rounds, memory_bytes } = value;
  const states = statesOf(value, multiplicity);
  const isPure = states.every(({ spinSquare }) => isOfSpin(spinSquare, multiplicity));
  const result = {
    outcome: isPure ? outcome : "not-converged",
    end,
    determinants,
    states,
    rounds: rounds.map((round) => ({
      determinants: round.determinants,
      // Of one state at least.
      energy_hartree: round.variational_hartree[0]!,
      pt2_hartree: round.perturbation_hartree[0]!,
    })),
    memory_bytes,
  } as const;
  const write = () => {
    // Of each state's own index.
    const { coefficients } = value.states[states.indexOf(lowestSciState(result))]!;
    return formatWavefunction(hamiltonian, { ...value.space, coefficients }, context);
  };
  return { result, write };
}

const lowestTotal = ({ result }: OfSpin): number => sciTotal(lowestSciState(result));

/** Why the spaces did not grow further: what kept one from being complete. */
const ENDS = ["memory", "determinants", "complete"] as const satisfies SciResult["end"][];

/** Results of several spins as one: sizes are those of the spin of the lowest state, or the largest. */
function together(found: readonly [OfSpin, ...OfSpin[]]): OfSpin {
  const lowest = found.reduce((best, one) => (lowestTotal(one) < lowestTotal(best) ? one : best));
  const results = found.map(({ result }) => result);
  const result = {
    outcome: results.every(({ outcome }) => outcome === "converged") ? "converged" : "not-converged",
    // One of them is that of each result.
    end: ENDS.find((end) => results.some((one) => one.end === end))!,
    determinants: Math.max(...results.map(({ determinants }) => determinants)),
    states: results.flatMap(({ states }) => states),
    rounds: lowest.result.rounds,
    memory_bytes: Math.max(...results.map(({ memory_bytes }) => memory_bytes)),
  } as const;
  return { result, write: lowest.write };
}

/**
 * The lowest states of each spin asked for, a space of determinants for each spin; fewer than asked for, or one of another spin, have
 * not converged. Throws as solveSelectedCi, DomainError `invalid-input` for more states than there are, and where determinants that were
 * asked for do not fit.
 */
export async function selectedOf(
  hamiltonian: ActiveHamiltonian,
  { states: asked, settings, wavefunction, context }: Asked,
): Promise<Selected> {
  const { norb, nelec: sector } = hamiltonian;
  const electrons = sector[0] + sector[1];
  const own = Math.abs(sector[0] - sector[1]) + 1;
  const [first, ...others] = typeof asked === "number" ? [{ multiplicity: own, count: asked }] : asked;
  // A schema asks for one spin at least.
  const spins = [first!, ...others] as const;
  checkSpinStates(spins.slice(), { nelec: electrons, norb });
  if (wavefunction) checkWritten(hamiltonian, settings);
  const { value, wallTime_ms } = await withWallTime(() => {
    const solve = (spin: SpinStates[number]) => {
      const nelec = spin.multiplicity === own ? sector : sectorOf(electrons, spin.multiplicity);
      return selectedOfSpin({ ...hamiltonian, nelec }, spin, { settings, context });
    };
    return together([solve(spins[0]), ...spins.slice(1).map(solve)]);
  });
  const sci = { ...value.result, wallTime_ms };
  return wavefunction ? { sci, wavefunction: value.write() } : { sci };
}
