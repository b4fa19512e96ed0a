import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { optimiseGeometry } from "#core/quantum/geometry/optimise.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { toBohr } from "#shared/units.ts";
import { water as plane, referenceBasis, resources } from "../chemistry-reference.ts";

/** Hartree/bohr; the stencil below is exact to fourth order and the energies are converged to 1e-11. */
const DIFFERENCE_TOLERANCE = 1e-7;
/** Coefficients of f(x ± h) and f(x ± 2h) in f′(x) h. */
const STENCIL: readonly [number, number][] = [
  [1, 8 / 12],
  [2, -1 / 12],
];

/** The oxygen out of the plane x = 0, so that x matters too. */
const water = { ...plane, coordinates_angstrom: [0.1, ...plane.coordinates_angstrom.slice(1)] };

describe("the gradient", () => {
  it.each([
    { charge: 0, multiplicity: 1, kind: "rhf" },
    { charge: 1, multiplicity: 2, kind: "uhf" },
    { charge: 1, multiplicity: 2, kind: "rohf" },
    { charge: 0, multiplicity: 3, kind: "rohf" },
  ] as const)("of water in $kind with charge $charge is the slope of the energy", async (state) => {
    const { charge, multiplicity, kind } = state;
    const basis = await referenceBasis("6-31g*");
    const open = (coordinates_angstrom: number[]) =>
      openSystem({ geometry: { ...water, coordinates_angstrom }, charge, multiplicity, basis });
    using system = open(water.coordinates_angstrom);
    const tight = { kind, gradientTolerance: 1e-9, energyTolerance: 1e-11 };
    const gradient = nuclearGradient(system, hartreeFock(system, tight));
    const step = 0.003;
    for (const i of [0, 2, 4, 8]) {
      const energy = (shift: number) => {
        using moved = open(water.coordinates_angstrom.map((x, k) => (k === i ? x + shift : x)));
        return hartreeFock(moved, { ...tight, stability: "none" }).energy_hartree;
      };
      const slope = STENCIL.reduce(
        (sum, [k, weight]) => sum + (weight * (energy(k * step) - energy(-k * step))) / toBohr(step),
        0,
      );
      expect(Math.abs(gradient[i]! - slope)).toBeLessThan(DIFFERENCE_TOLERANCE);
    }
    for (const axis of [0, 1, 2]) {
      expect(gradient[axis]! + gradient[axis + 3]! + gradient[axis + 6]!).toBeCloseTo(0, 7);
    }
  });

  it("has the same bits on one and on two threads", async () => {
    const basis = await referenceBasis("6-31g*");
    using one = openSystem({ geometry: water, charge: 0, multiplicity: 1, basis });
    using two = openSystem({ geometry: water, charge: 0, multiplicity: 1, basis, threads: 2 });
    const scf = hartreeFock(one);
    expect(nuclearGradient(two, scf)).toEqual(nuclearGradient(one, scf));
  });

  it("is refused for a field that did not converge", async () => {
    const basis = await referenceBasis("sto-3g");
    using system = openSystem({ geometry: water, charge: 1, multiplicity: 2, basis });
    expect(() => nuclearGradient(system, hartreeFock(system, { maxIterations: 1 }))).toThrow(
      /did not converge/,
    );
  });
});

describe("optimisation", () => {
  it("brings water to the known STO-3G minimum: 0.9894 Å, 100.03° (W. J. Hehre et al., 1986)", async () => {
    const basis = await referenceBasis("sto-3g");
    const result = optimiseGeometry({
      system: { geometry: water, charge: 0, multiplicity: 1, basis },
      scf: { kind: "rhf" },
      gradientTolerance: 1e-5,
    });
    expect(result.outcome).toBe("converged");
    const atom = (i: number) => result.geometry.coordinates_angstrom.slice(3 * i, 3 * i + 3);
    const bond = (i: number) => atom(i).map((x, k) => x - atom(0)[k]!);
    const [a, b] = [bond(1), bond(2)];
    const length = Math.hypot(...a);
    const cosine = a.reduce((sum, x, k) => sum + x * b[k]!, 0) / (length * Math.hypot(...b));
    expect(length).toBeCloseTo(0.9894, 3);
    expect((Math.acos(cosine) * 180) / Math.PI).toBeCloseTo(100.03, 1);
    expect([...result.trace_hartree].sort((x, y) => y - x)).toEqual(result.trace_hartree);
  });

  it("of a radical in ROHF ends where the energy no longer falls", async () => {
    const basis = await referenceBasis("sto-3g");
    const system = { geometry: water, charge: 1, multiplicity: 2, basis };
    const scf = { kind: "rohf" } as const;
    const result = optimiseGeometry({ system, scf, gradientTolerance: 1e-5 });
    expect(result.outcome).toBe("converged");
    for (const shift of [-0.01, 0.01])
      for (const i of [2, 4, 5]) {
        const coordinates_angstrom = result.geometry.coordinates_angstrom.map((x, k) =>
          k === i ? x + shift : x,
        );
        using moved = openSystem({ ...system, geometry: { ...water, coordinates_angstrom } });
        expect(hartreeFock(moved, scf).energy_hartree).toBeGreaterThan(result.energy_hartree);
      }
  });

  it("leaves frozen atoms where they are and says when steps run out", async () => {
    const basis = await referenceBasis("sto-3g");
    const system = { geometry: water, charge: 0, multiplicity: 1, basis };
    const frozen = optimiseGeometry({ system, scf: { kind: "rhf" }, frozen: [0, 1] });
    expect(frozen.outcome).toBe("converged");
    expect(frozen.geometry.coordinates_angstrom.slice(0, 6)).toEqual(water.coordinates_angstrom.slice(0, 6));
    expect(optimiseGeometry({ system, scf: { kind: "rhf" }, maxSteps: 1 }).outcome).toBe("not-converged");
  });

  it("begins at the lowest field, not at that of superposed atoms 15.5 mEh higher (NO, 1.9 Å, ROHF/def2-SVP)", async () => {
    const geometry = { symbols: ["N", "O"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.9] };
    const system = { geometry, charge: 0, multiplicity: 2, basis: await loadBasisSet(resources, "def2-svp") };
    const { trace_hartree } = optimiseGeometry({ system, scf: { kind: "rohf" }, maxSteps: 0 });
    // Computed with PySCF 2.14, the lowest of 11 starts.
    expect(trace_hartree).toEqual([expect.closeTo(-128.8440009766, 7)]);
  });

  it("hands its orbitals on: the energy there is the last of the way", async () => {
    const geometry = { symbols: ["O", "O"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.5] };
    const { hartreeFock: field, optimisation } = await evaluateEnergy(
      {
        geometry,
        charge: 0,
        multiplicity: 3,
        basis: "sto-3g",
        method: "uhf",
        activeSpace: null,
        ansatz: "uccsd",
        maxIterations: 100,
        optimise: { frozen: [] },
      },
      { resources },
    );
    expect(optimisation!.outcome).toBe("converged");
    expect(field.energy_hartree).toBeCloseTo(optimisation!.trace_hartree.at(-1)!, 8);
    expect(field.search!.starts[1]!.start).toBe("orbitals of the optimisation");
  });
});
