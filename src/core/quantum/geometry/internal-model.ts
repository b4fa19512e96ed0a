/** BFGS with a trust radius in redundant internal coordinates. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { toAngstrom } from "#shared/units.ts";
import {
  type Coordinate,
  coordinateValue,
  derivativeOf,
  differenceOf,
  isStraight,
  type Positions,
  positionsOf,
} from "./coordinates.ts";
import { applied, appliedTransposed, dotOf, product, transposedTimes } from "./dense.ts";
import { freeMotions } from "./inertia.ts";
import { internalCoordinates } from "./internal-coordinates.ts";
import { forceConstant } from "./model-hessian.ts";
import { invert, largest, updateHessian } from "./quasi-newton.ts";
import { bohrOf, type SurfaceModel } from "./surface-model.ts";

/** A coordinate that stays at a value, bohr or radians. */
export interface Constraint {
  readonly coordinate: Coordinate;
  readonly value: number;
}

const LONGEST_STEP = 1;
const SHORTEST_STEP = 1e-5;
/** Hartree/bohr² and Hartree/rad²: what is hardly bonded has a finite step. */
const SOFTEST = { distance: 0.02, angle: 0.03, straight: 0.03, dihedral: 0.003, "out-of-plane": 0 } as const;
/** In place of B's rows, which resist shifts and turns of the whole by nothing, or by little where angles are straight. */
const STILL = 1e4;
/** A pivot of BᵀB below it: the coordinates do not tell where all atoms are. */
const INCOMPLETE = 1e-6;
/** Bends of a straight angle beyond it, radians, are those of an angle. */
const BENT = 0.5;
/** Where positions change by less, bohr, they are found. */
const PLACED_BOHR = 1e-7;
const PLACING_TURNS = 50;
/** A constraint's coordinate is moved to its value in steps of at most so much, bohr or radians. */
const TOWARDS_CONSTRAINT = 0.2;

/** Coordinates and their derivatives, the Wilson B matrix [m, 3n], where the atoms are. */
interface Frame {
  readonly at: Positions;
  readonly values: Float64Array;
  readonly b: Float64Array;
  /** Of BᵀB and `whole`, [3n, 3n]. */
  readonly inverse: Float64Array;
  /** What resists shifts and turns of the whole molecule, [3n, 3n]. */
  readonly whole: Float64Array;
}

interface Internals {
  readonly symbols: readonly string[];
  /** The last ones are those of the constraints. */
  readonly coordinates: readonly Coordinate[];
  readonly constraints: readonly Constraint[];
}

/** undefined where the coordinates do not tell where all atoms are. Cost: n³. */
function frameOf({ symbols, coordinates }: Internals, xyz: Float64Array): Frame | undefined {
  const n = xyz.length;
  const at = positionsOf(xyz);
  const values = Float64Array.from(coordinates, (coordinate) => coordinateValue(coordinate, at));
  const b = new Float64Array(coordinates.length * n);
  for (const [row, coordinate] of coordinates.entries())
    for (const [atom, by] of derivativeOf(coordinate, at))
      for (let x = 0; x < 3; x++) b[row * n + 3 * atom + x]! += by[x]!;
  const geometry = { symbols: [...symbols], coordinates_angstrom: Array.from(xyz, (x) => toAngstrom(x)) };
  const motions = freeMotions(
    geometry,
    symbols.map(() => 1),
  );
  const whole = new Float64Array(n * n);
  for (const v of motions)
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) whole[i * n + j]! += STILL * v[i]! * v[j]!;
  const inverse = transposedTimes(b, b, coordinates.length);
  for (let k = 0; k < n * n; k++) inverse[k]! += whole[k]!;
  return invert(inverse) > INCOMPLETE && inverse.every(Number.isFinite)
    ? { at, values, b, inverse, whole }
    : undefined;
}

/** Rows of the constraints, [constraints, 3n]. */
const heldRows = ({ constraints, coordinates }: Internals, { b }: Frame): Float64Array =>
  b.subarray((b.length / coordinates.length) * (coordinates.length - constraints.length));

/**
 * −A⁻¹ g with the least of what brings the constraints' coordinates by `remaining` nearer.
 * @param inverse A⁻¹, [3n, 3n]
 */
