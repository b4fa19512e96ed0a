import type { SciSettings, SelectionEnd } from "#shared/quantum/sci-result.ts";
import type { Outcome } from "#shared/quantum/state-result.ts";
import {
  type ActiveHamiltonian,
  DEFAULT_MEMORY_BYTES,
  type NativeContext,
  sectorOptions,
} from "../hamiltonian/hamiltonian.ts";
import { determinantCount, MAX_SELECTED_ORBITALS } from "../native/limits.ts";
import { callNative } from "../native/native.ts";

export interface SelectedCiOptions extends NativeContext {
  /** States asked for, lowest first; default 1. */
  readonly nroots?: number;
  /** Determinants of the largest space; default: as many as memory holds, up to DEFAULT_DETERMINANTS. */
  readonly maxDeterminants?: number | undefined;
  /** What the calculation may hold; default 4 GiB. */
  readonly maxMemory_bytes?: number | undefined;
}

interface SelectedState {
  /** ⟨H⟩, an upper bound. */
  readonly variational_hartree: number;
  readonly perturbation_hartree: number;
  /** ⟨S²⟩ */
  readonly spinSquare: number;
  /** ⟨a†_p a_q⟩ of each spin in the orbitals of the Hamiltonian, [norb, norb]. */
  readonly density: readonly [alpha: Float64Array, beta: Float64Array];
  /** Falling, 0 … 2. */
  readonly naturalOccupations: readonly number[];
  /** Of each determinant, normalised; the largest is positive. */
  readonly coefficients: Float64Array;
}

/** Determinants of a space, in orbitals of its own. */
interface SelectedSpace {
  /** Columns over the orbitals of the Hamiltonian, [norb, norb]. */
  readonly orbitals: Float64Array;
  /** Masks of the occupied orbitals, α and β of each in turn; creators stand by rising orbital, those of α first. */
  readonly strings: BigUint64Array;
}

export interface SelectedCiSolution {
  readonly outcome: Outcome;
  readonly end: SelectionEnd;
  readonly determinants: number;
  readonly space: SelectedSpace;
  readonly states: readonly SelectedState[];
  /** Sizes on the way: energies of each state. */
  readonly rounds: readonly {
    readonly determinants: number;
    readonly variational_hartree: Float64Array;
    readonly perturbation_hartree: Float64Array;
  }[];
  readonly memory_bytes: number;
}

/** What two cores do in a few minutes where symmetry helps. */
const DEFAULT_DETERMINANTS = 300_000;
/** Vectors, candidates and the stored matrix: 1800 to 2500 of N₂ in 6-31G and cc-pVDZ. */
const BYTES_A_DETERMINANT = 4000;
/** Of the run that makes natural orbitals. */
export const NATURAL_ORBITAL_DETERMINANTS = 20_000;
/** Terms left out of perturbation, Hartree: 1e-7 of its sum in N₂. */
const SCREENING_HARTREE = 1e-7;
/** Perturbation that no longer counts, Hartree. */
const COMPLETE_HARTREE = 1e-9;
/** Raises states of higher spin: a triplet by 2 Hartree. */
const SPIN_PENALTY_HARTREE = 1;

/** Determinants of the largest space at most. */
export const selectedDeterminants = (
  { norb, nelec }: Pick<ActiveHamiltonian, "norb" | "nelec">,
  { determinants = DEFAULT_DETERMINANTS }: SciSettings = {},
): number => Math.min(determinants, determinantCount(norb, nelec));

/** Integrals in both sets of orbitals, and pairs of strings that perturbation holds. */
const TENSORS_HELD = 5;
const PERTURBATION_BYTES = 2 ** 28;

/** The most that solveSelectedCi holds: a space that would need more than is allowed ends before. */
export function selectedMemory_bytes(
  sector: Pick<ActiveHamiltonian, "norb" | "nelec">,
  { memory_gib, ...settings }: SciSettings = {},
): number {
  const allowed = memory_gib === undefined ? DEFAULT_MEMORY_BYTES : memory_gib * 2 ** 30;
  const matrix = BYTES_A_DETERMINANT * selectedDeterminants(sector, settings);
  return Math.min(allowed, matrix) + PERTURBATION_BYTES + 8 * TENSORS_HELD * sector.norb ** 4;
}

/**
 * Selected CI with second-order perturbation (native/include/ansatz/selected_ci.hpp), of up to 64 orbitals: the lowest states of the spin
 * |nα − nβ| / 2.
 *
 * Cost: determinants × excitations of a determinant that integrals allow. Memory is bounded: the space ends where its matrix no longer
 * fits. Throws DomainError `invalid-input` for integrals that do not fit, `not-supported` where the first space is beyond the memory
 * allowed, AbortError when cancelled.
 */
export function solveSelectedCi(
  hamiltonian: ActiveHamiltonian,
  options: SelectedCiOptions = {},
): SelectedCiSolution {
  const { nroots = 1, maxDeterminants = DEFAULT_DETERMINANTS } = options;
  const result = callNative((addon) =>
    addon.selectedCi({
      ...sectorOptions(hamiltonian, options, MAX_SELECTED_ORBITALS),
      nroots,
      maxDeterminants,
      perturbationTolerance: COMPLETE_HARTREE,
      naturalOrbitalDeterminants: NATURAL_ORBITAL_DETERMINANTS,
      screening: SCREENING_HARTREE,
      spinPenalty: SPIN_PENALTY_HARTREE,
      tolerance: 5e-6,
      maxIterations: 200,
      memoryBytes: options.maxMemory_bytes ?? DEFAULT_MEMORY_BYTES,
    }),
  );
  return {
    outcome: result.converged ? "converged" : "not-converged",
    end: result.end,
    determinants: result.determinants.length / 2,
    space: { orbitals: result.orbitals, strings: result.determinants },
    states: result.states.map(
      ({ variational, perturbation, spinSquare, alpha, beta, naturalOccupations, coefficients }) => ({
        variational_hartree: variational,
        perturbation_hartree: perturbation,
        spinSquare,
        density: [alpha, beta],
        naturalOccupations: [...naturalOccupations],
        coefficients,
      }),
    ),
    rounds: result.rounds.map(({ determinants, variational, perturbation }) => ({
      determinants,
      variational_hartree: variational,
      perturbation_hartree: perturbation,
    })),
    memory_bytes: result.peakBytes,
  };
}
