/** Coordinates from bounds on distances: a second way to a geometry. */
import { cross, type Vector } from "#shared/molecule/vectors.ts";
import { type DistanceBounds, distanceBounds, smoothBounds } from "./distance-bounds.ts";
import { minimiseLbfgs } from "./lbfgs.ts";
import type { SpatialGraph } from "./spatial-graph.ts";

const DIMENSIONS = 4;
const MAX_TRIES = 30;
const MAX_ITERATIONS = 600;
/** Error function per atom at which the force field can take over. */
const GOOD_ENOUGH = 0.08;
/** Least volume that the neighbours of a stereo centre span, Å³: a regular CH4 spans 6 times its tetrahedron, 8.6. */
const LEAST_VOLUME = { four: 3, three: 1 };

/** Three neighbours span their volume with the centre, four among themselves. */
interface Handed {
  readonly corners: readonly [number, number, number];
  readonly apex: number;
  readonly sign: number;
  readonly least: number;
}

function handedCentres({ centres, atoms, bonds }: SpatialGraph): Handed[] {
  const hasRing = bonds.length >= atoms.length;
  return centres.map(({ atom, neighbours, clockwise }) => {
    const [a, b, c, d] = neighbours as [number, number, number, number?];
    const sign = clockwise ? 1 : -1;
    if (d === undefined) return { corners: [a, b, c], apex: atom, sign: -sign, least: LEAST_VOLUME.three };
    const least = hasRing ? LEAST_VOLUME.four / 2 : LEAST_VOLUME.four;
    return { corners: [b, c, d], apex: a, sign, least };
  });
}

/** Six times the signed volume, and its derivative into `into` times `factor(volume)`. */
function volumeTerm(
  x: Float64Array,
  { corners, apex }: Handed,
  into: Float64Array | undefined,
  factor: (volume: number) => number,
): number {
  const at = (atom: number, axis: number): number =>
    x[DIMENSIONS * atom + axis]! - x[DIMENSIONS * apex + axis]!;
  const [a, b, c] = corners.map((atom) => [at(atom, 0), at(atom, 1), at(atom, 2)] as const) as [
    Vector,
    Vector,
    Vector,
  ];
  const bc = cross(b, c);
  const volume = a[0] * bc[0] + a[1] * bc[1] + a[2] * bc[2];
  const f = factor(volume);
  if (into && f !== 0) {
    const ca = cross(c, a);
    const ab = cross(a, b);
    for (let axis = 0; axis < 3; axis++) {
      into[DIMENSIONS * corners[0] + axis]! += f * bc[axis]!;
      into[DIMENSIONS * corners[1] + axis]! += f * ca[axis]!;
      into[DIMENSIONS * corners[2] + axis]! += f * ab[axis]!;
      into[DIMENSIONS * apex + axis]! -= f * (bc[axis]! + ca[axis]! + ab[axis]!);
    }
  }
  return volume;
}

/** Squared relative violations of the bounds: T. F. Havel, Prog. Biophys. Mol. Biol. 56, 43 (1991). */
function distanceError(x: Float64Array, { n, lower, upper }: DistanceBounds, gradient: Float64Array): number {
  let error = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) {
      const [p, q] = [DIMENSIONS * i, DIMENSIONS * j];
      const [dx, dy, dz, dw] = [
        x[p]! - x[q]!,
        x[p + 1]! - x[q + 1]!,
        x[p + 2]! - x[q + 2]!,
        x[p + 3]! - x[q + 3]!,
      ];
      const square = dx * dx + dy * dy + dz * dz + dw * dw;
      const [low, high] = [lower[i * n + j]! ** 2, upper[i * n + j]! ** 2];
      let slope: number;
      if (square > high) {
        const off = square / high - 1;
        error += off * off;
        slope = (4 * off) / high;
      } else if (square < low) {
        const sum = low + square;
        const off = (2 * low) / sum - 1;
        error += off * off;
        slope = (-8 * off * low) / (sum * sum);
      } else continue;
      gradient[p]! += slope * dx;
      gradient[p + 1]! += slope * dy;
      gradient[p + 2]! += slope * dz;
      gradient[p + 3]! += slope * dw;
      gradient[q]! -= slope * dx;
      gradient[q + 1]! -= slope * dy;
      gradient[q + 2]! -= slope * dz;
      gradient[q + 3]! -= slope * dw;
    }
  }
  return error;
}

interface Problem {
  readonly bounds: DistanceBounds;
  readonly handed: readonly Handed[];
}

const VOLUME_WEIGHT = 0.05;

function errorFunction({ bounds, handed }: Problem, fourth: number) {
  return (x: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let error = distanceError(x, bounds, gradient);
    for (const centre of handed) {
      const { sign, least } = centre;
      const short = (volume: number): number => Math.max(0, least - sign * volume);
      const volume = volumeTerm(x, centre, gradient, (v) => -2 * VOLUME_WEIGHT * sign * short(v));
      error += VOLUME_WEIGHT * short(volume) ** 2;
    }
    for (let w = DIMENSIONS - 1; w < x.length; w += DIMENSIONS) {
      error += fourth * x[w]! ** 2;
      gradient[w]! += 2 * fourth * x[w]!;
    }
    return error;
  };
}

/** Points in a box of four dimensions, where atoms can pass each other, then pressed into three. */
function attempt(problem: Problem, random: () => number): Float64Array | undefined {
  const { n } = problem.bounds;
  const box = 3 * Math.cbrt(n);
  const x = Float64Array.from({ length: DIMENSIONS * n }, () => box * (random() - 0.5));
  const settings = { maxIterations: MAX_ITERATIONS, tolerance: 1e-5 };
  minimiseLbfgs(errorFunction(problem, 0.02), x, settings);
  minimiseLbfgs(errorFunction(problem, 1), x, settings);
  for (let w = DIMENSIONS - 1; w < x.length; w += DIMENSIONS) x[w] = 0;
  const error = minimiseLbfgs(errorFunction(problem, 1), x, settings);
  const right = problem.handed.every((centre) => centre.sign * volumeTerm(x, centre, undefined, () => 0) > 0);
  if (error > GOOD_ENOUGH * n || !right) return undefined;
  return Float64Array.from({ length: 3 * n }, (_, i) => x[DIMENSIONS * Math.floor(i / 3) + (i % 3)]!);
}

/**
 * Geometries with the bond lengths, angles and stereo of a molecule, each from a random start, rough enough to need a force
 * field: G. M. Crippen, T. F. Havel, doi:10.1107/S0567739478000522; four dimensions and random starts as in S. Riniker,
 * G. A. Landrum, doi:10.1021/acs.jcim.5b00654.
 *
 * @returns x y z of each atom in turn, Å; fewer than asked for, or none, where tries fail
 */
export function* distanceGeometries(
  graph: SpatialGraph,
  { random, count }: { random: () => number; count: number },
): Generator<Float64Array> {
  const bounds = distanceBounds(graph);
  // Bounds that contradict each other still say where atoms should be: the least violation is looked for.
  const smooth: DistanceBounds = { n: bounds.n, lower: bounds.lower.slice(), upper: bounds.upper.slice() };
  const problem = { bounds: smoothBounds(smooth) ? smooth : bounds, handed: handedCentres(graph) };
  let found = 0;
  for (let tries = 0; tries < MAX_TRIES && found < count; tries++) {
    const geometry = attempt(problem, random);
    if (!geometry) continue;
    found++;
    yield geometry;
  }
}
