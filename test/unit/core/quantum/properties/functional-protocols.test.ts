import { describe, expect, it } from "vitest";
import { dryRun } from "#core/quantum/properties/dry-run.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { propertyOf } from "#shared/properties/find.ts";
import { methodTitle } from "#shared/properties/method-title.ts";
import { completeSettings, type PropertySettings, storedSettings } from "#shared/properties/settings.ts";
import { candidateOf, cases, expectReference } from "./functional-reference.ts";

describe("a functional as a property's level", () => {
  // The other cases are in functional-reference.long.test.ts.
  it("gives water's ionisation energy as another program does", () => expectReference(cases[0]!));

  it("asks for no active space, and of a radical for both spins of its ion", () => {
    const settings = { method: "b3lyp" };
    const radical = {
      ...candidateOf("vertical-ionisation-energy", { smiles: "O", basis: "6-31g", settings }),
      charge: 1,
      multiplicity: 2,
    };
    const states = dryRun("vertical-ionisation-energy", radical).map(({ names: [name], request }) => [
      name,
      request.method,
      request.charge,
      request.multiplicity,
    ]);
    expect(states).toEqual([
      ["neutral", "b3lyp", 1, 2],
      ["cation", "b3lyp", 2, 1],
      ["cation-high", "b3lyp", 2, 3],
    ]);
  });

  it("says itself as a paper would", () => {
    const asked = {
      property: "adiabatic-ionisation-energy" as const,
      propertySettings: { method: "b3lyp", solvent: "acetonitrile" },
      ansatz: "uccsd" as const,
      activeSpace: null,
    };
    const title = methodTitle(asked);
    expect(title).toContain(
      "B3LYP-D3(BJ) (RKS of closed shells, UKS of open ones, grid fine) in acetonitrile (C-PCM, ε = 35.688; spheres of 1.2 times Bondi's radii)",
    );
    expect(title).toContain("at Hartree–Fock/6-31G* geometries");
    const { method } = propertyOf("adiabatic-ionisation-energy");
    expect(method("", "functional", asked.propertySettings)).toContain("B3LYP-D3(BJ)");
    expect(method("", "functional", asked.propertySettings)).not.toContain("MP2");
  });

  it("is told once where its treatment begins with the method", () => {
    const { evaluation } = CampaignSettings.parse({
      name: "x",
      evaluation: { property: "adiabatic-ionisation-energy" },
    });
    expect(methodTitle(evaluation)).toBe("MP2 at Hartree–Fock/6-31G* geometries");
  });

  it("is refused in words where a solvent has no functional, or there is none such", () => {
    const complete = (settings: PropertySettings) => () =>
      completeSettings("vertical-ionisation-energy", settings);
    expect(complete({ solvent: "water" })).toThrow(
      /expected a density functional as method beside the solvent water, got mp2/,
    );
    expect(complete({ method: "b3lypp" })).toThrow(/Invalid option/);
    expect(complete({ method: "b3lyp", solvent: "wine" })).toThrow(/Invalid option/);
  });

  it("is what notebooks of before say nothing of, so that their keys hold", () => {
    for (const id of ["proton-affinity", "bond-dissociation-energy", "vertical-electron-affinity"] as const)
      expect(storedSettings(id).method).toBe("mp2");
    expect(storedSettings("vertical-ionisation-energy")).toEqual({
      method: "vqe",
      activeSpace: true,
      solvent: "none",
    });
  });
});