function constrained(
  inverse: Float64Array,
  gradient: Float64Array,
  { rows, remaining }: { rows: Float64Array; remaining: Float64Array },
): Float64Array {
  const step = applied(inverse, gradient).map((x) => -x);
  const [n, count] = [gradient.length, remaining.length];
  if (count === 0) return step;
  const row = (i: number): Float64Array => rows.subarray(i * n, (i + 1) * n);
  const answers = Array.from({ length: count }, (_, i) => applied(inverse, row(i)));
  // C A⁻¹ Cᵀ, whose inverse times what is missing are the forces of the constraints.
  const matrix = Float64Array.from({ length: count ** 2 }, (_, k) =>
    dotOf(row(Math.floor(k / count)), answers[k % count]!),
  );
  invert(matrix);
  const forces = applied(
    matrix,
    remaining.map((x, i) => x - dotOf(row(i), step)),
  );
  for (const [i, force] of forces.entries()) for (let k = 0; k < n; k++) step[k]! += force * answers[i]![k]!;
  return step;
}

/** How far the constraints' coordinates are from their values. */
function remainingOf({ constraints, coordinates }: Internals, { values }: Frame): Float64Array {
  const first = coordinates.length - constraints.length;
  return Float64Array.from(constraints, ({ coordinate, value }, i) =>
    differenceOf(coordinate, value, values[first + i]!),
  );
}

/**
 * Positions where the coordinates have their targets, as nearly as they can together, and the constraints theirs; undefined where they
 * are not found. P. Pulay et al., doi:10.1021/ja00504a009. Cost: n³ a turn, some five.
 */
function placed(internals: Internals, from: Float64Array, target: Float64Array): Float64Array | undefined {
  const { coordinates } = internals;
  const xyz = from.slice();
  for (let turn = 0; turn < PLACING_TURNS; turn++) {
    const frame = frameOf(internals, xyz);
    if (!frame) return undefined;
    const missing = Float64Array.from(coordinates, (coordinate, k) =>
      differenceOf(coordinate, frame.values[k]!, target[k]!),
    );
    const rows = heldRows(internals, frame);
    const remaining = remainingOf(internals, frame);
    const step = constrained(frame.inverse, appliedTransposed(frame.b, missing), { rows, remaining });
    const length = largest(step);
    if (!(length < 2)) return undefined;
    for (const [i, x] of step.entries()) xyz[i]! += x;
    if (length < PLACED_BOHR) return xyz;
  }
  return undefined;
}

/** Positions near by where each constraint has its value; undefined where they are not found. */
export function heldPositions(
  geometry: Geometry,
  constraints: readonly Constraint[],
): Float64Array | undefined {
  let xyz = bohrOf(geometry);
  for (let turn = 0; turn < 200; turn++) {
    const { symbols } = geometry;
    const at = positionsOf(xyz);
    const goals = constraints.map(({ coordinate, value }) => {
      const difference = differenceOf(coordinate, value, coordinateValue(coordinate, at));
      const isNear = Math.abs(difference) < TOWARDS_CONSTRAINT;
      const step = isNear ? difference : Math.sign(difference) * TOWARDS_CONSTRAINT;
      return { isNear, coordinate, value: coordinateValue(coordinate, at) + step };
    });
    const internals = internalsOf(symbols, at, goals);
    const frame = frameOf(internals, xyz);
    const next = frame && placed(internals, xyz, frame.values);
    if (!next) return undefined;
    xyz = next;
    if (goals.every(({ isNear }) => isNear)) return xyz;
  }
  return undefined;
}

const internalsOf = (
  symbols: readonly string[],
  at: Positions,
  constraints: readonly Constraint[],
): Internals => ({
  symbols,
  coordinates: [...internalCoordinates(symbols, at), ...constraints.map(({ coordinate }) => coordinate)],
  constraints,
});

/** Whether angles became straight, or straight ones bent. */
const isOutgrown = (coordinates: readonly Coordinate[], at: Positions): boolean =>
  coordinates.some((coordinate) => {
    if (coordinate.kind === "angle") return isStraight(at, coordinate.atoms);
    return coordinate.kind === "straight" && Math.abs(coordinateValue(coordinate, at)) > BENT;
  });

