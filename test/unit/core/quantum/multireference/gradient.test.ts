import { describe, expect, it } from "vitest";
import { densityMatrices } from "#core/quantum/ci/density-matrices.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { type CasscfStart, casscf } from "#core/quantum/multireference/casscf.ts";
import { casscfGradient, pairExpansion } from "#core/quantum/multireference/gradient.ts";
import { casscfStarts } from "#core/quantum/multireference/starts.ts";
import { vqeSolver } from "#core/quantum/multireference/vqe-solver.ts";
import { chooseActiveSpace } from "#core/quantum/space/active-space.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { VqeSettings } from "#shared/quantum/vqe.ts";
import { ANGSTROM_PER_BOHR } from "#shared/units.ts";
import { type AtomRow, referenceGeometry, resources } from "../chemistry-reference.ts";

interface Case {
  name: string;
  rows: AtomRow[];
  basis: string;
  multiplicity: number;
  space: { nelec: number; norb: number };
  energy: number;
  gradient: number[];
}

/** PySCF 2.14.0, the lowest of four starts: mc.nuc_grad_method(). */
const CASES: Case[] = [
  {
    name: "a bent and stretched water (4,4), Cartesian d functions",
    rows: [
      ["O", 0, 0, 0],
      ["H", 0.8, 0.1, 0.58],
      ["H", -0.7, 0, 0.62],
    ],
    ...{ basis: "6-31g*", multiplicity: 1, space: { nelec: 4, norb: 4 }, energy: -76.0608769633 },
    gradient: [
      -0.0462301, -0.00218387, 0.01280581, 0.01585456, 0.00207611, 0.01270946, 0.03037554, 0.00010776,
      -0.02551526,
    ],
  },
  {
    name: "O2 (8,6), triplet",
    rows: [
      ["O", 0, 0, 0],
      ["O", 0.1, 0.2, 1.25],
    ],
    ...{ basis: "6-31g", multiplicity: 3, space: { nelec: 8, norb: 6 }, energy: -149.642219685 },
    gradient: [0.00098532, 0.00197065, 0.01231654, -0.00098532, -0.00197065, -0.01231654],
  },
];

/** CASSCF and its gradient; from given orbitals alone where there are some. */
async function found(
  { rows, basis, multiplicity, space }: Omit<Case, "name" | "energy" | "gradient">,
  {
    start,
    threads = 1,
    solver,
  }: { start?: CasscfStart; threads?: number; solver?: Parameters<typeof casscf>[2]["solver"] } = {},
) {
  const set = await loadBasisSet(resources, basis);
  using system = openSystem({
    geometry: referenceGeometry(rows),
    charge: 0,
    multiplicity,
    basis: set,
    threads,
  });
  const scf = hartreeFock(system, { kind: multiplicity === 1 ? "rhf" : "rohf" });
  const chosen = await chooseActiveSpace(system, scf, { request: space, resources });
  const context = { control: undefined };
  const solution = casscf(
    system,
    start ? { starts: [start], skipped: [] } : casscfStarts(system, { scf, chosen, isDear: true }, context),
    {
      ...{ electrons: space.nelec, states: [{ multiplicity, count: 1 }], context },
      ...(solver && { solver }),
    },
  );
  const { nelec, solution: states } = solution.solutions[0]!;
  const { coefficients, energy_hartree } = states.states[0]!;
  const { alpha, beta, two } = densityMatrices({ norb: space.norb, nelec, coefficients });
  const densities = { one: alpha.map((x, k) => x + beta[k]!), two };
  return {
    ...{
      energy: energy_hartree,
      densities,
      orbitals: solution.orbitals,
      outcome: solution.optimisation.outcome,
    },
    gradient: casscfGradient(system, solution.orbitals, densities),
  };
}

const STEP_BOHR = 2e-3;

