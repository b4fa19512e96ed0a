/** Second derivatives of Hartree–Fock and Kohn–Sham energies by nuclear positions. */
import { toAngstrom } from "#shared/units.ts";
import { throwIfCancelled } from "../control-block.ts";
import { nuclearGradient } from "../field/gradient.ts";
import { type DensityFunctional, hartreeFock, type ScfKind } from "../field/scf.ts";
import { openSystem, type SystemOptions } from "../field/system.ts";
import type { BySpin } from "../native/addon-functions.ts";

interface HessianOptions {
  /** Without ghosts: they have no mass. */
  system: SystemOptions;
  kind: ScfKind;
  /** Default: Hartree–Fock. */
  functional?: DensityFunctional;
  /** Of the field at this geometry: each displaced field goes on from them. */
  orbitals: BySpin<Float64Array>;
  /** How far each coordinate is moved to either side, bohr. Default 0.005. */
  step_bohr?: number;
  /** After each gradient. */
  onProgress?: (done: number, total: number) => void;
}

/** An error of 1e-7 Hartree/bohr in a gradient is 1e-5 Hartree/bohr² in the Hessian: 0.1 cm⁻¹ of a stretch. */
const DISPLACED = { gradientTolerance: 1e-7, energyTolerance: 1e-9, stability: "none" } as const;

/** At coordinates i moved by a step; undefined where the field does not converge. */
function gradientAt({ system, kind, functional, orbitals }: HessianOptions, i: number, step: number) {
  const { geometry, control } = system;
  throwIfCancelled(control);
  const coordinates_angstrom = geometry.coordinates_angstrom.map((x, k) =>
    k === i ? x + toAngstrom(step) : x,
  );
  using moved = openSystem({ ...system, geometry: { ...geometry, coordinates_angstrom } });
  const scf = hartreeFock(moved, {
    ...DISPLACED,
    kind,
    start: { orbitals },
    ...(functional && { functional }),
  });
  return scf.outcome === "converged" ? nuclearGradient(moved, scf) : undefined;
}

/**
 * Hessian of the RHF, UHF, ROHF, RKS or UKS energy, Hartree/bohr², [3n, 3n] row-major and symmetric: central differences of the analytic
 * gradient, all 6n of them whatever the symmetry. The error is second order in the step.
 *
 * Cost: 6n fields, each from the orbitals given, and as many gradients.
 *
 * @returns undefined where a displaced field does not converge
 * @throws DomainError `invalid-input` for a geometry that cannot be computed; AbortError.
 */
export function numericalHessian(options: HessianOptions): Float64Array | undefined {
  const { step_bohr: step = 0.005, onProgress } = options;
  const n = options.system.geometry.coordinates_angstrom.length;
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const above = gradientAt(options, i, step);
    onProgress?.(2 * i + 1, 2 * n);
    const below = above && gradientAt(options, i, -step);
    onProgress?.(2 * i + 2, 2 * n);
    if (!below) return undefined;
    // Half of it here and half where row and column are exchanged.
    for (let j = 0; j < n; j++) {
      const half = (above[j]! - below[j]!) / (4 * step);
      hessian[i * n + j]! += half;
      hessian[j * n + i]! += half;
    }
  }
  return hessian;
}
