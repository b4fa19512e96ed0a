/** Geometry optimisation on Hartree–Fock and Kohn–Sham energies, with dispersion where the system has it. */

import type { Geometry } from "#shared/molecule/molecule.ts";
import type { Outcome } from "#shared/quantum/state-result.ts";
import { toAngstrom } from "#shared/units.ts";
import { nuclearGradient } from "../field/gradient.ts";
import { hartreeFock, type ScfResult } from "../field/scf.ts";
import { lowestField, type SearchOptions } from "../field/search.ts";
import { openSystem, type QuantumSystem, type SystemOptions } from "../field/system.ts";
import type { BySpin } from "../native/addon-functions.ts";
import { modelHessian } from "./model-hessian.ts";
import { invert, largest, quasiNewtonStep, updateInverse } from "./quasi-newton.ts";
import { withoutTurn } from "./without-turn.ts";

interface OptimiseOptions {
  system: SystemOptions;
  /** How each field is converged; those of the first and the last geometry are searched for, unless a start is given. */
  scf: Omit<SearchOptions, "further">;
  /** Where the first field begins. Default: the lowest of a search, as at the end. */
  start?: BySpin<Float64Array>;
  /** Atoms (from 0) that stay where they are. */
  frozen?: readonly number[];
  maxSteps?: number;
  /** Largest component of the gradient at a minimum, Hartree/bohr. Default 4.5e-4. */
  gradientTolerance?: number;
}

export interface OptimisedGeometry {
  /** not-converged: too many steps, or a field that did not converge on the way. */
  readonly outcome: Outcome;
  readonly geometry: Geometry;
  readonly energy_hartree: number;
  /** Largest component of the gradient, Hartree/bohr. */
  readonly gradientNorm: number;
  readonly steps: number;
  readonly trace_hartree: readonly number[];
  /** Of the last point, over the basis functions there; undefined where no field converged. */
  readonly orbitals: BySpin<Float64Array> | undefined;
}

/** Enough for a gradient to 1e-6 Hartree/bohr; the fields at both ends are converged as asked for. */
const ON_THE_WAY = { gradientTolerance: 1e-6, energyTolerance: 1e-9, stability: "none" } as const;
const LONGEST_STEP_BOHR = 0.3;
/** Along a shorter step no lower energy can be told from the error of the field. */
const SHORTEST_STEP_BOHR = 1e-5;

/** An energy where the atoms are, with its gradient, Hartree/bohr. */
export interface SurfacePoint {
  readonly energy_hartree: number;
  readonly gradient: Float64Array;
  /** Whether it is as good as was asked for at the ends of the way. */
  readonly isSettled: boolean;
}

/** Energies as a function of where the atoms are; undefined where they do not converge. */
export interface Surface<P extends SurfacePoint> {
  /** The lowest that is found, from what was on the way too. */
  settled(geometry: Geometry, way: P): P | undefined;
  /** What a point near by leads to. */
  followed(geometry: Geometry, near: P): P | undefined;
}

/** Of a field; its energy with dispersion. */
interface Point extends SurfacePoint {
  readonly scf: ScfResult;
}

/** The lowest field of a search, from the orbitals of the way there too; undefined where none converges. */
function settled(options: OptimiseOptions, geometry: Geometry, way?: ScfResult): Point | undefined {
  using system = openSystem({ ...options.system, geometry });
  const further = way ? [{ name: "orbitals on the way", start: { orbitals: way.orbitals } }] : [];
  const { scf } = lowestField(system, { ...options.scf, further });
  return pointOf(system, scf, { options, isSettled: true });
}

/** The field that orbitals of near by lead to; where that does not converge, the lowest. */
function followed(
  options: OptimiseOptions,
  geometry: Geometry,
  orbitals: BySpin<Float64Array>,
): Point | undefined {
  using system = openSystem({ ...options.system, geometry });
  const next = hartreeFock(system, { ...options.scf, ...ON_THE_WAY, start: { orbitals } });
  return pointOf(system, next, { options, isSettled: false }) ?? settled(options, geometry);
}

function pointOf(
  system: QuantumSystem,
  scf: ScfResult,
  { options, isSettled }: { options: OptimiseOptions; isSettled: boolean },
): Point | undefined {
  if (scf.outcome !== "converged") return undefined;
  const { frozen = [] } = options;
  const isFree = frozen.length === 0 && !options.system.pointCharges;
  const gradient = isFree ? freeGradient(system, scf) : nuclearGradient(system, scf);
  const energy_hartree = scf.energy_hartree + (system.dispersion?.energy_hartree ?? 0);
  return { scf, energy_hartree, gradient, isSettled };
}

