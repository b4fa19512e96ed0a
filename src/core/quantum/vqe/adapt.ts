import type { Outcome } from "#shared/quantum/state-result.ts";
import {
  type AnsatzFactor,
  type Excitation,
  type ProductAnsatz,
  packAnsatz,
  packFactors,
} from "../ansatz/ansatz.ts";
import { uccsd } from "../ansatz/uccsd.ts";
import { type Determinant, lowestDeterminant } from "../hamiltonian/determinant.ts";
import { type ActiveHamiltonian, type NativeContext, sectorOptions } from "../hamiltonian/hamiltonian.ts";
import { callNative } from "../native/native.ts";
import { minimiseVqe, type VqeRun } from "./vqe.ts";

/** Which operators ADAPT may choose from. */
export type OperatorPool = "fermionic" | "qubit";

interface AdaptOptions extends NativeContext {
  /**
   * fermionic: singles and doubles of UCCSD, in a closed shell each with its mirror image in the other spin. qubit: generalised qubit
   * excitations without fermionic signs.
   */
  readonly pool: OperatorPool;
  /** Ends when no operator of the pool has a larger energy gradient, Hartree; default 1e-3. */
  readonly poolTolerance?: number;
  readonly maxOperators?: number;
  /** Determinant to start from; default the lowest orbitals filled. */
  readonly reference?: Determinant;
  /** Of each minimisation; default 200. */
  readonly maxIterations?: number;
  /** Gradient at which each minimisation ends; default 1e-5. */
  readonly gradientTolerance?: number;
}

interface AdaptRun {
  /** converged: no operator of the pool lowers the energy by more than the tolerance in first order. */
  readonly outcome: Outcome;
  readonly ansatz: ProductAnsatz;
  readonly run: VqeRun;
  /** Energies with gradient that all minimisations computed. */
  readonly evaluations: number;
  /** Largest pool gradient at the end. */
  readonly poolGradient: number;
  /** Energy after 0, 1, 2 … operators, Hartree. */
  readonly trace_hartree: readonly number[];
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, k) => from + k);

/** Spin orbital q of 2 norb: α of orbital q below norb, β of q − norb above. */
function excitation(norb: number, annihilated: readonly number[], created: readonly number[]): Excitation {
  const mask = (orbitals: readonly number[], first: number) =>
    orbitals.filter((q) => q >= first && q < first + norb).reduce((sum, q) => sum | (1 << (q - first)), 0);
  return {
    alphaAnnihilate: mask(annihilated, 0),
    alphaCreate: mask(created, 0),
    betaAnnihilate: mask(annihilated, norb),
    betaCreate: mask(created, norb),
  };
}

const betas = (norb: number, orbitals: readonly number[]) => orbitals.filter((q) => q >= norb).length;

/** All spin-conserving single and double moves between any spin orbitals (Y. S. Yordanov et al., doi:10.1038/s42005-021-00730-0). */
function generalisedExcitations(norb: number): Excitation[] {
  const spinOrbitals = range(0, 2 * norb);
  const pairs = spinOrbitals.flatMap((p) => range(p + 1, 2 * norb).map((q) => [p, q]));
  const sets = [...spinOrbitals.map((p) => [p]), ...pairs];
  return sets.flatMap((from, k) =>
    sets
      .slice(k + 1)
      .filter((to) => to.length === from.length && betas(norb, to) === betas(norb, from))
      .filter((to) => !to.some((q) => from.includes(q)))
      .map((to) => excitation(norb, from, to)),
  );
}

/** Factors that share a parameter. */
type PoolOperator = readonly Omit<AnsatzFactor, "parameter">[];

const spinFlipped = (e: Excitation): Excitation => ({
  alphaAnnihilate: e.betaAnnihilate,
  alphaCreate: e.betaCreate,
  betaAnnihilate: e.alphaAnnihilate,
  betaCreate: e.alphaCreate,
});

const keyOf = (e: Excitation): string =>
  [e.alphaAnnihilate, e.alphaCreate, e.betaAnnihilate, e.betaCreate].join();