function startingHessian({ symbols, coordinates }: Internals, at: Positions): Float64Array {
  const m = coordinates.length;
  const hessian = new Float64Array(m * m);
  for (const [k, coordinate] of coordinates.entries())
    hessian[k * m + k] = Math.max(SOFTEST[coordinate.kind], forceConstant(coordinate, symbols, at));
  return hessian;
}

/**
 * A quadratic model over redundant internal coordinates q, whose Hessian H is diagonal at first (forceConstant): the step p = B d lowers
 * gᵀd + dᵀ(BᵀHB + μ BᵀB) d / 2 with the smallest μ ≥ 0 that keeps |p| within the radius, and positions follow from q + p.
 * P. Pulay, G. Fogarasi, doi:10.1063/1.462844; C. Peng et al., doi:10.1002/(SICI)1096-987X(19960115)17:1<49::AID-JCC5>3.0.CO;2-0.
 *
 * @param constraints which hold at the geometry
 * @returns undefined where internal coordinates do not tell where all atoms are. Cost: n³ a step and m² memory, m some tens an atom.
 */
export function internalModel(
  geometry: Geometry,
  constraints: readonly Constraint[] = [],
): SurfaceModel | undefined {
  const { symbols } = geometry;
  let here = bohrOf(geometry);
  let internals = internalsOf(symbols, positionsOf(here), constraints);
  let hessian = startingHessian(internals, positionsOf(here));
  let frame = frameOf(internals, here);
  if (!frame) return undefined;

  /** Of the energy by the coordinates: the shortest of those that give the gradient by positions. */
  const inward = ({ b, inverse }: Frame, gradient: Float64Array): Float64Array =>
    applied(b, applied(inverse, gradient));

  return {
    coordinates: "internal",
    longestStep: LONGEST_STEP,
    shortestStep: SHORTEST_STEP,
    free(gradient) {
      if (!frame || constraints.length === 0) return gradient;
      const n = gradient.length;
      const unit = Float64Array.from({ length: n * n }, (_, k) => Number(k % (n + 1) === 0));
      const remaining = new Float64Array(constraints.length);
      return constrained(unit, gradient, { rows: heldRows(internals, frame), remaining }).map((x) => -x);
    },
    step(gradient, radius) {
      if (!frame) return undefined;
      const { b, whole, values } = frame;
      const m = values.length;
      const metric = transposedTimes(b, b, m);
      const curvature = transposedTimes(b, product(hessian, b, m), m);
      const held = { rows: heldRows(internals, frame), remaining: remainingOf(internals, frame) };
      let shift = 0;
      for (let turn = 0; turn < 30; turn++) {
        const inverse = curvature.map((x, k) => x + shift * metric[k]! + whole[k]!);
        if (!(invert(inverse) > 0)) return undefined;
        const step = constrained(inverse, gradient, held);
        const change = applied(b, step);
        const length = Math.hypot(...change);
        if (length > 1.01 * radius) {
          // Newton's method on 1/|p|: Nocedal and Wright, algorithm 4.3.
          const slope = applied(metric, step);
          shift += ((length / radius - 1) * length ** 2) / dotOf(slope, applied(inverse, slope));
          continue;
        }
        const to = placed(
          internals,
          here,
          values.map((q, k) => q + change[k]!),
        );
        return to && { to, length };
      }
      return undefined;
    },
    learn(gradient, there) {
      const next = frame && frameOf(internals, there.at);
      if (!frame || !next) return;
      const { values } = frame;
      const step = Float64Array.from(internals.coordinates, (coordinate, k) =>
        differenceOf(coordinate, next.values[k]!, values[k]!),
      );
      const [before, after] = [inward(frame, gradient), inward(next, there.gradient)];
      updateHessian(
        hessian,
        step,
        after.map((g, k) => g - before[k]!),
      );
    },
    moveTo(at) {
      here = at;
      const positions = positionsOf(at);
      if (isOutgrown(internals.coordinates, positions)) {
        internals = internalsOf(symbols, positions, constraints);
        hessian = startingHessian(internals, positions);
      }
      frame = frameOf(internals, at);
    },
  };
}
