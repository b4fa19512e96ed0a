import { describe, expect, it } from "vitest";
import { fixed, progressWords } from "../../../src/cli/output.ts";

describe("a number in a table", () => {
  it.each([
    [-3e-17, "0.0000"],
    [-0, "0.0000"],
    [-0.00004, "0.0000"],
    [-0.00006, "-0.0001"],
    [-100, "-100.0000"],
    [null, "–"],
  ])("%s is written %s", (value, text) => {
    expect(fixed(value, 4)).toBe(text);
  });
});

describe("progress on a line", () => {
  const geometry = "relaxing the geometry by Hartree–Fock: SCF, iteration 45";
  it.each([
    [{ phase: "embed", done: 2, total: 5, message: "embedding CCO" }, "embedding CCO (2 of 5 done)"],
    [
      { phase: "evaluate", done: 2, total: 5, message: "evaluating CCO", secondsLeft: 190 },
      "evaluating CCO (2 of 5 done, about 3 min left)",
    ],
    [{ phase: "geometry", done: 45, total: null, message: geometry }, geometry],
  ])("%j reads %s", (progress, text) => {
    expect(progressWords(progress)).toBe(text);
  });
});
