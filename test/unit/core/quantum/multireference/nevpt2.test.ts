import { describe, expect, it } from "vitest";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { nevpt2Memory_bytes } from "#core/quantum/multireference/nevpt2.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { lowestState, totalEnergy } from "#shared/quantum/multireference-result.ts";
import { type AtomRow, referenceGeometry, resources } from "../chemistry-reference.ts";
import { NO2, O2, WATER } from "./molecules.ts";

const SQUARE_H4: AtomRow[] = [
  ["H", 0, 0, 0],
  ["H", 1, 0, 0],
  ["H", 1, 1, 0],
  ["H", 0, 1, 0],
];

/** PySCF 2.14.0, strongly contracted, CASCI in canonical RHF or ROHF orbitals; multiplicity, energy, correction. */
const CASES: {
  name: string;
  rows: AtomRow[];
  basis: string;
  multiplicity: number;
  orbitals: number[];
  states: [number, number, number][];
}[] = [
  {
    ...{ name: "water (8,6)", rows: WATER, basis: "6-31g", multiplicity: 1, orbitals: [1, 2, 3, 4, 5, 6] },
    states: [
      [1, -75.9951708933, -0.104538804],
      [3, -75.6836585009, -0.127619206],
    ],
  },
  {
    ...{ name: "water (4,4)", rows: WATER, basis: "6-31g", multiplicity: 1, orbitals: [3, 4, 5, 6] },
    states: [
      [1, -75.9850935455, -0.125711265],
      [3, -75.6560867442, -0.18873602],
    ],
  },
  {
    ...{ name: "NO2 (5,4)", rows: NO2, basis: "sto-3g", multiplicity: 2, orbitals: [7, 10, 11, 12] },
    states: [[2, -201.3246005046, -0.127141483]],
  },
  {
    ...{ name: "O2 (8,6)", rows: O2, basis: "6-31g", multiplicity: 3, orbitals: [4, 5, 6, 7, 8, 9] },
    states: [[3, -149.5998404636, -0.16993355]],
  },
  {
    ...{ name: "square H4, all of it active", rows: SQUARE_H4, basis: "sto-3g", multiplicity: 1 },
    orbitals: [0, 1, 2, 3],
    states: [
      [1, -1.9151065495, 0],
      [3, -1.9007795021, 0],
    ],
  },
];

const requestOf = ({
  rows,
  basis,
  multiplicity,
  orbitals,
  states,
}: (typeof CASES)[number]): EnergyRequest => ({
  geometry: referenceGeometry(rows),
  ...{ charge: 0, multiplicity, basis, method: "casci", ansatz: "uccsd", maxIterations: 100 },
  activeSpace: { rule: "orbitals", orbitals },
  spinStates: states.map(([spin]) => ({ multiplicity: spin, count: 1 })),
  pt2: "nevpt2",
});

describe("strongly contracted NEVPT2", () => {
  it.each(CASES)("of $name agrees with an independent program", async (one) => {
    const { multireference: found } = await evaluateEnergy(requestOf(one), { resources });
    for (const [k, [multiplicity, energy, correction]] of one.states.entries()) {
      const state = found!.states[k]!;
      expect(state.multiplicity).toBe(multiplicity);
      expect(Math.abs(state.energy_hartree - energy)).toBeLessThan(1e-7);
      // Of first order in what is left of the field's gradient, 1e-8.
      expect(Math.abs(state.pt2_hartree! - correction)).toBeLessThan(1e-6);
    }
    expect(totalEnergy(lowestState(found!)!)).toBe(Math.min(...found!.states.map(totalEnergy)));
  });

  it("is none where a function outside the space lies below the state, which is then not converged", async () => {
    const water = { ...CASES[0]!, basis: "6-31++g**", orbitals: [4, 5], states: [] };
    const spinStates = [{ multiplicity: 1, count: 3 }];
    const { multireference: found } = await evaluateEnergy(
      { ...requestOf(water), spinStates },
      { resources },
    );
    expect(found!.states.map(({ outcome }) => outcome)).toEqual(["converged", "converged", "not-converged"]);
    expect(found!.states.map(({ pt2_hartree }) => pt2_hartree === null)).toEqual([false, false, true]);
    expect(found!.states[2]!.lowestPerturber_hartree).toBeLessThan(-0.5);
    expect([found!.outcome, lowestState(found!)]).toEqual(["not-converged", null]);
  });

  it("has the same bits on any number of threads", async () => {
    const runs = [1, 3].map((threads) => evaluateEnergy(requestOf(CASES[0]!), { resources, threads }));
    const [one, three] = await Promise.all(runs);
    expect(three!.multireference!.states).toEqual(one!.multireference!.states);
  });

  it("is cancelled", async () => {
    const control = createControlBlock();
    requestCancel(control);
    await expect(evaluateEnergy(requestOf(CASES[0]!), { resources, control })).rejects.toThrow("cancel");
  });

  it("is added to states by their spin alone", async () => {
    const { spinStates: _, ...request } = requestOf(CASES[0]!);
    await expect(evaluateEnergy(request, { resources })).rejects.toThrow("expected states by their spin");
  });
});

it("holds integrals of active and lower orbitals beside 1 GiB of work", () => {
  // 8 bytes for each of 6 · 10 · 100².
  expect(nevpt2Memory_bytes({ norb: 6, nCore: 4, nOrbitals: 100 })).toBe(2 ** 30 + 4.8e6);
});
