import { describe, expect, it } from "vitest";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { casscf } from "#core/quantum/multireference/casscf.ts";
import { casscfStarts } from "#core/quantum/multireference/starts.ts";
import { chooseActiveSpace } from "#core/quantum/space/active-space.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { minimumWords } from "#shared/quantum/multireference-result.ts";
import type { SpinStates } from "#shared/quantum/spin-states.ts";
import { type AtomRow, referenceGeometry, resources } from "../chemistry-reference.ts";
import { NO2, O2, WATER } from "./molecules.ts";

const CH2: AtomRow[] = [
  ["C", 0, 0, 0],
  ["H", 0.99125517, 0.42239726, 0],
  ["H", -0.99125517, 0.42239726, 0],
];

interface Case {
  name: string;
  rows: AtomRow[];
  basis: string;
  multiplicity: number;
  orbitals: number[];
  spinStates: SpinStates;
  /** Of the mean. */
  energy: number;
  /** Of each state, in the order of spinStates. */
  corrections: number[];
}

const only = (multiplicity: number, count = 1): SpinStates => [{ multiplicity, count }];

/** PySCF 2.14.0: the lowest of several starts, NEVPT2 on each state; psi4 1.3.2 agrees on the first and the last of them. */
const CASES: Case[] = [
  {
    ...{ name: "water (8,6), singlet", rows: WATER, basis: "6-31g", multiplicity: 1 },
    ...{ orbitals: [1, 2, 3, 4, 5, 6], spinStates: only(1), energy: -76.0392933105 },
    corrections: [-0.070333843],
  },
  {
    ...{ name: "water (8,6), mean of two singlets", rows: WATER, basis: "6-31g", multiplicity: 1 },
    ...{ orbitals: [1, 2, 3, 4, 5, 6], spinStates: only(1, 2), energy: -75.8654532816 },
    corrections: [-0.092973285, -0.077091963],
  },
  {
    ...{ name: "CH2 (2,2), triplet in orbitals of its own", rows: CH2, basis: "6-31g", multiplicity: 1 },
    ...{ orbitals: [3, 4], spinStates: only(3), energy: -38.9068769797, corrections: [-0.056466261] },
  },
  {
    ...{ name: "CH2 (2,2), singlet", rows: CH2, basis: "6-31g", multiplicity: 1, orbitals: [3, 4] },
    ...{ spinStates: only(1), energy: -38.8530813184, corrections: [-0.051769591] },
  },
  {
    ...{ name: "NO2 (5,4), doublet", rows: NO2, basis: "sto-3g", multiplicity: 2 },
    ...{ orbitals: [7, 10, 11, 12], spinStates: only(2), energy: -201.3440841696 },
    corrections: [-0.117958244],
  },
  {
    ...{ name: "O2 (8,6), triplet", rows: O2, basis: "6-31g", multiplicity: 3 },
    ...{ orbitals: [4, 5, 6, 7, 8, 9], spinStates: only(3), energy: -149.6366469188 },
    corrections: [-0.128068309],
  },
];

const requestOf = ({ rows, basis, multiplicity, orbitals, spinStates }: Case): EnergyRequest => ({
  geometry: referenceGeometry(rows),
  ...{ charge: 0, multiplicity, basis, method: "casscf", ansatz: "uccsd", maxIterations: 100, spinStates },
  activeSpace: { rule: "orbitals", orbitals },
  pt2: "nevpt2",
});

