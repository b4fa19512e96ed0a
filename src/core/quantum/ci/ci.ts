import type { Outcome } from "#shared/quantum/state-result.ts";
import {
  type ActiveHamiltonian,
  DEFAULT_MEMORY_BYTES,
  type NativeContext,
  requireMemory,
  sectorOptions,
} from "../hamiltonian/hamiltonian.ts";
import { binomial, determinantCount } from "../native/limits.ts";
import { callNative, iterationLimit } from "../native/native.ts";

interface CasciOptions extends NativeContext {
  /** States asked for, lowest first; default 1. */
  readonly nroots?: number;
  /** Only states of the lowest spin S = |nα − nβ| / 2; default true. */
  readonly spinPure?: boolean;
  /** Largest residual norm, Hartree; an energy is right to about its square over the gap. Default 5e-6. */
  readonly tolerance?: number;
  readonly maxIterations?: number;
  readonly maxMemory_bytes?: number;
  /**
   * Masks of the strings whose determinants span the space, [α, β]; all where absent. The Hamiltonian is projected on them;
   * ⟨S²⟩ is then that of the projected operator.
   */
  readonly strings?: readonly [Int32Array, Int32Array];
  /** Coefficients of states of a Hamiltonian nearby, in the same sector, to begin from: fewer iterations, and states without a heavy determinant are not sought again. Left out where memory does not hold them. Not with `strings`. */
  readonly start?: readonly Float64Array[];
}

export interface CasciState {
  /** Where each state is found by itself; otherwise that of the solution. */
  readonly outcome?: Outcome;
  readonly energy_hartree: number;
  /** ⟨S²⟩ */
  readonly spinSquare: number;
  /** Normalised coefficients of the determinants, [α strings, β strings], strings in ascending numerical order. */
  readonly coefficients: Float64Array;
}

export interface CasciSolution {
  readonly outcome: Outcome;
  readonly iterations: number;
  readonly determinants: number;
  /** Ascending in energy; fewer than asked for where the space is smaller. */
  readonly states: readonly CasciState[];
}

/**
 * Raises states of higher spin by λ · [S(S+1) − s(s+1)]: a triplet goes up by 2 Hartree, beyond the singlets of interest.
 */
const SPIN_PENALTY_HARTREE = 1;

type Sector = Pick<ActiveHamiltonian, "norb" | "nelec">;

/** Memory of solveCasci: state vectors, and the matrix over the strings of each spin. */
export const casciMemory_bytes = (sector: Sector, nroots: number, nstart = 0): number =>
  8 * determinantCount(sector.norb, sector.nelec) * (vectorsHeld(nroots) + 2 * nstart) +
  stringMatrices_bytes(sector);

/** An entry of the same-spin matrix for each string, single and double excitation: a value and a column. */
const stringMatrices_bytes = ({ norb, nelec }: Sector): number =>
  nelec.reduce((bytes, n) => {
    const doubles = binomial(n, 2) * binomial(norb - n, 2);
    return bytes + 12 * binomial(norb, n) * (1 + n * (norb - n) + doubles);
  }, 0);

/** Vectors that Davidson keeps of a large space: the subspace and its image, and what one step and one product need. */
const vectorsHeld = (nroots: number): number => 2 * (8 + 4 * nroots) + 6;

function concatenated(states: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(states.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const state of states) {
    all.set(state, at);
    at += state.length;
  }
  return all;
}

/**
 * Exact diagonalisation of an active space in one spin sector: direct CI with Davidson's method (native/include/ansatz/ci.hpp).
 *
 * Cost an iteration: determinants × nα(norb − nα) × nβ(norb − nβ); memory (22 + 8 · nroots) vectors. Throws DomainError
 * `invalid-input` for integrals that do not fit, `not-supported` for a space beyond the memory allowed, AbortError when cancelled.
 */
export function solveCasci(hamiltonian: ActiveHamiltonian, options: CasciOptions = {}): CasciSolution {
  const { nroots = 1, spinPure = true, tolerance = 5e-6, maxIterations = 200, start = [] } = options;
  const mostMemory_bytes = options.maxMemory_bytes ?? DEFAULT_MEMORY_BYTES;
  const sector = sectorOptions(hamiltonian, options);
  const { strings } = options;
  requireMemory(
    strings
      ? 8 * strings[0].length * strings[1].length * vectorsHeld(nroots)
      : casciMemory_bytes(hamiltonian, nroots),
    mostMemory_bytes,
    hamiltonian,
  );
  // What would not fit is begun from the model, as a first solution is.
  const fits = casciMemory_bytes(hamiltonian, nroots, start.length) <= mostMemory_bytes;
  const result = callNative((addon) =>
    addon.solveCi({
      ...sector,
      nroots,
      tolerance,
      wantCoefficients: true,
      maxIterations: iterationLimit(maxIterations),
      ...(strings && { alphaStrings: strings[0], betaStrings: strings[1] }),
      ...(start.length > 0 && fits && { startStates: concatenated(start) }),
      spinPenalty: spinPure ? SPIN_PENALTY_HARTREE : 0,
    }),
  );
  return {
    outcome: result.converged ? "converged" : "not-converged",
    iterations: result.iterations,
    determinants: result.determinants,
    states: result.states.map((state) => ({
      energy_hartree: state.energy,
      spinSquare: state.spinSquare,
      // As wantCoefficients asks.
      coefficients: state.coefficients!,
    })),
  };
}
