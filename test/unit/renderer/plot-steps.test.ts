import { describe, expect, it } from "vitest";
import { stepTo } from "../../../src/renderer/src/features/candidates/plot-steps.ts";
import { xorshift } from "../../fixtures/xorshift.ts";

describe("an arrow key among points", () => {
  // A cross: 0 in the middle, then right, left, up, down; 5 on 0.
  const x = Float64Array.of(0, 1, -1, 0, 0, 0);
  const y = Float64Array.of(0, 0, 0, 100, -100, 0);
  const places = [0, 1, 2, 3, 4, 5];
  const go = (key: string, from: number) => stepTo({ x, y }, places, { key, from });

  it("leads to the nearest in its direction, both axes of one length", () => {
    expect(go("ArrowLeft", 0)).toBe(2);
    expect(go("ArrowDown", 0)).toBe(4);
    expect(go("ArrowRight", 5)).toBe(1);
    expect(go("ArrowUp", 5)).toBe(3);
    expect(go("ArrowRight", 1)).toBeUndefined();
    expect(go("ArrowUp", 3)).toBeUndefined();
  });

  it("leads through points that lie on each other, there and back", () => {
    expect(go("ArrowRight", 0)).toBe(5);
    expect(go("ArrowLeft", 5)).toBe(0);
  });

  it("begins with the first where none is open, or the open one is not drawn", () => {
    expect(go("ArrowRight", -1)).toBe(0);
    expect(stepTo({ x, y }, [1, 2], { key: "ArrowUp", from: 3 })).toBe(1);
    expect(stepTo({ x, y }, [], { key: "ArrowUp", from: -1 })).toBeUndefined();
  });

  it("leaves no point that cannot be reached", () => {
    const random = xorshift(11);
    const xs = Float64Array.from({ length: 120 }, () => Math.floor(random() * 12));
    const ys = Float64Array.from({ length: 120 }, () => Math.floor(random() * 12));
    const all = [...xs.keys()];
    const seen = new Set([0]);
    for (const from of seen)
      for (const key of ["ArrowRight", "ArrowLeft", "ArrowUp", "ArrowDown"]) {
        const next = stepTo({ x: xs, y: ys }, all, { key, from });
        if (next !== undefined) seen.add(next);
      }
    expect(seen.size).toBe(all.length);
  });
});
