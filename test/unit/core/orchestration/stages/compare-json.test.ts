import { describe, expect, it } from "vitest";
import { difference } from "#core/orchestration/stages/compare-json.ts";

const written = { energy: -1, trace: [1, 2], space: { nelec: 4 } };
const SAME = { largest: 0, at: "", mismatch: undefined };

describe("what was written and what came now", () => {
  it("are the same where only members that were not written came in addition", () => {
    expect(difference(written, { ...written, space: { nelec: 4, rule: "frontier" }, later: 1 })).toEqual(
      SAME,
    );
  });

  it("differ where a member that was written is gone, another word, or not as long", () => {
    expect(difference(written, { energy: -1, trace: [1, 2] }).mismatch).toBe("space");
    expect(difference(written, { ...written, space: { nelec: "4" } }).mismatch).toBe("space.nelec");
    expect(difference(written, { ...written, trace: [1, 2, 3] }).mismatch).toBe("trace");
    expect(difference(written, { ...written, energy: Number.NaN }).mismatch).toBe("energy");
    expect(difference(written, { ...written, trace: [1] }).mismatch).toBe("trace");
    expect(difference(written, { ...written, trace: { 0: 1, 1: 2 } }).mismatch).toBe("trace");
    expect(difference(written, { ...written, space: null }).mismatch).toBe("space");
  });

  it("differ by their most distant numbers, but for those left out", () => {
    const now = { energy: -1.5, trace: [1, 2.25], space: { nelec: 4 } };
    expect(difference(written, now)).toEqual({ largest: 0.5, at: "energy", mismatch: undefined });
    expect(difference(written, now, ["energy"])).toEqual({
      largest: 0.25,
      at: "trace.1",
      mismatch: undefined,
    });
  });
});