/** Each excitation with its mirror image in the other spin, where that is another. */
function spinComplemented(excitations: readonly Excitation[]): Excitation[][] {
  const seen = new Set<string>();
  return excitations.flatMap((e) => {
    const mirrored = spinFlipped(e);
    if (seen.has(keyOf(e))) return [];
    seen.add(keyOf(mirrored));
    return [keyOf(mirrored) === keyOf(e) ? [e] : [e, mirrored]];
  });
}

function operatorPool(
  { norb, nelec }: ActiveHamiltonian,
  pool: OperatorPool,
  reference: Determinant,
): PoolOperator[] {
  if (pool === "qubit")
    return generalisedExcitations(norb).map((e) => [{ excitation: e, scale: 1, qubit: true }]);
  const excitations = uccsd(norb, nelec, reference).factors.map(({ excitation: e }) => e);
  const isClosedShell = reference[0] === reference[1];
  const groups = isClosedShell ? spinComplemented(excitations) : excitations.map((e) => [e]);
  return groups.map((group) => group.map((e) => ({ excitation: e, scale: 1 })));
}

interface Grown {
  readonly ansatz: ProductAnsatz;
  readonly run: VqeRun;
}

/** Slope of the energy at zero of each operator of the pool: the sums of its members' gradients, Hartree. */
function operatorGradients(
  hamiltonian: ActiveHamiltonian,
  { ansatz, run }: Grown,
  { pool, context }: { pool: readonly PoolOperator[]; context: NativeContext },
): Float64Array {
  const ofFactors = callNative((addon) =>
    addon.poolGradients({
      ...sectorOptions(hamiltonian, context),
      ...packAnsatz(ansatz),
      parameters: run.parameters,
      pool: packFactors(pool.flat().map((factor) => ({ ...factor, parameter: 0 }))),
    }),
  );
  let next = 0;
  return Float64Array.from(pool, (group) => group.reduce((sum) => sum + ofFactors[next++]!, 0));
}

const largestIndex = (values: Float64Array): number =>
  values.reduce((best, value, k) => (Math.abs(value) > Math.abs(values[best]!) ? k : best), 0);

/**
 * ADAPT-VQE: grows the ansatz by the pool operator with the largest energy gradient and minimises all parameters anew.
 *
 * H. R. Grimsley et al., Nat. Commun. 10, 3007 (2019), doi:10.1038/s41467-019-10988-2. Cost: one minimisation an operator.
 * Not converged where maxOperators is reached or a minimisation does not converge. Throws as minimiseVqe.
 */
export function adaptVqe(hamiltonian: ActiveHamiltonian, options: AdaptOptions): AdaptRun {
  const { poolTolerance = 1e-3, maxOperators = 200, gradientTolerance = 1e-5 } = options;
  const { norb, nelec } = hamiltonian;
  const reference = options.reference ?? lowestDeterminant(nelec);
  const pool = operatorPool(hamiltonian, options.pool, reference);
  let ansatz: ProductAnsatz = {
    name: `adapt-${options.pool}`,
    norb,
    nelec,
    reference,
    nParameters: 0,
    factors: [],
  };
  let run = minimiseVqe(hamiltonian, ansatz, { ...options, gradientTolerance });
  const trace = [run.energy_hartree];
  let { evaluations } = run;
  for (;;) {
    const gradients = operatorGradients(hamiltonian, { ansatz, run }, { pool, context: options });
    const next = largestIndex(gradients);
    const poolGradient = Math.abs(gradients[next] ?? 0);
    const done = poolGradient <= poolTolerance;
    if (done || ansatz.nParameters === maxOperators || run.outcome === "not-converged")
      return {
        outcome: done && run.outcome === "converged" ? "converged" : "not-converged",
        ansatz,
        run,
        evaluations,
        poolGradient,
        trace_hartree: trace,
      };
    const added = pool[next]!.map((factor): AnsatzFactor => ({ ...factor, parameter: ansatz.nParameters }));
    ansatz = { ...ansatz, factors: [...ansatz.factors, ...added], nParameters: ansatz.nParameters + 1 };
    const start = Float64Array.from([...run.parameters, 0]);
    run = minimiseVqe(hamiltonian, ansatz, { ...options, gradientTolerance, start });
    trace.push(run.energy_hartree);
    evaluations += run.evaluations;
  }
}
