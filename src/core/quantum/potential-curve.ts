/** One ansatz along a potential curve, so that the energy changes as smoothly as the molecule does. */

import type { ActiveSpace } from "#shared/active-space.ts";
import { DomainError } from "#shared/errors.ts";
import type { OrbitalSet } from "./active-space.ts";
import { dropForbidden, type ProductAnsatz } from "./ansatz.ts";
import type { Backend } from "./backends/backend.ts";
import type { ActiveHamiltonian } from "./hamiltonian.ts";
import type { VqeOptions, VqeRun } from "./vqe.ts";

/** aᵀ b of row-major matrices with `rows` rows. */
function transposedProduct(a: Float64Array, b: Float64Array, rows: number): Float64Array {
  const [m, n] = [a.length / rows, b.length / rows];
  const result = new Float64Array(m * n);
  for (let r = 0; r < rows; r++)
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) result[i * n + j]! += a[r * m + i]! * b[r * n + j]!;
  return result;
}

/** [rows, n] → [n, rows] */
function transposed(a: Float64Array, n: number): Float64Array {
  const rows = a.length / n;
  return a.map((_, k) => a[(k % rows) * n + Math.floor(k / rows)]!);
}

/** Enough from singular values of 0.2; an orbital with less in common with the last ones has not been followed. */
const POLAR_ITERATIONS = 10;
/** Deviation from orthogonality at which the iteration, which converges quadratically, has ended. */
const ORTHOGONAL = 1e-12;

/**
 * The orthogonal matrix nearest to a square one, by Newton and Schulz's X ← X (3 − XᵀX) / 2, which converges for singular
 * values between 0 and √3 (N. J. Higham, Functions of Matrices, section 8.3); undefined where one is too small.
 */
function nearestOrthogonal(matrix: Float64Array, n: number): Float64Array | undefined {
  let x = matrix;
  for (let k = 0; k < POLAR_ITERATIONS; k++) {
    const gram = transposedProduct(x, x, n);
    const error = gram.reduce((worst, g, i) => Math.max(worst, Math.abs(g - (i % (n + 1) === 0 ? 1 : 0))), 0);
    if (error < ORTHOGONAL) return x;
    const factor = gram.map((g, i) => (i % (n + 1) === 0 ? 1.5 : 0) - 0.5 * g);
    x = transposedProduct(transposed(x, n), factor, n);
  }
  return undefined;
}

/** Active orbitals that hold two electrons, one, and none in the determinant. */
function activeBlocks({ nelec: [nalpha, nbeta] }: OrbitalSet, { orbitals }: ActiveSpace): number[][] {
  const between = (first: number, end: number) => orbitals.filter((p) => p >= first && p < end);
  return [between(0, nbeta), between(nbeta, nalpha), between(nalpha, Number.POSITIVE_INFINITY)];
}

/** [nBasis, nOrbitals] → [nBasis, columns.length] */
const columnsOf = (matrix: Float64Array, width: number, columns: readonly number[]): Float64Array =>
  Float64Array.from({ length: (matrix.length / width) * columns.length }, (_, k) => {
    return matrix[Math.floor(k / columns.length) * width + columns[k % columns.length]!]!;
  });

/**
 * Active orbitals of one geometry rotated among those with the same occupation to resemble the last geometry's most, so
 * that signs, order and the mixing of degenerate ones no longer change from point to point. The determinant and CASCI
 * stay as they are; orbital energies lose their meaning.
 *
 * U = polar(Cᵀ S C_last) of each block, with both sets of coefficients over the functions of the new geometry.
 *
 * @param overlap S of the new geometry, [nBasis, nBasis]
 * @throws DomainError `invalid-input` where an orbital has left the active space or the geometries are too far apart.
 */
export function followOrbitals(
  orbitals: OrbitalSet,
  { last, overlap, space }: { last: OrbitalSet; overlap: Float64Array; space: ActiveSpace },
): OrbitalSet {
  const nBasis = Math.sqrt(overlap.length);
  const result = Float64Array.from(orbitals.orbitals[0]!);
  const width = result.length / nBasis;
  for (const block of activeBlocks(orbitals, space)) {
    const own = columnsOf(orbitals.orbitals[0]!, width, block);
    const image = transposedProduct(overlap, columnsOf(last.orbitals[0]!, width, block), nBasis);
    const rotation = nearestOrthogonal(transposedProduct(own, image, nBasis), block.length);
    if (!rotation)
      throw new DomainError(
        "invalid-input",
        `Active orbitals ${block.map((p) => p + 1).join(", ")} cannot be followed from the last geometry: one of them has ` +
          "left the active space, or the step is too large. Take a larger active space or smaller steps.",
      );
    const rotated = transposedProduct(transposed(own, block.length), rotation, block.length);
    for (let row = 0; row < nBasis; row++)
      for (const [k, p] of block.entries()) result[row * width + p] = rotated[row * block.length + k]!;
  }
  return { nelec: orbitals.nelec, orbitals: [result] };
}

/** The factors that symmetry allows at any of the points, in the order of `ansatz`: one ansatz for the whole curve. */
export function curveAnsatz(ansatz: ProductAnsatz, points: readonly ActiveHamiltonian[]): ProductAnsatz {
  const allowed = new Set(points.flatMap((h) => dropForbidden(ansatz, h).factors.map((f) => f.excitation)));
  const kept = ansatz.factors.filter(({ excitation }) => allowed.has(excitation));
  const numbers = new Map([...new Set(kept.map(({ parameter }) => parameter))].map((p, k) => [p, k]));
  const factors = kept.map((factor) => ({ ...factor, parameter: numbers.get(factor.parameter)! }));
  return { ...ansatz, factors, nParameters: numbers.size };
}

/**
 * VQE at each point of a curve with one ansatz: the operators found at one geometry (UCCSD less what symmetry forbids, or
 * ADAPT's choice) act in their order at all, and each minimisation starts from the parameters of the last point.
 *
 * Orbitals have to be followed (followOrbitals), or a change of sign or order makes a kink. It follows one minimum: a lower
 * one that appears on the way is not looked for. Throws as the backend's minimise.
 */
export async function minimiseAlongCurve(
  points: readonly ActiveHamiltonian[],
  { ansatz, backend, ...options }: VqeOptions & { readonly ansatz: ProductAnsatz; readonly backend: Backend },
): Promise<VqeRun[]> {
  const runs: VqeRun[] = [];
  for (const hamiltonian of points) {
    const start = runs.at(-1)?.parameters ?? options.start;
    runs.push(await backend.minimise({ hamiltonian, ansatz }, { ...options, ...(start && { start }) }));
  }
  return runs;
}
