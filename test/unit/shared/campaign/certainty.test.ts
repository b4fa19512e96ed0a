import { describe, expect, it } from "vitest";
import { rankIntervals, resampled } from "#core/ranking/certainty.ts";
import { certaintySentence } from "#shared/campaign/certainty.ts";

/** Of values 1 apart, each with this error bar; infinite where there is none. */
function sentence(...deviations: number[]): string | null {
  const rows = deviations.map((deviation, k) => ({ value: -k, deviation }));
  const intervals = rankIntervals(rows, "maximise");
  const { stability } = resampled(rows, "maximise");
  const candidates = rows.flatMap(({ deviation }, index) => {
    const ranks = intervals[index]!;
    return Number.isFinite(deviation) ? [{ index, deviation, ranks, topChance: 1 }] : [];
  });
  return certaintySentence({ candidates, stability, rungs: [] });
}
const none = Number.POSITIVE_INFINITY;

describe("what error bars decide, in a sentence", () => {
  it("counts the ranks that they leave one place", () => {
    expect(sentence(0.01, 0.01, 0.01)).toMatch(/^The error bars decide 3 of 3 ranks \(95 %\); drawn anew/);
    expect(sentence(0.01, 0.5, 0.5)).toMatch(/^The error bars decide 1 of 3 ranks \(95 %\); drawn anew/);
  });

  it("tells what they decide among those that have one, where others may stand anywhere", () => {
    expect(sentence(none, 0.01, 0.01, none, 0.01)).toMatch(
      /^The error bars decide 0 of 3 ranks \(95 %\), since 2 without one may stand anywhere; among the 3 themselves they decide 3; /,
    );
    expect(sentence(0.5, 0.01, none, 0.5, 0.5)).toMatch(/since 1 without .* themselves they decide 2; /);
  });

  it("says nothing of fewer than three", () => {
    expect(sentence(0.01, 0.01, none)).toBeNull();
  });
});
