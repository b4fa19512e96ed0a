import { describe, expect, it } from "vitest";
import { fixed } from "../../../src/cli/output.ts";

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
