/** Harmonic vibrations of a molecule at a stationary point. */
import { atomicWeight } from "#shared/molecule/atomic-weights.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { symmetricEigen } from "#shared/symmetric-eigen.ts";
import { ELECTRON_MASSES_PER_DALTON, PER_CENTIMETRE_PER_HARTREE } from "#shared/units.ts";
import { freeMotions, principalAxes } from "./inertia.ts";

/** A molecule as a free body. */
export interface FreeBody {
  /** Da. */
  readonly mass: number;
  /** Rising, Da bohr²; the first is 0 for a linear molecule, all are for an atom. */
  readonly momentsOfInertia: readonly [number, number, number];
  /** Å, of the masses. */
  readonly centre: readonly [number, number, number];
}

export interface Vibrations {
  /** Rising, cm⁻¹; negative numbers stand for imaginary ones, along which the energy falls. 3n − 6, 3n − 5 or 0 of them. */
  readonly frequencies_per_cm: readonly number[];
  /** How the atoms move in each of them, x y z of each in turn, of any length and sign: displacements, not weighted by masses. */
  readonly modes: readonly (readonly number[])[];
}

/** Force constants of free motion are moved up there, out of the way, Hartree/(bohr² electron mass). */
const FREE_MOTION = 1e3;

/** Of atoms as nature mixes their isotopes, Da. */
const naturalMasses = ({ symbols }: Geometry): number[] => symbols.map(atomicWeight);

/** @param masses of each atom, Da */
export function freeBody(geometry: Geometry, masses: readonly number[] = naturalMasses(geometry)): FreeBody {
  const { weight: mass, centre, moments } = principalAxes(geometry, masses);
  return { mass, centre, momentsOfInertia: moments };
}

/**
 * Harmonic frequencies: the mass-weighted Hessian with translations and rotations projected out (E. B. Wilson, J. C. Decius,
 * P. C. Cross, Molecular Vibrations, 1955, ch. 2).
 *
 * @param geometry a stationary point: elsewhere rotations mix with vibrations
 * @param hessian Hartree/bohr², [3n, 3n]. Cost: some 10 (3n)³.
 * @param masses_dalton of each atom
 */
export function vibrations(
  geometry: Geometry,
  hessian: Float64Array,
  masses_dalton: readonly number[] = naturalMasses(geometry),
): Vibrations {
  const n = geometry.coordinates_angstrom.length;
  const masses = masses_dalton.map((mass) => mass * ELECTRON_MASSES_PER_DALTON);
  const free = freeMotions(geometry, masses_dalton);
  const weighted = hessian.map((h, k) => {
    const [i, j] = [Math.floor(k / n), k % n];
    // Every coordinate belongs to an atom.
    return h / Math.sqrt(masses[Math.floor(i / 3)]! * masses[Math.floor(j / 3)]!);
  });
  const { values, vectors } = symmetricEigen(withoutFree(weighted, free));
  const wave = (value: number) => Math.sign(value) * Math.sqrt(Math.abs(value)) * PER_CENTIMETRE_PER_HARTREE;
  const frequencies_per_cm = [...values.subarray(0, n - free.length)].map(wave);
  const modes = frequencies_per_cm.map((_, k) =>
    // Every coordinate belongs to an atom, every value to a vector.
    Array.from(vectors[k]!, (x, i) => x / Math.sqrt(masses[Math.floor(i / 3)]!)),
  );
  return { frequencies_per_cm, modes };
}

/** (1 − P) F (1 − P) + λ P, with P onto the free motions. */
function withoutFree(f: Float64Array, free: readonly Float64Array[]): Float64Array {
  const n = Math.sqrt(f.length);
  const projected = f.slice();
  for (const v of free) {
    const along = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) along[i]! += projected[i * n + j]! * v[j]!;
    const whole = along.reduce((sum, x, i) => sum + x * v[i]!, 0);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        projected[i * n + j]! +=
          (whole + FREE_MOTION) * v[i]! * v[j]! - along[i]! * v[j]! - v[i]! * along[j]!;
  }
  return projected;
}
