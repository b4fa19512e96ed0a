import { describe, expect, it } from "vitest";
import { hartreeFock, oneElectronIntegrals } from "#core/quantum/field/scf.ts";
import { activeSpaceHamiltonian } from "#core/quantum/space/active-space.ts";
import { openReference, readReference } from "./chemistry-reference.ts";

/** References are printed to 1e-11 or better; this is the accuracy that the README of the set suggests. */
const INTEGRAL_TOLERANCE = 1e-9;

interface IntegralEntry {
  id: string;
  geometry_angstrom: [string, number, number, number][];
  charge: number;
  basis: string;
  n_basis_functions: number;
  overlap: number[][];
  kinetic: number[][];
  nuclear_attraction: number[][];
  dipole_xyz_origin_0: number[][][];
  eri_chemist_packed: number[];
}

const { entries } = readReference<{ entries: IntegralEntry[] }>("ao_integrals.json");

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  expect(a.length).toBe(b.length);
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
};

describe.each(entries)("integrals of $id", (entry) => {
  it("agree with an independent program: overlap, kinetic, nuclear attraction, dipole", async () => {
    using system = await openReference(entry);
    const integrals = oneElectronIntegrals(system);
    expect(system.nBasis).toBe(entry.n_basis_functions);
    expect(largestDifference(integrals.overlap, entry.overlap.flat())).toBeLessThan(INTEGRAL_TOLERANCE);
    expect(largestDifference(integrals.kinetic, entry.kinetic.flat())).toBeLessThan(INTEGRAL_TOLERANCE);
    expect(largestDifference(integrals.nuclearAttraction, entry.nuclear_attraction.flat())).toBeLessThan(
      INTEGRAL_TOLERANCE,
    );
    for (const [axis, name] of (["dipoleX", "dipoleY", "dipoleZ"] as const).entries()) {
      expect(largestDifference(integrals[name], entry.dipole_xyz_origin_0[axis]!.flat())).toBeLessThan(
        INTEGRAL_TOLERANCE,
      );
    }
  });

  it("agree with an independent program: electron repulsion", async () => {
    using system = await openReference(entry);
    const n = system.nBasis;
    // the basis functions themselves as orbitals of an active space without core
    const identity = new Float64Array(n * n);
    for (let i = 0; i < n; i++) identity[i * n + i] = 1;
    const scf = { ...hartreeFock(system), orbitals: [identity] as const, nelec: [0, 0] as const };
    const space = { nelec: 0, norb: n, orbitals: Array.from({ length: n }, (_, i) => i) };
    const { twoBodyTensor } = activeSpaceHamiltonian(system, scf, space);
    const packed: number[] = [];
    for (let i = 0; i < n; i++)
      for (let j = 0; j <= i; j++)
        for (let k = 0; k <= i; k++)
          for (let l = 0; l <= (k === i ? j : k); l++)
            packed.push(twoBodyTensor[((i * n + j) * n + k) * n + l]!);
    expect(largestDifference(packed, entry.eri_chemist_packed)).toBeLessThan(INTEGRAL_TOLERANCE);
  });
});
