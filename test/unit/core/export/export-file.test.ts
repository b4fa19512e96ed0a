import { describe, expect, it } from "vitest";
import { exportedCandidates, exportFile } from "#core/export/export-file.ts";
import { Campaign } from "#shared/campaign/campaign.ts";
import { ExportFormat } from "#shared/campaign/export.ts";
import { DomainError } from "#shared/errors.ts";
import { campaign, candidate, MOLBLOCK, verdict } from "./rows.ts";

const candidates = [
  candidate(0, { rank: 2, review: verdict("yes") }),
  candidate(1, { rank: null, evaluation: null, state: "failed" }),
  candidate(2, { rank: 1, review: verdict("no", "reject") }),
  candidate(3, { rank: null, evaluation: null, review: verdict("unseen") }),
];
const structures = {
  drawMolblock: () => MOLBLOCK,
  molblockV3000: () => "\n  0  0  0  0  0  0  0  0  0  0999 V3000\nM  END\n",
  depict: () => "<svg xmlns='http://www.w3.org/2000/svg' width='1px' height='1px'></svg>",
};
const generatedAt = "2026-01-04T00:00:00.000Z";
const input = { campaign, candidates, program: "ansatz 0.1.0", generatedAt, structures };
const indices = (selection: "ranked" | "shortlist" | "all") =>
  exportedCandidates(candidates, selection).map(({ proposal }) => proposal.index);

describe("An export", () => {
  it("takes the candidates of the selection, best rank first, unranked ones last", () => {
    expect(indices("ranked")).toEqual([2, 0]);
    expect(indices("shortlist")).toEqual([0, 3]);
    expect(indices("all")).toEqual([2, 0, 1, 3]);
  });

  it("takes those that are chosen, and names one without a structure", async () => {
    const named = candidates.slice(0, 2);
    const file = await exportFile({ ...input, candidates: named, format: "csv", selection: "chosen" });
    expect(file).toMatchObject({ rows: 2, fileName: expect.stringMatching(/-chosen\.csv$/) });
    const unread = [...named, candidate(9, { identity: null, conformer: null })];
    for (const format of ["sdf", "smiles"] as const)
      await expect(exportFile({ ...input, candidates: unread, format, selection: "chosen" })).rejects.toThrow(
        /\/9 could not be read/,
      );
  });

  it("names the file after campaign and selection and counts its rows", async () => {
    const file = await exportFile({ ...input, format: "csv", selection: "ranked" });
    expect(file).toMatchObject({ fileName: "Solvents-a-first-look-ranked.csv", rows: 2 });
    const { text } = await exportFile({ ...input, format: "sdf", selection: "shortlist" });
    expect(text.match(/\$\$\$\$\n/g)).toHaveLength(2);
  });

  it("makes a safe file name of any campaign name", async () => {
    const settings = { ...campaign.settings, name: "../../etc/пароль \u0000" };
    const file = await exportFile({
      ...input,
      campaign: Campaign.parse({ ...campaign, settings }),
      format: "csv",
      selection: "all",
    });
    expect(file.fileName).toBe("etc-all.csv");
  });

  it("writes only CSV of all candidates, rejected ones included", async () => {
    for (const format of ExportFormat.options.filter((one) => one !== "csv")) {
      await expect(exportFile({ ...input, format, selection: "all" })).rejects.toThrow(DomainError);
    }
  });

  it("refuses a report on nothing", async () => {
    const none = { ...input, candidates: [] };
    await expect(exportFile({ ...none, format: "pdf", selection: "ranked" })).rejects.toThrow(/at least one/);
    await expect(exportFile({ ...none, format: "csv", selection: "ranked" })).resolves.toMatchObject({
      rows: 0,
    });
  });

  it("carries a PDF as base64", async () => {
    const file = await exportFile({ ...input, format: "pdf", selection: "ranked" });
    expect(file).toMatchObject({ encoding: "base64", mediaType: "application/pdf", rows: 2 });
    expect(Buffer.from(file.text, "base64").toString("latin1", 0, 5)).toBe("%PDF-");
  });

  it("writes SMILES with the ids", async () => {
    const { text } = await exportFile({ ...input, format: "smiles", selection: "ranked" });
    expect(text).toMatch(/^CCO\t[0-9a-f-]{36}\/2\nCCO\t[0-9a-f-]{36}\/0\n$/);
  });
});
