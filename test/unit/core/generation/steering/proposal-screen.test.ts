import { describe, expect, it } from "vitest";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { createProposalScreen } from "#core/generation/steering/proposal-screen.ts";

const rdkit = await loadRdkit();
const chain = (length: number, end: string) => "C".repeat(length) + end;
const LENGTHS = [2, 3, 4, 5, 6, 7, 8, 9];

describe("createProposalScreen", () => {
  it("takes the first proposals while too few scores are known", () => {
    const screen = createProposalScreen(rdkit);
    screen.observe("CCN", 1);
    expect(screen.pick(["CCC", "CCCN", "CCO"], 2)).toEqual(["CCC", "CCCN"]);
  });

  it("picks new molecules like those that scored well, best first", () => {
    const screen = createProposalScreen(rdkit);
    for (const length of LENGTHS) {
      screen.observe(chain(length, "N"), 0.9);
      screen.observe(chain(length, "O"), 0.5);
      screen.observe(chain(length, "F"), 0.1);
    }
    const proposals = ["F", "O", "N"].map((end) => chain(11, end));
    expect(screen.pick(proposals, 2)).toEqual([chain(11, "N"), chain(11, "O")]);
  });

  it("forgets middling early scores rather than the best, once there are many", () => {
    const screen = createProposalScreen(rdkit);
    for (const length of LENGTHS) screen.observe(chain(length, "N"), 0.9);
    // More than the screen keeps: the amines survive because they score best.
    for (let i = 0; i < 500; i++) screen.observe(chain(2 + (i % 40), i % 2 ? "O" : "F"), i % 2 ? 0.2 : 0.1);
    expect(screen.pick([chain(11, "F"), chain(11, "O"), chain(11, "N")], 1)).toEqual([chain(11, "N")]);
  });

  it("keeps the latest scores too, once there are many", () => {
    const screen = createProposalScreen(rdkit);
    for (let i = 0; i < 450; i++) screen.observe(chain(2 + (i % 40), i % 2 ? "N" : "O"), i % 2 ? 0.9 : 0.5);
    for (const length of LENGTHS) screen.observe(chain(length, "S"), 0);
    // By the scores before them thiols would be as good as the mean.
    expect(screen.pick([chain(11, "S"), chain(11, "O")], 1)).toEqual([chain(11, "O")]);
  });

  it("leaves out what RDKit cannot read", () => {
    const screen = createProposalScreen(rdkit);
    for (const length of LENGTHS)
      for (const end of ["N", "O"]) screen.observe(chain(length, end), end === "N" ? 1 : 0);
    screen.observe("C1CC", 1);
    expect(screen.pick(["C1CC", "CCCO", "CCCN"].concat("CCCCO"), 3)).not.toContain("C1CC");
  });
});
