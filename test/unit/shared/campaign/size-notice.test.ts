import { describe, expect, it } from "vitest";
import { sizeNotice } from "#shared/campaign/size-notice.ts";

const model = { name: "small", heavyAtoms: { least: 7, greatest: 12 } };
const between = (minHeavyAtoms: number, maxHeavyAtoms: number) => ({ minHeavyAtoms, maxHeavyAtoms });

describe("the notice before a campaign", () => {
  it("tells both ranges where the filter lies below or above what the model writes", () => {
    expect(sizeNotice(model, between(2, 6))).toMatch(
      /^The model small writes molecules of 7 to 12 heavy atoms.*2 to 6 pass\./,
    );
    expect(sizeNotice(model, between(13, 20))).toMatch(/13 to 20 pass\./);
  });

  it("is silent where they meet in one size, and where nobody measured the model", () => {
    expect(sizeNotice(model, between(2, 7))).toBeUndefined();
    expect(sizeNotice(model, between(12, 20))).toBeUndefined();
    expect(sizeNotice({ name: "own", heavyAtoms: null }, between(2, 3))).toBeUndefined();
  });
});
