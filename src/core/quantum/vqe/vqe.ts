import type { Outcome } from "#shared/quantum/state-result.ts";
import { type ProductAnsatz, packAnsatz } from "../ansatz/ansatz.ts";
import {
  type ActiveHamiltonian,
  DEFAULT_MEMORY_BYTES,
  type NativeContext,
  requireMemory,
  sectorOptions,
} from "../hamiltonian/hamiltonian.ts";
import { determinantCount } from "../native/limits.ts";
import { callNative, iterationLimit } from "../native/native.ts";

export interface VqeOptions extends NativeContext {
  /** Starting parameters; default first-order Møller–Plesset amplitudes. */
  readonly start?: Float64Array;
  readonly maxIterations?: number;
  /** Largest absolute component of the gradient, Hartree; default 1e-5. */
  readonly gradientTolerance?: number;
  /** Coefficients of states to be orthogonal to, each [determinants], for excited states by deflation. */
  readonly orthogonalTo?: readonly Float64Array[];
  /** λ in H + λ (S² − s(s+1)), Hartree; default 0. */
  readonly spinPenalty?: number;
  readonly maxMemory_bytes?: number;
}

export interface VqeRun {
  readonly outcome: Outcome;
  /** Lowest energy seen, Hartree. */
  readonly energy_hartree: number;
  /** Largest absolute component of the gradient there. */
  readonly gradientNorm: number;
  readonly iterations: number;
  /** Energies with gradient computed. */
  readonly evaluations: number;
  readonly parameters: Float64Array;
  /** Energy at the start and after each iteration, Hartree. */
  readonly trace_hartree: Float64Array;
}

/** Weight of an overlap with a lower state, Hartree: more than any excitation energy of interest. */
const DEFLATION_WEIGHT_HARTREE = 3;

/** The states one after the other. */
function flat(states: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(states.reduce((length, state) => length + state.length, 0));
  let offset = 0;
  for (const state of states) {
    all.set(state, offset);
    offset += state.length;
  }
  return all;
}

/**
 * Variational quantum eigensolver for a product of excitations, evolved exactly in the determinants of its sector:
 * e^{θG} = 1 + sin θ G + (1 − cos θ) G², gradients by one reverse sweep, L-BFGS (native/include/ansatz/vqe.hpp).
 *
 * The energy is an upper bound to solveCasci's of the same Hamiltonian. Memory: 6 vectors. Throws as solveCasci.
 */
export function minimiseVqe(
  hamiltonian: ActiveHamiltonian,
  ansatz: ProductAnsatz,
  options: VqeOptions = {},
): VqeRun {
  const problem = { ...sectorOptions(hamiltonian, options), ...packAnsatz(ansatz) };
  const vectors = 6 + (options.orthogonalTo?.length ?? 0);
  requireMemory(
    8 * vectors * determinantCount(ansatz.norb, ansatz.nelec),
    options.maxMemory_bytes ?? DEFAULT_MEMORY_BYTES,
    hamiltonian,
  );
  const result = callNative((addon) =>
    addon.minimiseVqe({
      ...problem,
      start: options.start,
      maxIterations: iterationLimit(options.maxIterations ?? 200),
      gradientTolerance: options.gradientTolerance ?? 1e-5,
      spinPenalty: options.spinPenalty ?? 0,
      deflationStates: flat(options.orthogonalTo ?? []),
      deflationWeight: DEFLATION_WEIGHT_HARTREE,
    }),
  );
  return {
    outcome: result.converged ? "converged" : "not-converged",
    energy_hartree: result.energy,
    gradientNorm: result.gradientNorm,
    iterations: result.iterations,
    evaluations: result.evaluations,
    parameters: result.parameters,
    trace_hartree: result.trace,
  };
}

/** First-order Møller–Plesset amplitudes of the ansatz' factors, where a VQE starts unless told otherwise. */
export const mollerPlessetStart = (
  hamiltonian: ActiveHamiltonian,
  ansatz: ProductAnsatz,
  context: NativeContext = {},
): Float64Array =>
  callNative((addon) =>
    addon.mollerPlessetStart({ ...sectorOptions(hamiltonian, context), ...packAnsatz(ansatz) }),
  );

/** Coefficients [α strings, β strings] of the ansatz state at `parameters`. */
export const prepareState = (
  ansatz: ProductAnsatz,
  parameters: Float64Array,
  { control }: Pick<NativeContext, "control"> = {},
): Float64Array => callNative((addon) => addon.prepareState({ ...packAnsatz(ansatz), parameters, control }));
