import type { ProductAnsatz } from "./ansatz.ts";
import type { ActiveHamiltonian } from "./hamiltonian.ts";
import { uniformNumbers } from "./random.ts";
import { minimiseVqe, type VqeOptions, type VqeRun } from "./vqe.ts";

export interface MultiStartOptions extends Omit<VqeOptions, "start"> {
  readonly starts: number;
  /** 32-bit seed of the random starts. */
  readonly seed: number;
  /** Parameters start in (−size, size), radian; default 0.3. */
  readonly size?: number;
}

/**
 * The lowest of several minimisations from random parameters, for ansätze whose energy has more than one minimum
 * (k-UpCCGSD) and for excited states. Same seed, same result.
 */
export function minimiseFromRandomStarts(
  hamiltonian: ActiveHamiltonian,
  ansatz: ProductAnsatz,
  { starts, seed, size = 0.3, ...options }: MultiStartOptions,
): VqeRun {
  const random = uniformNumbers(seed);
  let best: VqeRun | undefined;
  for (let k = 0; k < starts; k++) {
    const start = Float64Array.from({ length: ansatz.nParameters }, () => size * (2 * random() - 1));
    const run = minimiseVqe(hamiltonian, ansatz, { ...options, start });
    if (!best || run.energy_hartree < best.energy_hartree) best = run;
  }
  if (!best) throw new RangeError("starts: expected at least 1");
  return best;
}
