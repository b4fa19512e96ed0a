import { describe, expect, it } from "vitest";
import { CampaignSettings, type CampaignSettingsInput } from "#shared/campaign/campaign.ts";
import { planOf, planText, readPlan, settingsOfPlan } from "#shared/campaign/plan.ts";
import { OWN_MOLECULES } from "#shared/campaign/sources/library.ts";
import { Sha256 } from "#shared/ids.ts";

const hash = Sha256.parse("ab".repeat(32));
const library = { hash, name: "amines.csv", rows: 7, columns: ["pKa"] };
const files = ["amines.csv"];
const source = { source: "library" as const, library: hash, name: "amines.csv", columns: ["pKa"] };

const plan = (members: object): string => JSON.stringify({ version: 1, name: "amines", ...members });
const refusal = (text: string): string => {
  try {
    readPlan(text, "plan.json");
  } catch (error) {
    return String(error);
  }
  return "nothing was refused";
};

describe("a plan", () => {
  it.each<[string, CampaignSettingsInput]>([
    ["a model", { name: "m", generation: { seed: 3, count: 9, prompt: { kind: "near", smiles: "CCO" } } }],
    [
      "a property with settings",
      { name: "p", evaluation: { property: "triplet-energy", maxEvaluations: 2 } },
    ],
    [
      "all rows of a library",
      {
        name: "l",
        generation: { ...source, count: 7, measured: [{ column: "pKa" }] },
        filter: { ...OWN_MOLECULES },
        evaluation: { maxEvaluations: 7 },
      },
    ],
    [
      "some rows of a library, as a model's molecules are filtered",
      { name: "s", generation: { ...source, count: 5 }, evaluation: { maxEvaluations: 3 } },
    ],
  ])("written of %s means the same settings when it is read again", (_, input) => {
    const settings = CampaignSettings.parse(input);
    const text = planText(planOf(settings, { files, reading: {}, rows: 7 }));
    expect(settingsOfPlan(readPlan(text, "plan.json"), { library })).toEqual(settings);
  });

  it("of files alone takes all rows, evaluates all, and leaves a person's molecules alone", () => {
    const read = readPlan(plan({ generation: { source: "library", files } }), "plan.json");
    const { generation, filter, evaluation } = settingsOfPlan(read, { library });
    expect(generation).toEqual({ ...source, count: 7 });
    expect(filter).toMatchObject(OWN_MOLECULES);
    expect(evaluation.maxEvaluations).toBe(7);
  });

  it("names its files however many rows they will have", () => {
    const settings = CampaignSettings.parse({
      name: "l",
      generation: { ...source, count: 7 },
      evaluation: { maxEvaluations: 7 },
    });
    const { generation, evaluation } = planOf(settings, { files, reading: {}, rows: 7 });
    expect(generation).toEqual({ source: "library", files, reading: {} });
    expect(evaluation).not.toHaveProperty("maxEvaluations");
  });

  it.each([
    ["no JSON", "CCO ethanol", '"plan.json" is no plan: expected JSON'],
    ["a later version", plan({ version: 2 }), "version: expected 1, got 2"],
    [
      "a number out of range",
      plan({ evaluation: { maxEvaluations: 0 } }),
      "evaluation.maxEvaluations: expected number to be >=1, got 0",
    ],
    ["a name that is missing", JSON.stringify({ version: 1 }), "name: expected string, got nothing"],
    [
      "a word it does not know",
      plan({ evaluation: { basiss: "6-31g" } }),
      "evaluation: nothing is called basiss",
    ],
    [
      "an active space that is none",
      plan({ evaluation: { activeSpace: { nelec: 4, norb: "four" } } }),
      'evaluation.activeSpace.norb: expected number, got "four"',
    ],
    [
      "a setting that the property has not",
      plan({ evaluation: { propertySettings: { spin: 3 } } }),
      "evaluation.propertySettings",
    ],
    [
      "a source without files",
      plan({ generation: { source: "library", files: [] } }),
      "generation.files: expected",
    ],
  ])("with %s is refused with where and what was expected", (_, text, message) => {
    expect(refusal(text)).toContain(message);
  });
});
