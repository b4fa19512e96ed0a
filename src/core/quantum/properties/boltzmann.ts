/** Shares of forms of a molecule that turn into each other. */
import { BOLTZMANN_HARTREE_PER_KELVIN } from "#shared/units.ts";

/** Room temperature, K. */
const TEMPERATURE = 298.15;

/**
 * g exp(−ΔE/kT) over their sum at 298.15 K (L. Boltzmann).
 *
 * @param energies_hartree at least one; null where unknown, which has no share
 * @param degeneracies how many there are of each; 1 where it is not told
 * @returns 0 to 1, together 1
 */
export function boltzmannWeights(
  energies_hartree: readonly (number | null)[],
  degeneracies: readonly number[] = [],
): number[] {
  const known = energies_hartree.filter((energy) => energy !== null);
  const lowest = Math.min(...known);
  const kT = BOLTZMANN_HARTREE_PER_KELVIN * TEMPERATURE;
  const factors = energies_hartree.map((energy, k) =>
    energy === null ? 0 : (degeneracies[k] ?? 1) * Math.exp((lowest - energy) / kT),
  );
  const sum = factors.reduce((a, b) => a + b, 0);
  return factors.map((factor) => factor / sum);
}
