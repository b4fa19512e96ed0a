/** Geometry optimisation on Hartree–Fock and Kohn–Sham energies, with dispersion where the system has it. */

import type { Geometry } from "#shared/molecule/molecule.ts";
import type { OptimisationCoordinates } from "#shared/quantum/energy-result.ts";
import type { GeometryConstraint } from "#shared/quantum/geometry-constraint.ts";
import type { Outcome } from "#shared/quantum/state-result.ts";
import type { WayPoint } from "#shared/quantum/way.ts";
import { toAngstrom } from "#shared/units.ts";
import { nuclearGradient } from "../field/gradient.ts";
import { hartreeFock, type ScfResult } from "../field/scf.ts";
import { lowestField, type SearchOptions } from "../field/search.ts";
import { openSystem, type QuantumSystem, type SystemOptions } from "../field/system.ts";
import type { BySpin } from "../native/addon-functions.ts";
import { constrainedStart } from "./constraints.ts";
import { type Constraint, internalModel } from "./internal-model.ts";
import { largest } from "./quasi-newton.ts";
import { bohrOf, cartesianModel, type SurfaceModel } from "./surface-model.ts";
import { withoutTurn } from "./without-turn.ts";

interface OptimiseOptions {
  system: SystemOptions;
  /** How each field is converged; those of the first and the last geometry are searched for, unless a start is given. */
  scf: Omit<SearchOptions, "further">;
  /** Where the first field begins. Default: the lowest of a search, as at the end. */
  start?: BySpin<Float64Array>;
  /** Atoms (from 0) that stay where they are. */
  frozen?: readonly number[];
  /** Of a molecule that neither frozen atoms nor charges around hold. */
  constraints?: readonly GeometryConstraint[];
  maxSteps?: number;
  /** Largest component of the gradient at a minimum, Hartree/bohr. Default 4.5e-4. */
  gradientTolerance?: number;
  /** Is told of where the way begins and of each step that was taken. */
  onStep?: ((point: WayPoint) => void) | undefined;
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
  readonly coordinates: OptimisationCoordinates;
  /** Of the last point, over the basis functions there; undefined where no field converged. */
  readonly orbitals: BySpin<Float64Array> | undefined;
}

/** Enough for a gradient to 1e-6 Hartree/bohr; the fields at both ends are converged as asked for. */
const ON_THE_WAY = { gradientTolerance: 1e-6, energyTolerance: 1e-9, stability: "none" } as const;
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

/** Where a way downhill ends. */
export interface WayDown<P> {
  readonly outcome: Outcome;
  readonly geometry: Geometry;
  readonly energy_hartree: number;
  /** Of what neither frozen atoms nor constraints hold. */
  readonly gradientNorm: number;
  readonly steps: number;
  readonly trace_hartree: readonly number[];
  readonly coordinates: OptimisationCoordinates;
  /** undefined where nothing converged. */
  readonly point: P | undefined;
}

/** What the way is made in: internal coordinates of a free molecule, Cartesian ones of what frozen atoms or charges hold in space. */
function modelOf(
  geometry: Geometry,
  { frozen = [], isHeld, constraints }: Pick<WayOptions, "frozen" | "isHeld" | "constraints">,
): { model: SurfaceModel; coordinates: OptimisationCoordinates } {
  if (frozen.length > 0 || isHeld || geometry.symbols.length === 1)
    return { model: cartesianModel(geometry, frozen), coordinates: { kind: "cartesian" } };
  const model = internalModel(geometry, constraints);
  return model ? { model, coordinates: { kind: "internal" } } : cartesianFrom(geometry, 0, INCOMPLETE);
}

const INCOMPLETE = "bonds, angles and dihedrals do not tell where all atoms are";
const ASTRAY = "no lower energy was found along them";
const UNPLACED = "no positions were found for a step in them";

const cartesianFrom = (geometry: Geometry, step: number, why: string) => ({
  model: cartesianModel(geometry, []),
  coordinates: { kind: "cartesian", left: { step, why } } as const,
});

