import type { Outcome } from "#shared/quantum/state-result.ts";
import { uniformNumbers } from "#shared/random.ts";
import { solveCasci } from "../ci/ci.ts";
import { throwIfCancelled } from "../control-block.ts";
import { lowestDeterminant, orbitalsOf } from "../hamiltonian/determinant.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import { bitCount } from "../mapping/pauli.ts";

interface SqdOptions extends NativeContext {
  /** Most frequent strings of each spin that span the subspace. */
  readonly maxStrings: number;
  /** Rounds of recovery and diagonalisation; default 5. */
  readonly rounds?: number;
  /** 32-bit seed of the recovery. */
  readonly seed: number;
}

interface SqdRun {
  readonly outcome: Outcome;
  readonly energy_hartree: number;
  readonly determinants: number;
  /** Shots that came with the right number of electrons of each spin. */
  readonly validShots: number;
  /** Energy of each round, Hartree. */
  readonly trace_hartree: readonly number[];
}

/** Never quite 0, so that an orbital of certain occupation can still be chosen when no other is left. */
const SMALLEST_WEIGHT = 1e-3;
const SHOTS_BETWEEN_CHECKS = 1024;

/** Mean occupation of each orbital in strings of one spin, weighted. */
function occupations(strings: ArrayLike<number>, weights: ArrayLike<number>, norb: number): number[] {
  const sums = new Array<number>(norb).fill(0);
  let total = 0;
  for (let k = 0; k < strings.length; k++) {
    total += weights[k]!;
    for (const p of orbitalsOf(strings[k]!, norb)) sums[p]! += weights[k]!;
  }
  return sums.map((sum) => sum / total);
}

/** An index drawn with probability in proportion to its weight. */
function drawIndex(weights: readonly number[], random: () => number): number {
  let rest = random() * weights.reduce((sum, w) => sum + w, 0);
  for (const [k, weight] of weights.entries()) {
    rest -= weight;
    if (rest < 0) return k;
  }
  return weights.length - 1;
}

/**
 * Flips orbitals until the string has `nelec` electrons: an electron too many leaves where the mean occupation is low, a
 * missing one enters where it is high, drawn by weight.
 */
function recover(string: number, nelec: number, mean: readonly number[], random: () => number): number {
  let result = string;
  for (let count = bitCount(result); count !== nelec; count = bitCount(result)) {
    const excess = count > nelec;
    const places = mean.map((_, p) => p).filter((p) => ((result >>> p) & 1) === (excess ? 1 : 0));
    const weights = places.map((p) => Math.max(SMALLEST_WEIGHT, excess ? 1 - mean[p]! : mean[p]!));
    result ^= 1 << places[drawIndex(weights, random)]!;
  }
  return result;
}

/** The most frequent strings, the reference always among them. */
function mostFrequent(strings: readonly number[], reference: number, count: number): Int32Array {
  const frequency = new Map<number, number>([[reference, Number.POSITIVE_INFINITY]]);
  for (const string of strings) frequency.set(string, (frequency.get(string) ?? 0) + 1);
  const ranked = [...frequency].sort(([s, f], [t, g]) => (g === f ? s - t : g - f));
  return Int32Array.from(ranked.slice(0, count).map(([string]) => string)).sort();
}

/** Weight of each string of one spin in a state [α, β]. */
function marginals(coefficients: Float64Array, rows: number, columns: number): [Float64Array, Float64Array] {
  const [alpha, beta] = [new Float64Array(rows), new Float64Array(columns)];
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      const weight = coefficients[i * columns + j]! ** 2;
      alpha[i]! += weight;
      beta[j]! += weight;
    }
  return [alpha, beta];
}

/** A shot's strings of both spins. */
type Shot = readonly [alpha: number, beta: number];
/** Mean occupations of the orbitals of each spin. */
type Means = readonly [alpha: number[], beta: number[]];

const spinStrings = (shots: readonly Shot[], spin: 0 | 1): number[] => shots.map((shot) => shot[spin]);

/** Every shot with the right number of electrons of each spin. Throws AbortError when cancelled. */
const repair = (
  shots: readonly Shot[],
  [alpha, beta]: Means,
  { nelec, random, control }: Pick<NativeContext, "control"> & { nelec: Shot; random: () => number },
): Shot[] =>
  shots.map(([a, b], k) => {
    if (k % SHOTS_BETWEEN_CHECKS === 0) throwIfCancelled(control);
    return [recover(a, nelec[0], alpha, random), recover(b, nelec[1], beta, random)];
  });

/**
 * Sample-based quantum diagonalisation: shots choose determinants, errors in the electron number are repaired with the
 * occupations of the last round, and direct CI diagonalises the span of the most frequent strings of each spin.
 *
 * The reference determinant is always kept, so the energy lies between exact diagonalisation and Hartree–Fock whatever the
 * noise. J. Robledo-Moreno et al., arXiv:2405.05068. Same seed and shots, same result.
 *
 * @param samples bits measured on Jordan–Wigner qubits, α of orbital p at p, β at norb + p
 */
export function sampleBasedDiagonalisation(
  hamiltonian: ActiveHamiltonian,
  samples: Int32Array,
  { maxStrings, rounds = 5, seed, ...context }: SqdOptions,
): SqdRun {
  const { norb, nelec } = hamiltonian;
  const [nalpha, nbeta] = nelec;
  const reference = lowestDeterminant(nelec);
  const random = uniformNumbers(seed);
  const shots = [...samples].map((bits) => [bits & (2 ** norb - 1), bits >>> norb] as const);
  const valid = shots.filter(([a, b]) => bitCount(a) === nalpha && bitCount(b) === nbeta);
  const start = valid.length > 0 ? valid : [reference];
  const ones = new Array<number>(start.length).fill(1);
  let means: Means = [
    occupations(spinStrings(start, 0), ones, norb),
    occupations(spinStrings(start, 1), ones, norb),
  ];
  const trace: number[] = [];
  for (let round = 1; ; round++) {
    const repaired = repair(shots, means, { nelec, random, control: context.control });
    const alpha = mostFrequent(spinStrings(repaired, 0), reference[0], maxStrings);
    const beta = mostFrequent(spinStrings(repaired, 1), reference[1], maxStrings);
    const { outcome, states, determinants } = solveCasci(hamiltonian, {
      ...context,
      strings: [alpha, beta],
      spinPure: false,
    });
    // solveCasci gives one state at least.
    const { energy_hartree, coefficients } = states[0]!;
    trace.push(energy_hartree);
    if (round === rounds)
      return {
        outcome,
        energy_hartree: Math.min(...trace),
        determinants,
        validShots: valid.length,
        trace_hartree: trace,
      };
    const weights = marginals(coefficients, alpha.length, beta.length);
    means = [occupations(alpha, weights[0], norb), occupations(beta, weights[1], norb)];
  }
}