describe("CASSCF", () => {
  it.each(CASES)("of $name agrees with an independent program, NEVPT2 too", async (one) => {
    const { multireference: found } = await evaluateEnergy(requestOf(one), { resources });
    expect(found!.outcome).toBe("converged");
    const mean = found!.states.reduce((sum, state) => sum + state.energy_hartree, 0) / found!.states.length;
    expect(Math.abs(mean - one.energy)).toBeLessThan(1e-7);
    for (const [k, { pt2_hartree }] of found!.states.entries())
      expect(Math.abs(pt2_hartree! - one.corrections[k]!)).toBeLessThan(1e-6);
    expect(found!.orbitals!.gradient_hartree).toBeLessThan(1e-6);
    expect(found!.orbitals!.starts).toHaveLength(one.name.startsWith("O2") ? 5 : 11); // more of few orbitals
  });

  it("has the same bits on any number of threads", async () => {
    const runs = [1, 2].map((threads) => evaluateEnergy(requestOf(CASES[3]!), { resources, threads }));
    const [one, two] = await Promise.all(runs);
    expect(two!.multireference!.states).toEqual(one!.multireference!.states);
  });

  it("leaves out a start that cannot be computed, and says so", async () => {
    using system = openSystem({
      geometry: referenceGeometry(WATER),
      ...{ charge: 0, multiplicity: 1, basis: await loadBasisSet(resources, "sto-3g") },
    });
    const scf = hartreeFock(system);
    const chosen = await chooseActiveSpace(system, scf, { request: { nelec: 4, norb: 4 }, resources });
    const unsettled = { ...scf, outcome: "not-converged" as const };
    const { starts, skipped } = casscfStarts(system, { scf: unsettled, chosen }, {});
    expect(starts).toHaveLength(10);
    expect(skipped).toEqual([
      { start: "MP2 natural orbitals", reason: expect.stringContaining("MP2 needs a converged field") },
    ]);
    const [own] = starts;
    const broken = { name: "too few orbitals", orbitals: { ...own.orbitals, norb: 1 } };
    const problem = { electrons: 4, states: only(1), context: {} };
    const { optimisation } = casscf(system, { starts: [own, broken], skipped }, problem);
    expect(optimisation).toMatchObject({
      outcome: "converged",
      start: own.name,
      starts: [{ start: own.name }],
    });
    expect(optimisation.skipped).toEqual([
      ...skipped,
      { start: broken.name, reason: expect.stringContaining("expected at most 0 with spin singlet") },
    ]);
    expect(() => casscf(system, { starts: [broken], skipped: [] }, problem)).toThrow("expected at most 0");
  });

  it("leaves a saddle point downhill, to where other starts lead", async () => {
    using system = openSystem({
      geometry: referenceGeometry(WATER),
      ...{ charge: 0, multiplicity: 1, basis: await loadBasisSet(resources, "sto-3g") },
    });
    const scf = hartreeFock(system);
    const chosen = await chooseActiveSpace(system, scf, { request: { nelec: 4, norb: 4 }, resources });
    const { starts } = casscfStarts(system, { scf, chosen }, {});
    const [own, natural] = starts;
    const problem = { electrons: 4, states: only(1), context: {} };
    const from = (start: typeof own, seeksMinimum: boolean) =>
      casscf(system, { starts: [start], skipped: [] }, { ...problem, seeksMinimum });
    const energyOf = ({ solutions }: ReturnType<typeof from>) =>
      solutions[0]!.solution.states[0]!.energy_hartree;
    const saddle = from(own, false);
    const minimum = from(natural!, true);
    expect(energyOf(saddle)).toBeGreaterThan(energyOf(minimum) + 0.01);
    expect(minimum.optimisation.starts).toHaveLength(1);
    expect(minimum.optimisation.curvature_hartree).toBeGreaterThan(0.01);
    const left = from(own, true);
    expect(energyOf(left)).toBeCloseTo(energyOf(minimum), 8);
    expect(left.optimisation.starts.map(({ start }) => start)).toEqual([
      own.name,
      `downhill from the saddle point of ${own.name}`,
    ]);
    expect(minimumWords(left.optimisation)).toMatch(/^a minimum: .* 0\.0\d\d Hartree$/);
    expect(minimumWords({ ...left.optimisation, curvature_hartree: -0.02 })).toMatch(/^a saddle point/);
    expect(minimumWords({ ...left.optimisation, isCurvatureOpen: true })).toMatch(
      /^not known to be a minimum/,
    );
    expect(minimumWords(saddle.optimisation)).toBeUndefined();
  });

  it("is cancelled", async () => {
    const control = createControlBlock();
    requestCancel(control);
    await expect(evaluateEnergy(requestOf(CASES[0]!), { resources, control })).rejects.toThrow("cancel");
  });
});
