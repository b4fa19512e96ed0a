import { describe, expect, it } from "vitest";
import { driftOf } from "../../../src/cli/commands/qpu/check.ts";

const check = (right: number, shots = 400, device = "a") => ({
  ...{ at: "2026-11-30T00:00:00Z", provider: "ionq", device, shots, right },
  ...{ calibrationId: null, cost_usd: 0 },
});

describe("the drift of a device", () => {
  it("is from the mean of its own earlier checks, by their shots", () => {
    const earlier = [check(0.9, 100), check(0.96, 300), check(0.1, 400, "b")];
    const { checks, drift, deviations } = driftOf(check(0.845), earlier)!;
    expect([checks, drift]).toEqual([2, expect.closeTo(0.845 - 0.945, 12)]);
    // √(p(1 − p)/n) of both with p as if one more shot had read either way.
    const of = (p: number) => ((p * 400 + 1) / 402) * (1 - (p * 400 + 1) / 402);
    expect(deviations).toBeCloseTo(drift / Math.sqrt((of(0.845) + of(0.945)) / 400), 9);
  });

  it("is of nothing for the first check, and finite where every shot was right", () => {
    expect(driftOf(check(1), [check(1, 400, "b")])).toBeNull();
    expect(driftOf(check(1), [check(1)])).toMatchObject({ drift: 0, deviations: 0 });
  });
});
