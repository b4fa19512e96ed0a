import { describe, expect, it } from "vitest";
import { ansatz } from "../fixtures/ansatz.ts";

/** What `ansatz generate` prints for people. */
const generate = (...args: string[]) => ansatz("generate", ...args);

/** The results, line by line. */
const linesOf = async (...args: string[]): Promise<string[]> =>
  (await generate(...args)).stdout.trimEnd().split("\n");

const NOTHING_SCORED = "No molecule scored above 0";

describe("ansatz generate without --json", () => {
  it("heads the numbers beside the molecules with their name and unit", async () => {
    const [head, ...lines] = await linesOf("--count", "3", "--seed", "5");
    expect(head).toBe("−log p/nat  molecule");
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^ +\d+\.\d\d {2}\S/);
    expect(new Set(lines.map((line) => line.search(/\S+$/)))).toEqual(new Set([head?.indexOf("molecule")]));
  });

  it("leaves a pipe to the molecules and tells the measures beside it", async () => {
    const { stdout, stderr } = await generate("--count", "10", "--seed", "5", "--metrics");
    expect(stdout.trimEnd().split("\n")).toHaveLength(1 + 10);
    const rows = stderr.slice(stderr.indexOf("measure  ")).trimEnd().split("\n").slice(1);
    const value = (name: string) =>
      rows
        .find((row) => row.startsWith(`${name}  `))
        ?.slice(name.length)
        .trim();
    expect(rows).toHaveLength(15);
    expect(value("validity")).toMatch(/^[01]\.\d{4} {2}of 10 raw samples$/);
    expect(value("uniqueness@1k")).toMatch(/^– /);
    expect(Number(value("SNN")?.split(" ")[0])).toBeGreaterThan(0);
  });

  it("heads scores and calls of a steered model, and repeats the best beside them", async () => {
    const { stdout, stderr } = await generate("--steer", "qed", "--calls", "12");
    const [head, ...lines] = stdout.trimEnd().split("\n");
    expect(lines).toHaveLength(12);
    expect(head?.trim().split(/ {2,}/)).toEqual(["score", "call", "molecule"]);
    expect(new Set(lines.map((line) => line.search(/\S+$/)))).toEqual(new Set([head?.indexOf("molecule")]));
    const byScore = lines.toSorted((a, b) => Number.parseFloat(b) - Number.parseFloat(a));
    expect(stderr).toContain(["The best 10", head, ...byScore.slice(0, 10)].join("\n"));
    expect(stderr).not.toContain(NOTHING_SCORED);
  });

  it("says where nothing scored, for then there was nothing to learn from", async () => {
    expect((await generate("--steer", "substructure:[U]", "--calls", "4")).stderr).toContain(NOTHING_SCORED);
  });
});
