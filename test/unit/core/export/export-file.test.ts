import { describe, expect, it } from "vitest";
import { exportFile, selectCandidates } from "#core/export/export-file.ts";
import { Campaign } from "#shared/campaign.ts";
import { DomainError } from "#shared/errors.ts";
import { campaign, candidate, MOLBLOCK, verdict } from "./rows.ts";

const candidates = [
  candidate(0, { rank: 2, review: verdict("yes") }),
  candidate(1, { rank: null, evaluation: null, state: "failed" }),
  candidate(2, { rank: 1, review: verdict("no", "reject") }),
  candidate(3, { rank: null, evaluation: null, review: verdict("unseen") }),
];
const input = { campaign, candidates, program: "ansatz 0.1.0", drawMolblock: () => MOLBLOCK };
const indices = (selection: "ranked" | "shortlist" | "all") =>
  selectCandidates(candidates, selection).map(({ proposal }) => proposal.index);

describe("An export", () => {
  it("takes the candidates of the selection, best rank first, unranked ones last", () => {
    expect(indices("ranked")).toEqual([2, 0]);
    expect(indices("shortlist")).toEqual([0, 3]);
    expect(indices("all")).toEqual([2, 0, 1, 3]);
  });

  it("names the file after campaign and selection and counts its rows", () => {
    const file = exportFile({ ...input, format: "csv", selection: "ranked" });
    expect(file).toMatchObject({ fileName: "Solvents-a-first-look-ranked.csv", rows: 2 });
    expect(
      exportFile({ ...input, format: "sdf", selection: "shortlist" }).text.match(/\$\$\$\$\n/g),
    ).toHaveLength(2);
  });

  it("makes a safe file name of any campaign name", () => {
    const settings = { ...campaign.settings, name: "../../etc/пароль \u0000" };
    const file = exportFile({
      ...input,
      campaign: Campaign.parse({ ...campaign, settings }),
      format: "csv",
      selection: "all",
    });
    expect(file.fileName).toBe("etc-all.csv");
  });

  it("refuses an SDF of all candidates", () => {
    expect(() => exportFile({ ...input, format: "sdf", selection: "all" })).toThrow(DomainError);
  });
});
