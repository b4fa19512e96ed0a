import { describe, expect, it } from "vitest";
import { evaluateCurve } from "#core/quantum/evaluate/curve.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import {
  type ReferenceMolecule,
  readReference,
  referenceGeometry,
  resources,
  water,
} from "../chemistry-reference.ts";

interface Entry extends ReferenceMolecule {
  dielectric: number;
  energy: number;
  gas_phase: number;
  mp2_correlation: number;
  casci: number;
}
const { entries } = readReference<{ entries: Entry[] }>("solvent_fields.json");
const formaldehyde = entries.find(({ id }) => id === "formaldehyde 6-31G")!; // by its name

const request = (change: Partial<EnergyRequest>): EnergyRequest => ({
  geometry: referenceGeometry(formaldehyde.geometry_angstrom),
  ...{ charge: 0, multiplicity: 1, basis: "6-31g", method: "rhf", activeSpace: { nelec: 4, norb: 4 } },
  ...{ ansatz: "uccsd", maxIterations: 200, solvent: { dielectric: formaldehyde.dielectric } },
  ...change,
});
const evaluated = async (change: Partial<EnergyRequest>) => {
  const asked = request(change);
  const result = await evaluateEnergy(asked, { resources });
  return { result, energy: methodEnergy(asked, result)!, solvent: result.hartreeFock.solvent };
};

describe("an energy in a solvent", () => {
  it("says what solvation is, and what it leaves out", async () => {
    const { result, energy, solvent } = await evaluated({});
    expect(Math.abs(energy - formaldehyde.energy)).toBeLessThan(1e-6);
    expect(
      Math.abs(solvent!.solvation_hartree! - (formaldehyde.energy - formaldehyde.gas_phase)),
    ).toBeLessThan(1e-6);
    expect(result.notes.join(" ")).toContain("electrostatics of a continuum alone");
    expect(result.notes.join(" ")).not.toContain("Correlation");
  });

  it("by MP2 and CASCI is in the reaction field of Hartree and Fock's density, and says so", async () => {
    const mp2 = await evaluated({ method: "mp2" });
    expect(Math.abs(mp2.energy - formaldehyde.energy - formaldehyde.mp2_correlation)).toBeLessThan(1e-6);
    const casci = await evaluated({ method: "casci" });
    expect(Math.abs(casci.energy - formaldehyde.casci)).toBeLessThan(1e-6);
    for (const { result } of [mp2, casci])
      expect(result.notes.join(" ")).toContain("does not answer the correlated one");
  });

  it("by other methods of an active space is of the same Hamiltonian", async () => {
    const [vqe, casscf] = [await evaluated({ method: "vqe" }), await evaluated({ method: "casscf" })];
    expect(Math.abs(vqe.result.casci!.energy_hartree - formaldehyde.casci)).toBeLessThan(1e-6);
    expect(casscf.energy).toBeLessThan(formaldehyde.casci);
    expect(casscf.energy).toBeGreaterThan(formaldehyde.casci - 0.1);
  });

  it("by coupled cluster is exact for two electrons of that Hamiltonian", async () => {
    const hydrogen = { symbols: ["H", "F"], coordinates_angstrom: [0, 0, 0, 0, 0, 1] };
    const two = { geometry: hydrogen, charge: 8, basis: "sto-3g", frozenCore: false } as const;
    const [exact, coupled] = [
      await evaluated({ ...two, method: "fci" }),
      await evaluated({ ...two, method: "ccsd" }),
    ];
    expect(coupled.solvent!.solvation_hartree).toBeLessThan(-1);
    expect(Math.abs(coupled.energy - exact.energy)).toBeLessThan(1e-7);
    expect(coupled.energy).toBeLessThan(coupled.result.hartreeFock.energy_hartree - 1e-4);
  });

  it("of an open shell beside a closed one is solvated too", async () => {
    const open = { charge: 1, multiplicity: 2, openShell: "hole" } as const;
    const { solvent, result } = await evaluated({ ...open, method: "mp2" });
    expect(result.mp2).not.toBeNull();
    // A singly charged ion of this size: 2 to 3 eV.
    expect(solvent!.solvation_hartree).toBeLessThan(-0.07);
    expect(solvent!.solvation_hartree).toBeGreaterThan(-0.13);
  });

  it("is that of the field's minimum in the solvent where it is optimised", async () => {
    const free = { geometry: water, basis: "sto-3g", optimise: { frozen: [] } };
    const relaxed = await evaluated({ ...free, vibrations: GasConditions.parse({}) });
    expect(relaxed.result.optimisation).toMatchObject({ outcome: "converged" });
    expect(relaxed.result.vibrations).toMatchObject({ outcome: "minimum" });
    const { geometry } = relaxed.result.optimisation!; // it was asked for
    const coordinates_angstrom = geometry.coordinates_angstrom.map((x, i) => x + (i === 4 ? 0.01 : 0));
    const moved = await evaluated({ geometry: { ...geometry, coordinates_angstrom }, basis: "sto-3g" });
    expect(moved.energy).toBeGreaterThan(relaxed.energy);
  });

  it("is of every frame of a curve", async () => {
    const frames = [
      water,
      { ...water, coordinates_angstrom: water.coordinates_angstrom.map((x) => 1.05 * x) },
    ];
    const curve = await evaluateCurve(
      frames.map((geometry) => request({ geometry, basis: "sto-3g" })),
      { resources },
    );
    for (const { hartreeFock } of curve.points)
      expect(hartreeFock.solvent!.solvation_hartree).toBeLessThan(-0.003);
  });
});
