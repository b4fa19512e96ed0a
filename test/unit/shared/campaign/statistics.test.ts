import { describe, expect, it } from "vitest";
import { spearman } from "#shared/campaign/statistics.ts";

describe("Spearman's rank correlation", () => {
  it("is 1 for any rising and −1 for any falling relation", () => {
    const rising = [1, 2, 3, 5, 8].map((x) => [x, Math.exp(x)] as const);
    expect(spearman(rising)).toBeCloseTo(1, 12);
    expect(spearman(rising.map(([x, y]) => [x, -y]))).toBeCloseTo(-1, 12);
  });

  it("gives ties the mean of their ranks", () => {
    /** By hand: ranks 1.5 1.5 3 4 against 1 2 4 3 → covariance 3.5, variances 4.5 and 5. */
    const pairs = [
      [7, 1],
      [7, 2],
      [8, 9],
      [9, 4],
    ] as const;
    expect(spearman(pairs)).toBeCloseTo(3.5 / Math.sqrt(4.5 * 5), 12);
  });

  it("has no value where one side is constant or there is one pair", () => {
    expect(
      spearman([
        [1, 2],
        [2, 2],
      ]),
    ).toBeNull();
    expect(spearman([[1, 2]])).toBeNull();
  });
});
