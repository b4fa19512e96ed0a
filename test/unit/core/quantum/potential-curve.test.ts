import { describe, expect, it } from "vitest";
import { activeSpaceHamiltonian, frontierActiveSpace, type OrbitalSet } from "#core/quantum/active-space.ts";
import { adaptVqe } from "#core/quantum/adapt.ts";
import { dropForbidden } from "#core/quantum/ansatz.ts";
import { uccsd } from "#core/quantum/ansatz-uccsd.ts";
import { exactBackend } from "#core/quantum/backends/exact.ts";
import { solveCasci } from "#core/quantum/ci.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian.ts";
import { curveAnsatz, followOrbitals, minimiseAlongCurve } from "#core/quantum/potential-curve.ts";
import { hartreeFock, oneElectronIntegrals } from "#core/quantum/scf.ts";
import { openSystem } from "#core/quantum/system.ts";
import { minimiseVqe } from "#core/quantum/vqe.ts";
import { referenceBasis } from "./chemistry-reference.ts";

interface Molecule {
  readonly symbols: string[];
  readonly coordinates_angstrom: number[];
}

/** Hamiltonians of one active space along geometries, in canonical and in followed orbitals. */
async function alongGeometries(molecules: readonly Molecule[], size: { nelec: number; norb: number }) {
  const basis = await referenceBasis("sto-3g");
  const points = { canonical: [] as ActiveHamiltonian[], followed: [] as ActiveHamiltonian[] };
  let last: OrbitalSet | undefined;
  for (const geometry of molecules) {
    using system = openSystem({ geometry, charge: 0, multiplicity: 1, basis });
    const scf = hartreeFock(system, { stability: "check" });
    const space = frontierActiveSpace(scf, size);
    const { overlap } = oneElectronIntegrals(system);
    last = last ? followOrbitals(scf, { last, overlap, space }) : scf;
    points.canonical.push(activeSpaceHamiltonian(system, scf, space));
    points.followed.push(activeSpaceHamiltonian(system, { ...scf, ...last }, space));
  }
  return points;
}

const nitrogen = (r: number): Molecule => ({
  symbols: ["N", "N"],
  coordinates_angstrom: [0, 0, 0, 0, 0, r],
});
/** Four hydrogens in a row, the second moved by `shift`. */
const hydrogens = (shift: number): Molecule => ({
  symbols: ["H", "H", "H", "H"],
  coordinates_angstrom: [0, 0, 0, 0, 0, 0.9 + shift, 0, 0, 1.8 + shift, 0, 0, 2.7],
});

const exactEnergy = (h: ActiveHamiltonian): number =>
  solveCasci(h, { tolerance: 1e-7 }).states[0]!.energy_hartree;
const differences = (values: readonly number[], order: number): number[] =>
  order === 0 ? [...values] : differences(values.slice(1).map((x, k) => x - values[k]!), order - 1); // biome-ignore format: one line
const largest = (values: readonly number[]): number => Math.max(...values.map(Math.abs));
const tight = { gradientTolerance: 1e-7, maxIterations: 1000 };

/** Hartree: CASCI of rotated orbitals, both converged far below. */
const SAME_ENERGY = 1e-9;
/**
 * Fourth differences of the error of VQE at steps of 0.05 Å, Hartree: the fourth derivative of a smooth curve gives some
 * 1e-6, a change in the order of factors some 1e-5.
 */
const KINK = 1.5e-5;

describe("the curve of N2", async () => {
  const distances = Array.from({ length: 9 }, (_, k) => 1.1 + 0.05 * k);
  const { canonical, followed } = await alongGeometries(distances.map(nitrogen), { nelec: 6, norb: 6 });
  const exact = canonical.map(exactEnergy);

  it("has in followed orbitals the same exact energies", () => {
    for (const [k, h] of followed.entries())
      expect(Math.abs(exactEnergy(h) - exact[k]!)).toBeLessThan(SAME_ENERGY);
  });

  it("has no kink with one ansatz, and one where each point chooses its own", async () => {
    const ansatz = curveAnsatz(uccsd(6, [3, 3]), followed);
    const runs = await minimiseAlongCurve(followed, { ansatz, backend: exactBackend, ...tight });
    expect(runs.every(({ outcome }) => outcome === "converged")).toBe(true);
    const errors = runs.map(({ energy_hartree }, k) => energy_hartree - exact[k]!);
    expect(Math.min(...errors)).toBeGreaterThan(0);
    expect(largest(differences(errors, 4))).toBeLessThan(KINK);
    // σ and π orbitals change order near 1.15 Å, and with them the factors.
    const alone = canonical.map(
      (h, k) => minimiseVqe(h, dropForbidden(uccsd(6, [3, 3]), h), tight).energy_hartree - exact[k]!,
    );
    expect(largest(differences(alone, 4))).toBeGreaterThan(2 * KINK);
  });

  it("is refused where an orbital leaves the active space", async () => {
    // At 0.9 Å the window cuts through a pair of π orbitals.
    const jump = alongGeometries([0.9, 1.2].map(nitrogen), { nelec: 6, norb: 6 });
    await expect(jump).rejects.toThrow(/cannot be followed .* left the active space/);
  });
});

describe("a curve from a symmetric geometry", async () => {
  const size = { nelec: 4, norb: 4 };
  const { followed } = await alongGeometries([0, 0.05, 0.1].map(hydrogens), size);
  const ansatz = curveAnsatz(uccsd(4, [2, 2]), followed);

  it("keeps the excitations that only the symmetric point forbids", () => {
    const alone = followed.map((h) => dropForbidden(uccsd(4, [2, 2]), h).nParameters);
    expect(alone[0]).toBeLessThan(alone[1]!);
    expect(ansatz.nParameters).toBe(alone[1]);
  });

  it("has equal energies at mirror images", async () => {
    const mirrored = await alongGeometries([0, -0.05, -0.1].map(hydrogens), size);
    const along = (points: ActiveHamiltonian[]) =>
      minimiseAlongCurve(points, { ansatz, backend: exactBackend, ...tight });
    const [there, here] = [await along(followed), await along(mirrored.followed)];
    for (const [k, { energy_hartree }] of there.entries())
      expect(Math.abs(energy_hartree - here[k]!.energy_hartree)).toBeLessThan(SAME_ENERGY);
    expect(Math.abs(there[2]!.energy_hartree - there[0]!.energy_hartree)).toBeGreaterThan(1e-3);
  });

  it("takes the operators that ADAPT chose at one point to the others", async () => {
    // From the least symmetric point, whose operators serve the others.
    const back = [...followed].reverse();
    const { ansatz: chosen, run } = adaptVqe(back[0]!, { pool: "fermionic" });
    const options = { ansatz: chosen, backend: exactBackend, start: run.parameters };
    const runs = await minimiseAlongCurve(back, options);
    expect(runs[0]!.energy_hartree).toBeCloseTo(run.energy_hartree, 9);
    for (const [k, { energy_hartree }] of runs.entries()) {
      expect(energy_hartree).toBeGreaterThan(exactEnergy(back[k]!) - SAME_ENERGY);
      expect(energy_hartree).toBeLessThan(exactEnergy(back[k]!) + 1e-3);
    }
  });
});