/** Of a molecule that nothing holds in space: of a functional without what its grid makes of turns. */
export function freeGradient(system: QuantumSystem, scf: ScfResult): Float64Array {
  const gradient = nuclearGradient(system, scf);
  return scf.kohnSham ? withoutTurn(system.geometry, gradient) : gradient;
}

/** The inverse of the model Hessian of the atoms that move; those that are frozen have the unit matrix. */
function startingInverse(geometry: Geometry, frozen: readonly number[]): Float64Array {
  const n = geometry.coordinates_angstrom.length;
  const h = modelHessian(geometry);
  for (const i of frozen.flatMap((atom) => [3 * atom, 3 * atom + 1, 3 * atom + 2]))
    for (let j = 0; j < n; j++) h[i * n + j] = h[j * n + i] = Number(i === j);
  invert(h);
  return h;
}

/** Where a way downhill ends. */
export interface WayDown<P> {
  readonly outcome: Outcome;
  readonly geometry: Geometry;
  readonly energy_hartree: number;
  readonly gradientNorm: number;
  readonly steps: number;
  readonly trace_hartree: readonly number[];
  /** undefined where nothing converged. */
  readonly point: P | undefined;
}

/**
 * Moves the atoms downhill to a stationary point of the RHF, UHF, ROHF, RKS or UKS energy by BFGS in Cartesian coordinates, from a
 * model of the force constants.
 *
 * @param first undefined where nothing converges at `from`
 */
export function wayDown<P extends SurfacePoint>(
  surface: Surface<P>,
  {
    from,
    first,
    frozen = [],
    maxSteps = 100,
    gradientTolerance = 4.5e-4,
  }: Pick<OptimiseOptions, "frozen" | "maxSteps" | "gradientTolerance"> & {
    from: Geometry;
    first: P | undefined;
  },
): WayDown<P> {
  let geometry = from;
  const held = (point: P | undefined): P | undefined => {
    for (const atom of frozen) point?.gradient.fill(0, 3 * atom, 3 * atom + 3);
    return point;
  };
  let point = held(first);
  const inverse = startingInverse(geometry, frozen);
  let radius = LONGEST_STEP_BOHR;
  const trace = point ? [point.energy_hartree] : [];
  for (let steps = 0; ; steps++) {
    const isMinimum = (): boolean => point !== undefined && largest(point.gradient) < gradientTolerance;
    if (point && !point.isSettled && isMinimum()) {
      point = held(surface.settled(geometry, point));
      if (point) trace[trace.length - 1] = point.energy_hartree;
    }
    if (!point || isMinimum() || steps === maxSteps || radius < SHORTEST_STEP_BOHR) {
      return {
        outcome: isMinimum() ? "converged" : "not-converged",
        geometry,
        energy_hartree: trace.at(-1) ?? Number.POSITIVE_INFINITY,
        gradientNorm: point ? largest(point.gradient) : Number.POSITIVE_INFINITY,
        steps,
        trace_hartree: trace,
        point,
      };
    }
    const step = quasiNewtonStep(inverse, point.gradient, radius);
    const coordinates_angstrom = geometry.coordinates_angstrom.map((x, i) => x + toAngstrom(step[i]!));
    const next = held(surface.followed({ ...geometry, coordinates_angstrom }, point));
    if (!next || next.energy_hartree > point.energy_hartree + 1e-8) {
      radius = largest(step) / 2;
      continue;
    }
    const { gradient } = point;
    const change = next.gradient.map((g, i) => g - gradient[i]!);
    updateInverse(inverse, step, change);
    geometry = { ...geometry, coordinates_angstrom };
    trace.push(next.energy_hartree);
    radius = Math.min(LONGEST_STEP_BOHR, 2 * radius);
    point = next;
  }
}

/**
 * Moves the atoms downhill to a stationary point of the RHF, UHF, ROHF, RKS or UKS energy (wayDown).
 *
 * The way begins at the lowest field of a search (lowestField), and each field goes on from the orbitals of the one before. At the
 * end the search is repeated, from those orbitals too, and the way goes on where a lower field is found. From given orbitals it begins
 * without a search. Cost: one field and one gradient a step.
 *
 * @throws DomainError `invalid-input` for a geometry that cannot be computed; AbortError.
 */
export function optimiseGeometry(options: OptimiseOptions): OptimisedGeometry {
  const from = options.system.geometry;
  const first = options.start ? followed(options, from, options.start) : settled(options, from);
  const surface: Surface<Point> = {
    settled: (geometry, way) => settled(options, geometry, way.scf),
    followed: (geometry, near) => followed(options, geometry, near.scf.orbitals),
  };
  const { point, ...end } = wayDown(surface, { ...options, from, first });
  return { ...end, orbitals: point?.scf.orbitals };
}
