/** Geometry optimisation on Hartree–Fock energies. */

import type { Geometry } from "#shared/molecule.ts";
import type { Outcome } from "#shared/state-result.ts";
import { toAngstrom } from "#shared/units.ts";
import { nuclearGradient } from "./gradient.ts";
import { hartreeFock, type ScfOptions, type ScfResult } from "./scf.ts";
import { openSystem, type SystemOptions } from "./system.ts";

interface OptimiseOptions {
  system: SystemOptions;
  scf?: ScfOptions;
  /** Atoms (from 0) that stay where they are. */
  frozen?: readonly number[];
  maxSteps?: number;
  /** Largest component of the gradient at a minimum, Hartree/bohr. Default 4.5e-4. */
  gradientTolerance?: number;
}

interface OptimisedGeometry {
  /** not-converged: too many steps, or a field that did not converge on the way. */
  readonly outcome: Outcome;
  readonly geometry: Geometry;
  readonly energy_hartree: number;
  /** Largest component of the gradient, Hartree/bohr. */
  readonly gradientNorm: number;
  readonly steps: number;
  readonly trace_hartree: readonly number[];
}

/** Curvature of a typical bond stretch; only the first step and the metric of the update depend on it, Hartree/bohr². */
const STARTING_CURVATURE = 0.6;
const LONGEST_STEP_BOHR = 0.3;

interface Point {
  scf: ScfResult;
  gradient: Float64Array;
}

function evaluate(options: OptimiseOptions, geometry: Geometry): Point | undefined {
  using system = openSystem({ ...options.system, geometry });
  const scf = hartreeFock(system, options.scf);
  if (scf.outcome !== "converged") return undefined;
  const gradient = nuclearGradient(system, scf);
  for (const atom of options.frozen ?? []) gradient.fill(0, 3 * atom, 3 * atom + 3);
  return { scf, gradient };
}

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
const largest = (v: Float64Array): number => v.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** Inverse Hessian of BFGS: J. Nocedal, S. J. Wright, Numerical Optimization, 2nd ed., eq. 6.17. */
function updateInverse(h: Float64Array, s: Float64Array, y: Float64Array): void {
  const n = s.length;
  const sy = dot(s, y);
  if (sy < 1e-10) return; // no positive curvature along the step: keep the old one
  const hy = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) hy[i]! += h[i * n + j]! * y[j]!;
  const factor = 1 + dot(y, hy) / sy;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      h[i * n + j]! += (factor * s[i]! * s[j]! - hy[i]! * s[j]! - s[i]! * hy[j]!) / sy;
}

/** −H⁻¹g, no component longer than the trust radius. */
function quasiNewtonStep(h: Float64Array, gradient: Float64Array, radius: number): Float64Array {
  const n = gradient.length;
  const step = new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) step[i]! -= h[i * n + j]! * gradient[j]!;
  const scale = Math.min(1, radius / Math.max(largest(step), 1e-300));
  return step.map((x) => x * scale);
}

/**
 * Moves the atoms downhill to a stationary point of the RHF, UHF or ROHF energy by BFGS in Cartesian coordinates.
 *
 * A step that raises the energy is undone and tried again at half the length. Cost: one field and one gradient a step.
 *
 * @throws DomainError `invalid-input` for a geometry that cannot be computed; AbortError.
 */
export function optimiseGeometry(options: OptimiseOptions): OptimisedGeometry {
  const { maxSteps = 100, gradientTolerance = 4.5e-4 } = options;
  let geometry = options.system.geometry;
  let point = evaluate(options, geometry);
  const n = geometry.coordinates_angstrom.length;
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) inverse[i * n + i] = 1 / STARTING_CURVATURE;
  let radius = LONGEST_STEP_BOHR;
  const trace = point ? [point.scf.energy_hartree] : [];
  for (let steps = 0; ; steps++) {
    const converged = point !== undefined && largest(point.gradient) < gradientTolerance;
    if (!point || converged || steps === maxSteps) {
      return {
        outcome: converged ? "converged" : "not-converged",
        geometry,
        energy_hartree: trace.at(-1) ?? Number.POSITIVE_INFINITY,
        gradientNorm: point ? largest(point.gradient) : Number.POSITIVE_INFINITY,
        steps,
        trace_hartree: trace,
      };
    }
    const step = quasiNewtonStep(inverse, point.gradient, radius);
    const coordinates_angstrom = geometry.coordinates_angstrom.map((x, i) => x + toAngstrom(step[i]!));
    const next = evaluate(options, { ...geometry, coordinates_angstrom });
    if (next && next.scf.energy_hartree > point.scf.energy_hartree + 1e-8) {
      radius = largest(step) / 2;
      continue;
    }
    if (next) {
      updateInverse(
        inverse,
        step,
        next.gradient.map((g, i) => g - point!.gradient[i]!),
      );
      geometry = { ...geometry, coordinates_angstrom };
      trace.push(next.scf.energy_hartree);
      radius = Math.min(LONGEST_STEP_BOHR, 2 * radius);
    }
    point = next;
  }
}
