import { expect, it } from "vitest";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { geometryWords } from "../../../src/renderer/src/text/geometry-words.ts";

const conformer = { method: "conformer + MMFF94" };
const settings = (evaluation: object) => CampaignSettings.parse({ name: "x", evaluation });

it("says of a candidate's geometry whether the numbers are there", () => {
  expect(geometryWords({ conformer, evaluation: null }, settings({}))).toBe("conformer + MMFF94");
  expect(geometryWords({ conformer, evaluation: null }, settings({ relaxed: "hartree-fock" }))).toBe(
    "conformer + MMFF94; numbers at Hartree–Fock/6-31G* geometries",
  );
  expect(geometryWords({ conformer: null, evaluation: null }, settings({}))).toBeNull();
});
