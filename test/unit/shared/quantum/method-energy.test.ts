import { describe, expect, it } from "vitest";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { energyTitle, methodEnergy } from "#shared/quantum/method-energy.ts";

const found = (energy_hartree: number) => ({ outcome: "converged", energy_hartree });
const lost = { outcome: "not-converged", energy_hartree: -99 };
const state = (multiplicity: number, energy_hartree: number, pt2_hartree: number | null = null) => ({
  multiplicity,
  energy_hartree,
  pt2_hartree,
});
const states = (...all: ReturnType<typeof state>[]) => ({ outcome: "converged", states: all });
const energy = (method: Parameters<typeof methodEnergy>[0]["method"], result: object) =>
  methodEnergy({ method }, result as Partial<EnergyResult>);

describe("the energy of the method asked for", () => {
  it.each(["rhf", "uhf", "rohf"] as const)("is the field's of %s", (method) => {
    expect(energy(method, { hartreeFock: found(-1) })).toBe(-1);
    expect(energy(method, { hartreeFock: lost })).toBeNull();
  });

  it.each(["fci", "vqe", "casci"] as const)("is that of %s, and none where it did not converge", (method) => {
    expect(energy(method, { hartreeFock: found(-1), [method]: found(-2) })).toBe(-2);
    expect(energy(method, { hartreeFock: found(-1), [method]: lost })).toBeNull();
    expect(energy(method, { hartreeFock: lost, [method]: null })).toBeNull();
  });

  it("is the total of MP2 and of selected CI", () => {
    expect(energy("mp2", { mp2: { energy_hartree: -2, correlation_hartree: -1 } })).toBe(-2);
    expect(energy("mp2", { mp2: null })).toBeNull();
    const sci = { outcome: "converged", states: [{ energy_hartree: -2, pt2_hartree: -0.5 }] };
    expect(energy("sci", { sci })).toBe(-2.5);
    expect(energy("sci", { sci: { ...sci, outcome: "not-converged" } })).toBeNull();
  });

  it.each(["casci", "casscf"] as const)(
    "is the lowest corrected one of %s's states by their spin",
    (method) => {
      const casci = found(-1);
      expect(energy(method, { casci, multireference: states(state(3, -0.5)) })).toBe(-0.5);
      const crossed = states(state(1, -1, -0.1), state(3, -0.9, -0.3));
      expect(energy(method, { casci, multireference: crossed })).toBeCloseTo(-1.2, 12);
      expect(energy(method, { casci, multireference: { ...crossed, outcome: "not-converged" } })).toBeNull();
    },
  );
});

it("is called by the method with its correction", () => {
  expect(energyTitle({ method: "casscf", pt2: "nevpt2" })).toBe("CASSCF+NEVPT2");
  expect(energyTitle({ method: "casci" })).toBe("CASCI");
});
