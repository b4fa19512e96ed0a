import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

/** What `ansatz generate` prints for people, line by line. */
const linesOf = (...args: string[]): string[] =>
  spawnSync(process.execPath, [join(process.cwd(), "src/cli/main.ts"), "generate", ...args], {
    encoding: "utf8",
  })
    .stdout.trimEnd()
    .split("\n");

describe("ansatz generate without --json", () => {
  it("heads the numbers beside the molecules with their name and unit", () => {
    const [head, ...lines] = linesOf("--count", "3", "--seed", "5");
    expect(head).toBe("−log p/nat  molecule");
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^ +\d+\.\d\d {2}\S/);
    expect(new Set(lines.map((line) => line.search(/\S+$/)))).toEqual(new Set([head?.indexOf("molecule")]));
  });

  it("heads scores and calls of a steered model", () => {
    const [head, ...lines] = linesOf("--steer", "qed", "--calls", "12");
    expect(head?.trim().split(/ {2,}/)).toEqual(["score", "call", "molecule"]);
    expect(new Set(lines.map((line) => line.search(/\S+$/)))).toEqual(new Set([head?.indexOf("molecule")]));
  });
});
