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
