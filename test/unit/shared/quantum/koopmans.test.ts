import { describe, expect, it } from "vitest";
import { koopmansSentence } from "#shared/quantum/koopmans.ts";

describe("the rank correlation with Koopmans' estimate", () => {
  it("is told with the number of molecules", () => {
    expect(koopmansSentence({ correlation: -0.25, molecules: 40 })).toMatch(
      /\(Spearman\) of IE\(VQE\) with Koopmans' estimate.*: −0\.250 \(n = 40\)\.$/,
    );
  });

  it("is said to mean little below ten", () => {
    expect(koopmansSentence({ correlation: 1, molecules: 9 })).toContain("(n = 9). Over so few");
    expect(koopmansSentence({ correlation: 1, molecules: 10 })).toMatch(/\(n = 10\)\.$/);
  });
});
