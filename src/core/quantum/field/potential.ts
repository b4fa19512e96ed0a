/** The electrostatic potential of a molecule at points. */
import { toBohr } from "#shared/units.ts";
import { callNative } from "../native/native.ts";
import type { QuantumSystem } from "./system.ts";

/** Σ w c cᵀ over the columns of orbitals. @param orbitals [nBasis, n] @param weights [n] @returns [nBasis, nBasis] */
export function weightedDensity(orbitals: Float64Array, weights: Float64Array): Float64Array {
  const n = weights.length;
  const nBasis = orbitals.length / n;
  const density = new Float64Array(nBasis * nBasis);
  for (let i = 0; i < nBasis; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      // Rows of n columns.
      for (let k = 0; k < n; k++) sum += weights[k]! * orbitals[i * n + k]! * orbitals[j * n + k]!;
      density[i * nBasis + j] = density[j * nBasis + i] = sum;
    }
  return density;
}

/**
 * What a unit charge feels at each point, Hartree/e: of the nuclei and point charges less that of the electrons, exact for the density.
 * Cost: points × pairs of shells that overlap.
 *
 * @param density of both spins, [nBasis, nBasis]
 * @param points_angstrom x y z of each in turn; none on a nucleus
 * @throws AbortError
 */
export const potentialAt = (
  system: Pick<QuantumSystem, "handle">,
  density: Float64Array,
  points_angstrom: ArrayLike<number>,
): Float64Array =>
  callNative((addon) =>
    addon.potentialAtPoints({
      system: system.handle,
      density,
      points: Float64Array.from(points_angstrom, toBohr),
    }),
  );
