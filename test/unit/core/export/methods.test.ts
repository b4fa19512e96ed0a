import { expect, it } from "vitest";
import { methodParagraphs } from "#core/export/methods.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { campaign } from "./rows.ts";

const filterText = (filter: object): string => {
  const settings = CampaignSettings.parse({ ...campaign.settings, filter });
  return methodParagraphs({ ...campaign, settings }).find(({ title }) => title === "Filter")!.text;
};

it("the methods name the rules that were asked for besides the usual ones, and only those", () => {
  expect(filterText({})).not.toContain("Also asked for");
  const asked = { rules: ["lipinski"], minLogP: -1, maxTpsa_angstrom2: 90, maxRotatableBonds: 5 };
  expect(filterText(asked)).toContain(
    " Also asked for: Lipinski's rule of five, logP at least -1, TPSA at most 90 Å², at most 5 rotatable bonds. Duplicates",
  );
});

it.each([
  [undefined, "none is chosen"],
  ["as-given", "none is chosen"],
  ["largest-organic", "the largest organic one"],
  ["cation", "the largest cation"],
  [{ smiles: "[Na+]" }, "[Na+]"],
])("the methods name the component that is computed: %o", (component, named) => {
  const filter = { species: "any", ...(component !== undefined && { component }) };
  expect(filterText(filter)).toContain(`up to xenon; of several components ${named}; those`);
  expect(filterText({})).toContain("Kept were single neutral closed-shell molecules");
});

it("the methods speak of VQE and CASCI only where something is computed in an active space", () => {
  const textOf = (evaluation: object): string => {
    const settings = CampaignSettings.parse({ ...campaign.settings, evaluation });
    return methodParagraphs({ ...campaign, settings })
      .map(({ text }) => text)
      .join("\n");
  };
  const shared = { property: "vertical-ionisation-energy", basis: "6-31g" };
  for (const propertySettings of [{ method: "vqe" }, { method: "mp2", activeSpace: true }])
    expect(textOf({ ...shared, propertySettings })).toMatch(/VQE: ansatz .*CASCI: exact/s);
  expect(textOf({ ...shared, propertySettings: { method: "mp2", activeSpace: false } })).not.toContain(
    "CASCI: exact",
  );
  const excitation = textOf({ property: "first-excitation", basis: "def2-svp" });
  expect(excitation).toContain("CASCI: exact diagonalisation");
  expect(excitation).toContain("The errors of basis, active space, missing correlation outside it");
  expect(excitation).not.toContain("VQE");
  const proton = textOf({ property: "proton-affinity", basis: "6-31g" });
  expect(proton).not.toMatch(/VQE|CASCI/);
  expect(proton).toContain("commonly 5 to 15 kJ/mol");
});

it("the methods say over how many shapes numbers are averaged, where they are", () => {
  const geometry = (evaluation: object): string => {
    const settings = CampaignSettings.parse({ ...campaign.settings, evaluation });
    return methodParagraphs({ ...campaign, settings }).find(({ title }) => title === "Geometry")!.text;
  };
  expect(geometry({})).toContain("Other conformers and solvent are not looked at;");
  expect(geometry({ conformers: 4 })).toContain("Numbers are averaged over up to 4 shapes of each");
  expect(geometry({ conformers: 4 })).not.toContain("Other conformers");
});

it("the methods tell the rungs with their levels, how many went up and by what; none without them", () => {
  const paragraphs = (rungs: object[]) => {
    const settings = CampaignSettings.parse({ ...campaign.settings, ranking: {}, rungs });
    return methodParagraphs({ ...campaign, settings });
  };
  const text = paragraphs([
    { keep: 9, property: "proton-affinity", direction: "minimise" },
    { keep: 4, basis: "sto-3g" },
  ]).find(({ title }) => title === "Rungs")?.text;
  expect(text).toMatch(
    /^All were computed first at rung 1 \(PA by MP2\/6-31\+g\*\*\), of which the 9 with the lowest values went up; then rung 2 \(VQE\/sto-3g\), of which the 4 with the highest values went up; then rung 3 \(VQE\/6-31g\),/,
  );
  expect(paragraphs([]).map(({ title }) => title)).not.toContain("Rungs");
});

it("the methods say the solvent and the functional of a formula, and of a part of a composite", () => {
  const formula = {
    ...{ kind: "formula", id: "own-affinity", title: "Own affinity", unit: "eV", better: "maximise" },
    states: { neutral: {}, anion: { charge: -1 } },
    formula: "E(neutral) - E(anion)",
  };
  const textOf = (evaluation: object): string => {
    const settings = CampaignSettings.parse({ ...campaign.settings, evaluation });
    return methodParagraphs({ ...campaign, settings })
      .map(({ text }) => text)
      .join("\n");
  };
  const solvent = { name: "water" };
  const own = (more: object) => textOf({ property: "own-formula", definition: { ...formula, ...more } });
  expect(own({})).toMatch(
    /Other conformers and solvent are not.*missing correlation, geometry and gas phase/s,
  );
  expect(own({ solvent })).toMatch(
    /Other conformers are not.*missing correlation, geometry and the model of the solvent/s,
  );
  expect(own({ solvent, method: "pbe" })).toMatch(/functional, geometry and the model of the solvent/);
  const parts = [{ property: "oxidation-potential", desirability: { shape: "larger", low: 0, high: 2 } }];
  const definition = { kind: "composite", id: "own-score", title: "Own score", parts };
  expect(textOf({ property: "own-composite", definition })).toMatch(
    /functional, geometry and the model of the solvent/,
  );
});
