import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { isReached } from "#shared/quantum/is-reached.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import { vibrationRemarks } from "../../../src/cli/commands/energy/print-vibrations.ts";
import { flatten } from "../../../src/cli/commands/energy/result-json.ts";
import { resources } from "../core/quantum/chemistry-reference.ts";

const H2: EnergyRequest = {
  geometry: { symbols: ["H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.74] },
  ...{ charge: 0, multiplicity: 1, basis: "6-31g", method: "vqe", activeSpace: { nelec: 2, norb: 3 } },
  ...{ ansatz: "uccsd", maxIterations: 200 },
};
const documentOf = async (change: Partial<EnergyRequest>) => {
  const request = { ...H2, ...change };
  return flatten(request, await evaluateEnergy(request, { resources }), "here");
};
const singlet = { spinStates: [{ multiplicity: 1, count: 1 }] };

describe("the document of ansatz energy", () => {
  it.each([
    ["rhf", "hartreeFock", {}],
    ["mp2", "mp2", {}],
    ["fci", "fci", {}],
    ["vqe", "vqe", {}],
    ["casci", "casci", singlet],
  ] as const)("gives the energy of %s under its own name too", async (method, name, change) => {
    const found = await documentOf({ method, ...change });
    expect(found.converged).toBe(true);
    expect(found.energy_hartree).toBeLessThan(-1);
    expect(found.energy_hartree).toBe(found[`${name}_hartree`]);
  });

  it.each(["sci", "casscf"] as const)("gives energy, outcome and time of %s", async (method) => {
    const found = await documentOf({ method, ...(method === "casscf" && singlet) });
    expect(found.energy_hartree).toBeLessThan(found.hartreeFock_hartree!);
    expect(found.outcomes[method]).toBe("converged");
    expect(found.timings_ms[method]).toBeGreaterThan(0);
    expect([found.outcomes.casci, found.timings_ms.casci]).toEqual([null, null]);
  });

  it("gives the energy of a density functional with its grid, and none of Hartree and Fock", async () => {
    const found = await documentOf({ method: "b3lyp", grid: "coarse" });
    expect(found).toMatchObject({ functional: "b3lyp", reference: "rks", hartreeFock_hartree: null });
    expect(found.energy_hartree).toBeLessThan(-1.1);
    expect(found.outcomes).toMatchObject({ kohnSham: "converged", hartreeFock: null });
    expect(found.grid).toMatchObject({ level: "coarse" });
    expect(Math.abs(found.grid!.error_hartree!)).toBeLessThan(1e-4); // it converged
  });

  it("gives a solvent with what it does to the field", async () => {
    const found = await documentOf({ method: "rhf", solvent: { name: "acetonitrile" } });
    const gas = await documentOf({ method: "rhf" });
    expect(found.solvent).toMatchObject({
      ...{ name: "acetonitrile", dielectric: 35.688, model: "c-pcm", radii: "1.2 × Bondi" },
    });
    expect(found.solvent!.points).toBeGreaterThan(300);
    expect(found.gasPhase_hartree! - gas.energy_hartree!).toBeCloseTo(0, 8);
    expect(found.solvation_hartree).toBe(found.energy_hartree! - found.gasPhase_hartree!);
    expect(found.solventTerm_hartree).toBeLessThan(found.solvation_hartree!);
    expect(gas).not.toHaveProperty("solvent");
  });

  it("gives the energy of the state asked for, corrected, and before the correction beside it", async () => {
    const spinStates = [{ multiplicity: 3, count: 1 }];
    const found = await documentOf({ method: "casci", spinStates, pt2: "nevpt2" });
    const [state] = found.states as { energy_hartree: number; pt2_hartree: number }[];
    expect(found.energy_hartree).toBe(state!.energy_hartree + state!.pt2_hartree);
    expect(found).toHaveProperty("reference_hartree", state!.energy_hartree);
    expect(found.energy_hartree).toBeGreaterThan(found.casci_hartree! + 0.3);
  });

  it("gives vibrations and thermal energies of a functional at its minimum, and nulls where none were asked for", async () => {
    const vibrations = GasConditions.parse({});
    const found = await documentOf({
      ...{ method: "pbe", grid: "coarse", vibrations, optimise: { frozen: [] } },
    });
    expect(found).toMatchObject({ converged: true, outcomes: { vibrations: "minimum" } });
    const [wave] = found.frequencies_per_cm!; // asked for
    // PBE in 6-31G: 4300 cm⁻¹ to a hundred.
    expect(wave).toBeGreaterThan(4100);
    expect(wave).toBeLessThan(4500);
    expect(found.zeroPoint_hartree).toBeCloseTo(wave! / 2 / 219474.6313614, 9);
    const { terms } = found.vibrations!; // asked for
    expect(found.enthalpy_hartree).toBe(found.energy_hartree! + terms!.enthalpy_hartree);
    expect(found.gibbs_hartree).toBe(found.energy_hartree! + terms!.gibbs_hartree);
    const none = await documentOf({ method: "rhf" });
    expect([none.frequencies_per_cm, none.zeroPoint_hartree, none.gibbs_hartree]).toEqual([null, null, null]);
  });

  it("has not been reached where a relaxation ends on a saddle, and says what helps", () => {
    const field = { outcome: "converged", excited: [] };
    const result = (outcome: string, optimisation: object | null) =>
      ({
        ...{ hartreeFock: field, optimisation, ions: [] },
        vibrations: { outcome, frequencies_per_cm: [-321.4, 700] },
      }) as unknown as EnergyResult;
    expect(isReached(result("not-a-minimum", field))).toBe(false);
    expect(isReached(result("not-a-minimum", null))).toBe(true);
    expect(isReached(result("not-converged", null))).toBe(false);
    expect(isReached(result("minimum", field))).toBe(true);
    expect(vibrationRemarks(result("not-a-minimum", field)).join()).toMatch(
      /saddle, not a minimum: 1 imaginary frequency, the largest 321i cm⁻¹.*Relax again from/,
    );
    expect(vibrationRemarks(result("not-converged", null)).join()).toMatch(/--optimize/);
    expect(vibrationRemarks(result("minimum", field))).toEqual([]);
  });

  it("has not converged where a state above has not", () => {
    const part = (outcome: string) => ({ outcome, excited: [{ outcome: "converged" }] });
    const lost = { outcome: "converged", excited: [{ outcome: "not-converged" }] };
    const result = (vqe: object) =>
      ({ hartreeFock: part("converged"), vqe, ions: [] }) as unknown as EnergyResult;
    expect(isReached(result(part("converged")))).toBe(true);
    expect(isReached(result(lost))).toBe(false);
  });
});
