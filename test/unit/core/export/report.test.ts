import { describe, expect, it } from "vitest";
import { toPdf } from "#core/export/pdf.ts";
import { wellOf } from "#core/export/plate.ts";
import { reportDefinition } from "#core/export/report.ts";
import { chemistry } from "../chemistry/open.ts";
import { disputed, openStereo, row, sampled, verdict } from "./rows.ts";

const generatedAt = "2026-01-04T00:00:00.000Z";
const unfinished = row(1, {
  rank: null,
  evaluation: null,
  vqeMinusCasci_hartree: null,
  failure: { stage: "evaluate", reason: "SCF did not converge" },
});
const input = {
  rows: [row(0, { review: verdict("ready to buy") }), unfinished],
  generatedAt,
  depict: chemistry.depict,
};

/** Every piece of text in the document, in order. */
function texts(node: unknown): string[] {
  if (typeof node === "string") return [node.replaceAll("\u200b", "")];
  if (Array.isArray(node)) return node.flatMap(texts);
  if (typeof node !== "object" || node === null) return [];
  const { text, stack, table, columns } = node as Record<string, unknown>;
  const body = (table as { body?: unknown } | undefined)?.body;
  return [text, stack, body, columns].flatMap(texts);
}

describe("The PDF report", () => {
  const all = texts(reportDefinition(input).content).join("\n");

  it("says the energies by both methods and their difference", () => {
    expect(all).toContain("VQE 10.8846 eV");
    expect(all).toContain("CASCI 10.8845 eV");
    expect(all).toContain("VQE − CASCI 0.001 mEh");
    const small = texts(
      reportDefinition({ ...input, rows: [row(0, { vqeMinusCasci_hartree: -3e-9 })] }).content,
    );
    expect(small).toContain("|VQE − CASCI| < 0.001 mEh");
  });

  it("says by which level the numbers are, where candidates stayed on a cheaper one", () => {
    const settings = { ...row(0).campaign.settings, rungs: [{ keep: 1, basis: "sto-3g" }] };
    const campaign = { ...row(0).campaign, settings };
    const rows = [{ rung: 1 }, {}].map((changes, k) => ({ ...row(k, changes), campaign }));
    const shown = texts(reportDefinition({ ...input, rows }).content);
    const [dear, cheap] = ["rung 2 (VQE/6-31g)", "rung 1 (VQE/sto-3g)"].map((level) => shown.indexOf(level));
    expect(dear).toBeGreaterThan(0);
    expect(cheap).toBeGreaterThan(dear!);
    expect(all).not.toMatch(/rung \d/);
  });

  it("names the computed isomer and says where the proposal left stereo open", () => {
    expect(all).not.toContain("stereo not specified");
    const open = texts(reportDefinition({ ...input, rows: [row(0, openStereo)] }).content);
    expect(open).toContain("CC[C@@H](C)O");
    expect(open).toContain("BTANRVKWQNVYAZ-SCSAIBSYSA-N");
    expect(open).toContain("stereo not specified by the proposal; one isomer computed");
    expect(open).not.toContain("CCC(C)O");
  });

  it("shows the verdicts of all reviewers where they disagree", () => {
    const shown = texts(reportDefinition({ ...input, rows: [row(0, disputed())] }).content);
    expect(shown).toEqual(
      expect.arrayContaining(["disagreed:", "shortlist (Ada)", "reject (Ben)", "solubility"]),
    );
    expect(shown).not.toContain("maybe (Ada)");
    expect(all).not.toContain("disagreed");
  });

  it("tables what a number was chosen from, as the candidate's page does", () => {
    const { evaluation } = row(0).candidate;
    const alternatives = [
      { name: "O3–H9", value: 0.4, share: 0.25 },
      { name: "C1–C2", value: null, remark: "its pieces did not converge" },
    ];
    const chosen = row(0, { evaluation: { ...evaluation, alternatives } });
    const shown = texts(reportDefinition({ ...input, rows: [chosen, row(1)] }).content);
    const from = shown.indexOf("Alternatives");
    expect(shown.slice(from, from + 14)).toEqual([
      "Alternatives",
      "no. 0 · CCO",
      ...["Chosen from", "vertical IE / eV", "Share", "Remark"],
      ...["O3–H9", "10.885", "25.0 %", ""],
      ...["C1–C2", "–", "", "its pieces did not converge"],
    ]);
    const averaged = row(0, {
      evaluation: { ...evaluation, alternatives: [{ name: "shape 1", value: 0.4, weight: 1 }] },
    });
    expect(texts(reportDefinition({ ...input, rows: [averaged] }).content)).toContain("Averaged over");
    expect(all).not.toContain("Alternatives");
  });

  it("says why a candidate has no energy", () => {
    expect(all).toContain("evaluate failed: SCF did not converge");
  });

  it("holds provenance, methods with the settings used, the review and the plate map", () => {
    for (const part of ["a".repeat(64), "seed 7", "build-1", "6-31g", "ready to buy", "Plate 1", "no. 0"]) {
      expect(all).toContain(part);
    }
  });

  it("says at which geometries the numbers are where these are not the exported ones", () => {
    const made = row(0);
    const { settings } = made.campaign;
    const evaluation = { ...settings.evaluation, relaxed: "hartree-fock" as const };
    const campaign = { ...made.campaign, settings: { ...settings, evaluation } };
    const moved = texts(reportDefinition({ ...input, rows: [{ ...made, campaign }] }).content);
    expect(moved).toContain("Numbers are");
    expect(moved).toContain("at Hartree–Fock/6-31G* geometries");
    expect(all).not.toContain("Numbers are");
  });

  it("says what shots, seed and active space were, where they were kept", () => {
    const measured = texts(reportDefinition({ ...input, rows: [row(0, sampled)] }).content);
    expect(measured).toContain("neutral ± 1.20 mEh, 20000 shots");
    expect(measured).toContain("MP2 -154.300000 Eh");
    for (const entry of ["natural-occupation", "0.0179", "99"]) expect(measured).toContain(entry);
    expect(all).not.toContain("shots");
    expect(all).toContain("not known");
  });

  it("shows each candidate in the well of the wet-lab sheet", () => {
    const rows = Array.from({ length: 99 }, (_, index) => row(index));
    const found = texts(reportDefinition({ ...input, rows }).content);
    const [letters, columns] = ["ABCDEFGH", Array.from({ length: 12 }, (_, i) => `${i + 1}`)];
    const wells = rows.map((_, n) => ({ name: `no. ${n}`, ...wellOf(n) }));
    for (const plate of [1, 2]) {
      const grid = [...letters].flatMap((letter) => [
        letter,
        ...columns.map(
          (column) =>
            wells.find((w) => w.plate === plate && w.row === letter && `${w.column}` === column)?.name ?? "",
        ),
      ]);
      const at = found.indexOf(`Plate ${plate}`) + 1;
      expect(found.slice(at, at + 1 + 12 + 8 * 13)).toEqual(["", ...columns, ...grid]);
    }
    expect(found).not.toContain("Plate 3");
  });

  it("draws on white paper", () => {
    expect(JSON.stringify(reportDefinition(input).content)).not.toContain("currentColor");
  });

  it("becomes a PDF, byte by byte the same for the same input", async () => {
    const [first, second] = [await toPdf(input), await toPdf(input)];
    expect(Buffer.from(first).toString("latin1", 0, 5)).toBe("%PDF-");
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  });
});
