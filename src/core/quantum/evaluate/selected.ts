/** Selected CI as a result. */
import { DomainError } from "#shared/errors.ts";
import type { SciResult, SciSettings, SciState } from "#shared/quantum/sci-result.ts";
import { extrapolated } from "../ci/extrapolation.ts";
import { solveSelectedCi } from "../ci/selected-ci.ts";
import { checkSpinStates, isOfSpin } from "../ci/spin-states.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import { withWallTime } from "./wall-time.ts";

interface Asked {
  /** States asked for, the lowest included. */
  readonly states: number;
  readonly settings: SciSettings | undefined;
  readonly context: NativeContext;
}

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toPrecision(3)} GiB`;

/**
 * The lowest states of the spin |nα − nβ| / 2; fewer than asked for, or one of another spin, have not converged. Throws as solveSelectedCi,
 * DomainError `invalid-input` for more states than there are, and where determinants that were asked for do not fit.
 */
export async function selectedOf(
  hamiltonian: ActiveHamiltonian,
  { states: nroots, settings = {}, context }: Asked,
): Promise<SciResult> {
  const { determinants: asked, memory_gib } = settings;
  const [nalpha, nbeta] = hamiltonian.nelec;
  const multiplicity = Math.abs(nalpha - nbeta) + 1;
  checkSpinStates([{ multiplicity, count: nroots }], { nelec: nalpha + nbeta, norb: hamiltonian.norb });
  const memory = memory_gib === undefined ? undefined : Math.round(memory_gib * 2 ** 30);
  const { value, wallTime_ms } = await withWallTime(() =>
    solveSelectedCi(hamiltonian, { ...context, nroots, maxDeterminants: asked, maxMemory_bytes: memory }),
  );
  const { outcome, end, determinants, rounds, memory_bytes } = value;
  if (asked !== undefined && end === "memory")
    throw new DomainError(
      "not-supported",
      `Selected CI: expected ${asked} determinants to fit in the memory allowed, got as far as ${determinants} with ` +
        `${gibibytes(memory_bytes)}. Allow more memory, ask for fewer determinants, or choose a smaller active space.`,
      { asked, determinants },
    );
  const states = value.states.map((state, k): SciState => {
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
  const isFound =
    states.length === nroots && states.every(({ spinSquare }) => isOfSpin(spinSquare, multiplicity));
  return {
    outcome: isFound ? outcome : "not-converged",
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
    wallTime_ms,
  };
}
