import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { dryRun } from "#core/quantum/properties/dry-run.ts";
import { evaluateCandidate } from "#core/quantum/properties/evaluate.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import { PROTOCOLS } from "#core/quantum/properties/registry.ts";
import { propertyOf } from "#shared/properties/find.ts";
import { REFERENCE_ELECTRODES } from "#shared/properties/reference-electrodes.ts";
import { completeSettings, type PropertySettings } from "#shared/properties/settings.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { fromElectronVolt, toElectronVolt } from "#shared/units.ts";
import { readReference, resources } from "../chemistry-reference.ts";

const geometry = {
  symbols: ["O", "H", "H"],
  coordinates_angstrom: [0, 0, 0.117, 0, 0.757, -0.469, 0, -0.757, -0.469],
};

const candidateOf = (settings: PropertySettings, property: "oxidation-potential" | "reduction-potential") =>
  ({
    geometry,
    molblock: "",
    structures: { lostBond: () => undefined },
    ...{ charge: 0, multiplicity: 1 },
    level: { basis: "6-31g*", activeSpace: null, ansatz: "uccsd", maxIterations: 200 },
    settings: completeSettings(property, settings),
  }) as unknown as Candidate;

/** A field of a functional, Hartree. */
const field = (energy_hartree: number, charge: number): EnergyResult =>
  ({
    charge,
    multiplicity: charge === 0 ? 1 : 2,
    hartreeFock: { outcome: "converged", energy_hartree, kohnSham: { functional: "b3lyp" } },
    mp2: null,
  }) as unknown as EnergyResult;

describe("a redox potential", () => {
  it("of water in acetonitrile against ferrocene is PySCF's ionisation energy there less the electrode's", async () => {
    const { cases } = readReference<{
      cases: { solvent: string | null; property: string; value_hartree: number }[];
    }>("functional_protocols.json");
    const { value_hartree } = cases.find(
      ({ solvent, property }) => solvent === "acetonitrile" && property === "vertical-ionisation-energy",
    )!;
    const settings = { method: "pbe0", reference: "fc", nuclei: "vertical" };
    const { evaluation } = await evaluateCandidate(
      "oxidation-potential",
      candidateOf(settings, "oxidation-potential"),
      (request) => evaluateEnergy(request, { resources }),
    );
    expect(evaluation.outcome).toBe("converged");
    expect(evaluation.values.oxidationPotential_volt).toBeCloseTo(toElectronVolt(value_hartree) - 4.84, 2);
  });

  it("of a molecule that takes an electron up is that of molecule and anion, the same in steps of the electrodes", () => {
    const results = { neutral: field(-10, 0), "vertical-anion": field(-10 - fromElectronVolt(3), -1) };
    const against = (reference: string) => {
      const candidate = candidateOf({ nuclei: "vertical", reference }, "reduction-potential");
      const end = PROTOCOLS["reduction-potential"].next(candidate, results);
      return "values" in end ? end.values.reductionPotential_volt! : Number.NaN;
    };
    expect(against("she")).toBeCloseTo(3 - 4.44, 10);
    expect(against("fc") - against("she")).toBeCloseTo(-0.4, 10);
    expect(against("li") - against("she")).toBeCloseTo(3.04, 10);
    expect(REFERENCE_ELECTRODES.she.absolute_volt).toBe(4.44);
  });

  it("is refused in words where no electron would be left, with the nuclei relaxed or not", () => {
    const hydrogen = { symbols: ["H"], coordinates_angstrom: [0, 0, 0] };
    for (const nuclei of ["relaxed", "vertical"]) {
      const candidate = {
        ...candidateOf({ nuclei }, "oxidation-potential"),
        geometry: hydrogen,
        multiplicity: 2,
      };
      expect(() => PROTOCOLS["oxidation-potential"].next(candidate, {})).toThrow(/Without its only electron/);
    }
  });

  it("is none where the anion lies above the molecule, in words", () => {
    const results = { neutral: field(-10, 0), "vertical-anion": field(-9.9, -1) };
    const candidate = candidateOf({ nuclei: "vertical" }, "reduction-potential");
    const end = PROTOCOLS["reduction-potential"].next(candidate, results);
    expect(end).toMatchObject({ outcome: "not-bound", values: { reductionPotential_volt: null } });
  });

  it("relaxes both states in the gas phase and takes their energies in the solvent, the ion's by the functional too", () => {
    const states = dryRun("oxidation-potential", candidateOf({}, "oxidation-potential"));
    const told = states.map(({ names: [name], request: { method, solvent, optimise } }) => [
      name,
      method,
      solvent,
      optimise !== undefined,
    ]);
    expect(told).toEqual([
      ["molecule", "rhf", undefined, true],
      ["cation-1", "uhf", undefined, true],
      ["molecule-energy", "b3lyp", { name: "acetonitrile" }, false],
      ["cation-energy-1", "b3lyp", { name: "acetonitrile" }, false],
    ]);
  });

  it("relaxes both states by HF-3c where that is asked for, and says so", () => {
    const settings = { nuclei: "hf-3c" };
    const states = dryRun("reduction-potential", candidateOf(settings, "reduction-potential"));
    const told = states.map(({ request: { method, basis, dispersion } }) => [method, basis, dispersion]);
    expect(told).toEqual([
      ["rhf", "minix", "hf-3c"],
      ["uhf", "minix", "hf-3c"],
      ["b3lyp", "6-31g*", "d3bj"],
      ["b3lyp", "6-31g*", "d3bj"],
    ]);
    const words = propertyOf("reduction-potential").method("", "functional", {
      ...completeSettings("reduction-potential", settings),
    });
    expect(words).toContain("each where HF-3c relaxes it to in the gas phase");
  });

  it("says its cycle as a paper would, and takes no level without a functional or a solvent", () => {
    const { method } = propertyOf("reduction-potential");
    const words = method("", "functional", completeSettings("reduction-potential", { reference: "li" }));
    expect(words).toContain("potential of M + e⁻ → M⁻ against Li⁺/Li (absolute 1.4 V)");
    expect(words).toContain(
      "B3LYP-D3(BJ) (RKS of closed shells, UKS of open ones, grid fine) in acetonitrile",
    );
    expect(() => completeSettings("oxidation-potential", { method: "mp2" })).toThrow(/Invalid option/);
    expect(() => completeSettings("oxidation-potential", { solvent: "none" })).toThrow(/Invalid option/);
  });
});
