import { describe, expect, it } from "vitest";
import { estimateSentence } from "#shared/properties/estimate.ts";

const asked = { property: "vertical-ionisation-energy", propertySettings: { method: "vqe" } } as const;

describe("the rank correlation with Koopmans' estimate", () => {
  it("is told with the number of molecules", () => {
    expect(estimateSentence(asked, { correlation: -0.25, molecules: 40 })).toMatch(
      /\(Spearman\) of IE\(VQE\) with Koopmans' estimate.*: −0\.250 \(n = 40\)\.$/,
    );
  });

  it("is said to mean little below ten", () => {
    expect(estimateSentence(asked, { correlation: 1, molecules: 9 })).toContain("(n = 9). Over so few");
    expect(estimateSentence(asked, { correlation: 1, molecules: 10 })).toMatch(/\(n = 10\)\.$/);
  });
});
