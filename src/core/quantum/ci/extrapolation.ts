/** From the sizes of a selected space to all determinants. */

/** Of one state in one space, Hartree. */
export interface SelectedEnergy {
  readonly variational_hartree: number;
  readonly perturbation_hartree: number;
}

export interface Extrapolation {
  readonly energy_hartree: number;
  readonly error_hartree: number;
}

/** Spaces that a fit is made of, the largest ones. */
const POINTS = 4;
/** What the slope of E over ΔE may err by where the fits agree by chance: N₂ at 1.2 Å, spaces of 10 000 to 250 000. */
const SHARE_OF_CORRECTION = 0.05;

/** E at ΔE = 0 of a polynomial in ΔE through or nearest to points, weighted by 1/ΔE². */
function intercept(points: readonly SelectedEnergy[], degree: 1 | 2): number {
  const size = degree + 1;
  // Relative to the last point: differences of energies, not energies, are squared.
  const origin = points[points.length - 1]!;
  const scale = Math.abs(points[0]!.perturbation_hartree);
  const matrix = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
  for (const { variational_hartree, perturbation_hartree } of points) {
    const x = perturbation_hartree / scale;
    const weight = 1 / x ** 2;
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) matrix[i]![j]! += weight * x ** (i + j);
      matrix[i]![size]! += weight * x ** i * (variational_hartree - origin.variational_hartree);
    }
  }
  // Gaussian elimination from the highest power down leaves the intercept alone.
  for (let k = size - 1; k > 0; k--)
    for (let i = 0; i < k; i++) {
      const factor = matrix[i]![k]! / matrix[k]![k]!;
      for (let j = 0; j <= size; j++) matrix[i]![j]! -= factor * matrix[k]![j]!;
    }
  // Of at least two rows.
  return origin.variational_hartree + matrix[0]![size]! / matrix[0]![0]!;
}

/**
 * The energy where perturbation would add nothing: a weighted quadratic in the correction over the four largest spaces
 * (A. A. Holmes, C. J. Umrigar, S. Sharma, J. Chem. Phys. 147, 164111 (2017), doi:10.1063/1.4998614). The error is the largest of how far
 * the fit moves without its largest space, how far it lies from a straight line, and a twentieth of the last correction: a bound by
 * experience, not a standard deviation.
 *
 * @returns null of fewer than four spaces, or where the correction is too small to tell a slope
 */
export function extrapolated(rounds: readonly SelectedEnergy[]): Extrapolation | null {
  const points = rounds.slice(-POINTS);
  const last = points[points.length - 1];
  const earlier = rounds.slice(-POINTS - 1, -1);
  const isFalling = points.every(
    (point, k) =>
      point.perturbation_hartree < 0 &&
      (k === 0 || point.perturbation_hartree > 1.001 * points[k - 1]!.perturbation_hartree),
  );
  if (!last || points.length < POINTS || earlier.length < POINTS || !isFalling) return null;
  const energy = intercept(points, 2);
  const error = Math.max(
    Math.abs(energy - intercept(earlier, 2)),
    Math.abs(energy - intercept(points, 1)),
    SHARE_OF_CORRECTION * Math.abs(last.perturbation_hartree),
  );
  return { energy_hartree: energy, error_hartree: error };
}