interface WayOptions extends Pick<OptimiseOptions, "frozen" | "maxSteps" | "gradientTolerance" | "onStep"> {
  readonly from: Geometry;
  /** Whether charges around hold the molecule in space. */
  readonly isHeld: boolean;
  /** They hold at `from`. */
  readonly constraints?: readonly Constraint[];
}

/**
 * Moves the atoms downhill to a stationary point of an energy by BFGS from a model of the force constants: in redundant internal
 * coordinates, and in Cartesian ones where those do not lead on (`coordinates` says so) or something holds the molecule in space.
 *
 * @param first undefined where nothing converges at `from`
 */
export function wayDown<P extends SurfacePoint>(
  surface: Surface<P>,
  first: P | undefined,
  { from, maxSteps = 100, gradientTolerance = 4.5e-4, onStep, ...held }: WayOptions,
): WayDown<P> {
  let geometry = from;
  let here = bohrOf(from);
  let point = first;
  let { model, coordinates } = modelOf(geometry, held);
  const inCartesian = (steps: number, why: string): void => {
    ({ model, coordinates } = cartesianFrom(geometry, steps, why));
    radius = model.longestStep;
  };
  const mayChange = (): boolean => model.coordinates === "internal" && !held.constraints?.length;
  let radius = model.longestStep / 2;
  const trace = point ? [point.energy_hartree] : [];
  const force = (): number => (point ? largest(model.free(point.gradient)) : Number.POSITIVE_INFINITY);
  const tell = ({ energy_hartree }: P): void =>
    onStep?.({ geometry, energy_hartree, gradient_hartree_per_bohr: force() });
  if (point) tell(point);
  for (let steps = 0; ; steps++) {
    if (point && !point.isSettled && force() < gradientTolerance) {
      point = surface.settled(geometry, point);
      if (point) trace[trace.length - 1] = point.energy_hartree;
    }
    const isMinimum = force() < gradientTolerance;
    if (point && !isMinimum && radius < model.shortestStep && mayChange()) inCartesian(steps, ASTRAY);
    let move = point && !isMinimum ? model.step(point.gradient, radius) : undefined;
    if (point && !isMinimum && !move && mayChange()) {
      inCartesian(steps, UNPLACED);
      move = model.step(point.gradient, radius);
    }
    if (!point || !move || steps === maxSteps || radius < model.shortestStep) {
      return {
        outcome: isMinimum ? "converged" : "not-converged",
        geometry,
        energy_hartree: trace.at(-1) ?? Number.POSITIVE_INFINITY,
        gradientNorm: force(),
        steps,
        trace_hartree: trace,
        coordinates,
        point,
      };
    }
    const { to: at, length } = move;
    // By how far they move: what stays has the same bits.
    const moved = geometry.coordinates_angstrom.map((x, i) => x + toAngstrom(at[i]! - here[i]!));
    const there = { ...geometry, coordinates_angstrom: moved };
    const next = surface.followed(there, point);
    if (next) model.learn(point.gradient, { at, gradient: next.gradient });
    if (!next || next.energy_hartree > point.energy_hartree + 1e-8) {
      radius = length / 2;
      continue;
    }
    model.moveTo(at);
    here = at;
    geometry = there;
    trace.push(next.energy_hartree);
    radius = Math.min(model.longestStep, 2 * radius);
    point = next;
    tell(next);
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
  const { geometry: from, constraints } = constrainedStart(
    options.system.geometry,
    options.constraints ?? [],
  );
  const first = options.start ? followed(options, from, options.start) : settled(options, from);
  const surface: Surface<Point> = {
    settled: (geometry, way) => settled(options, geometry, way.scf),
    followed: (geometry, near) => followed(options, geometry, near.scf.orbitals),
  };
  const { point, ...end } = wayDown(surface, first, {
    ...options,
    ...{ from, constraints },
    isHeld: options.system.pointCharges !== undefined,
  });
  return { ...end, orbitals: point?.scf.orbitals };
}
