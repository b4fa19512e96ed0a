/** Properties of a self-consistent field. */
import { toBohr } from "#shared/units.ts";
import { callNative } from "../native/native.ts";
import { oneElectronIntegrals, type ScfResult } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";

interface ScfProperties {
  /** e·a0, about the origin of the coordinates: for an ion it depends on the origin. */
  readonly dipole_au: readonly [number, number, number];
  /** Partial charge of each atom, e. R. S. Mulliken, doi:10.1063/1.1740588. */
  readonly mullikenCharges: Float64Array;
  /**
   * Partial charge of each atom, e, from orthogonalised functions S^−½ χ. P.-O. Löwdin, doi:10.1063/1.1747632. With
   * Cartesian d functions they depend a little on the orientation (I. Mayer, doi:10.1016/j.cplett.2004.06.031).
   */
  readonly lowdinCharges: Float64Array;
  /** ⟨S²⟩ of the determinant. */
  readonly spinSquared: number;
}

const trace = (a: Float64Array, b: Float64Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
};

/** tr A S B S for symmetric A, B, S of order n. */
function overlapTrace(a: Float64Array, b: Float64Array, s: Float64Array, n: number): number {
  const product = (m: Float64Array) => {
    const result = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      for (let k = 0; k < n; k++) {
        const x = m[i * n + k]!;
        for (let j = 0; j < n; j++) result[i * n + j]! += x * s[k * n + j]!;
      }
    return result;
  };
  const left = product(a);
  const right = product(b);
  let sum = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += left[i * n + j]! * right[j * n + i]!;
  return sum;
}

/** ⟨S²⟩ = Sz(Sz+1) + nβ − tr DαSDβS of the determinant of a field. Cost nBasis³. */
export function spinSquareOf(system: QuantumSystem, scf: ScfResult, overlap: Float64Array): number {
  const [nAlpha, nBeta] = scf.nelec;
  const sz = (nAlpha - nBeta) / 2;
  const [alpha, beta = alpha] = scf.densities;
  const shared = scf.kind === "uhf" ? overlapTrace(alpha, beta, overlap, system.nBasis) : nBeta;
  return sz * (sz + 1) + nBeta - shared;
}

/** Dipole moment, Mulliken and Löwdin charges and ⟨S²⟩. Cost nBasis³. */
export function scfProperties(system: QuantumSystem, scf: ScfResult): ScfProperties {
  const n = system.nBasis;
  const integrals = oneElectronIntegrals(system);
  const [alpha, beta = alpha] = scf.densities;
  const density = alpha.map((value, i) => value + beta[i]!);
  const positions = system.geometry.coordinates_angstrom;
  const component = (axis: number, name: "dipoleX" | "dipoleY" | "dipoleZ"): number => {
    const nuclear = system.charges.reduce((sum, z, atom) => sum + z * toBohr(positions[3 * atom + axis]!), 0);
    return nuclear - trace(density, integrals[name]);
  };
  const mullikenCharges = Float64Array.from(system.charges);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      mullikenCharges[system.functionAtoms[i]!]! -= density[i * n + j]! * integrals.overlap[i * n + j]!;
  const populations = callNative((addon) => addon.lowdinPopulations({ system: system.handle, density }));
  const lowdinCharges = Float64Array.from(system.charges);
  for (const [i, population] of populations.entries()) lowdinCharges[system.functionAtoms[i]!]! -= population;
  return {
    dipole_au: [component(0, "dipoleX"), component(1, "dipoleY"), component(2, "dipoleZ")],
    mullikenCharges,
    lowdinCharges,
    spinSquared: spinSquareOf(system, scf, integrals.overlap),
  };
}