describe("the gradient of CASSCF", () => {
  it.each(CASES)("of $name is that of an independent program", async (one) => {
    const { energy, gradient } = await found(one);
    expect(Math.abs(energy - one.energy)).toBeLessThan(1e-7);
    for (const [k, slope] of one.gradient.entries())
      expect(Math.abs(gradient[k]! - slope)).toBeLessThan(2e-6);
  });

  it("is the slope of the energy, with VQE in place of exact diagonalisation too", async () => {
    const settings = VqeSettings.parse({ ansatz: "k-upccgsd", layers: 2, starts: 2 });
    const solver = () => vqeSolver(settings, { maxIterations: 3000 });
    const rows = (z: number): AtomRow[] => [
      ["H", 0, 0, 0],
      ["H", 0, 0, z],
      ["H", 1.5, 0, 0.2],
      ["H", 1.5, 0, 1.3],
    ];
    const system = (z: number) => ({
      rows: rows(z),
      basis: "6-31g",
      multiplicity: 1,
      space: { nelec: 2, norb: 3 },
    });
    for (const more of [{}, { solver }]) {
      const at = async (z: number) => (await found(system(z), more)).energy;
      const step = STEP_BOHR * ANGSTROM_PER_BOHR;
      const slope = ((await at(1 + step)) - (await at(1 - step))) / (2 * STEP_BOHR);
      const { gradient, outcome } = await found(system(1), more);
      expect(outcome).toBe("converged");
      expect(Math.abs(gradient[5]! - slope)).toBeLessThan(5e-6);
    }
  });

  it("has no net force, and the same bits on any number of threads", async () => {
    const [one, two] = [await found(CASES[0]!), await found(CASES[0]!, { threads: 2 })];
    expect(two.gradient).toEqual(one.gradient);
    for (const axis of [0, 1, 2]) {
      const net = one.gradient.reduce((sum, x, k) => sum + (k % 3 === axis ? x : 0), 0);
      expect(Math.abs(net)).toBeLessThan(1e-8);
    }
  });

  it("has a two-body density whose expansion gives it back", async () => {
    const { densities } = await found(CASES[1]!);
    const { one, two } = densities;
    const { weights, matrices } = pairExpansion(densities);
    const n = 6;
    for (const [t, u, v, w] of [
      [0, 0, 1, 1],
      [2, 3, 3, 2],
      [4, 1, 0, 5],
      [5, 5, 5, 5],
    ] as const) {
      const at = (p: number, q: number, r: number, s: number) => two[((p * n + q) * n + r) * n + s]!;
      const symmetric = (at(t, u, v, w) + at(u, t, v, w) + at(t, u, w, v) + at(u, t, w, v)) / 4;
      const exchange = one[t * n + v]! * one[u * n + w]! + one[t * n + w]! * one[u * n + v]!;
      const expected = symmetric - one[t * n + u]! * one[v * n + w]! + exchange / 4;
      const sum = weights.reduce(
        (all, weight, k) => all + weight * matrices[(k * n + t) * n + u]! * matrices[(k * n + v) * n + w]!,
        0,
      );
      expect(sum).toBeCloseTo(expected, 10);
    }
  });
});

const request = (more: Partial<EnergyRequest> = {}): EnergyRequest => ({
  geometry: referenceGeometry([
    ["O", 0, 0, 0],
    ["O", 0, 0, 1.3],
  ]),
  ...{ charge: 0, multiplicity: 3, basis: "sto-3g", method: "casscf", ansatz: "uccsd", maxIterations: 100 },
  activeSpace: { nelec: 8, norb: 6 },
  optimise: { frozen: [] },
  ...more,
});

describe("an optimisation by CASSCF", () => {
  it("ends where its own energy is stationary, not that of Hartree–Fock", async () => {
    const result = await evaluateEnergy(request(), { resources });
    const { optimisation, multireference, hartreeFock: field } = result;
    expect(optimisation).toMatchObject({ outcome: "converged" });
    const energy = multireference!.states[0]!.energy_hartree;
    expect(Math.abs(energy - optimisation!.trace_hartree.at(-1)!)).toBeLessThan(1e-7);
    expect(field.energy_hartree - energy).toBeGreaterThan(0.01);
    const length = (x: number[]) => Math.hypot(x[3]! - x[0]!, x[4]! - x[1]!, x[5]! - x[2]!);
    const relaxed = length(optimisation!.geometry.coordinates_angstrom);
    const byField = await evaluateEnergy(request({ method: "rohf", activeSpace: null }), { resources });
    expect(relaxed - length(byField.optimisation!.geometry.coordinates_angstrom)).toBeGreaterThan(0.01);
    const near = async (by: number) => {
      const geometry = referenceGeometry([
        ["O", 0, 0, 0],
        ["O", 0, 0, relaxed + by],
      ]);
      const { optimise: _, ...still } = request({ geometry });
      return (await evaluateEnergy(still, { resources })).multireference!.states[0]!.energy_hartree;
    };
    expect(await near(0.01)).toBeGreaterThan(energy);
    expect(await near(-0.01)).toBeGreaterThan(energy);
  });

  it.each([
    [{ states: 2 }, "expected one state, whose orbitals are its own, got the mean of 2"],
    [{ dispersion: "d3bj" as const }, "dispersion"],
  ] satisfies [Partial<EnergyRequest>, string][])("refuses %j", async (more, message) => {
    await expect(evaluateEnergy(request(more), { resources })).rejects.toThrow(message);
  });
});
