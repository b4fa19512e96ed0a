import { describe, expect, it } from "vitest";
import type { Point } from "../../../src/renderer/src/components/molecule-3d/face.ts";
import { halfHeight, tilted } from "../../../src/renderer/src/components/molecule-3d/fit.ts";

const FOV_DEGREES = 20;

/** A disc about a point as a pinhole camera sees it: the share of the half height and half width at which it ends. */
function shareOfView({ x, y, z }: Point, half: number, aspect: number): number {
  const distance = half / Math.tan((FOV_DEGREES / 2 / 180) * Math.PI);
  const scale = distance / (distance - z);
  const radius = 1.2;
  return Math.max(
    ((Math.abs(y) + radius) * scale) / half,
    ((Math.abs(x) + radius) * scale) / (half * aspect),
  );
}

describe("the view of a molecule", () => {
  it.each([
    [
      "a long one in a wide view",
      2,
      [
        { x: -9, y: 0.5, z: 0 },
        { x: 9, y: -0.5, z: 1 },
      ],
    ],
    [
      "a long one in a narrow view",
      0.5,
      [
        { x: -9, y: 0.5, z: 0 },
        { x: 9, y: -0.5, z: 1 },
      ],
    ],
    [
      "a deep one",
      2,
      [
        { x: -5, y: 4, z: 6 },
        { x: 4, y: -4, z: -6 },
      ],
    ],
  ])("holds %s, whose outermost atom touches its edge", (_, aspect, points) => {
    const half = halfHeight(points, { aspect, fov_degrees: FOV_DEGREES });
    const shares = points.map((point) => shareOfView(point, half, aspect));
    expect(Math.max(...shares)).toBeCloseTo(1, 12);
  });

  it("does not blow a small molecule up", () => {
    expect(halfHeight([{ x: 0.7, y: 0, z: 0 }], { aspect: 2, fov_degrees: FOV_DEGREES })).toBe(3);
  });

  it("turns what is above towards the eye, and keeps lengths", () => {
    const [turned] = tilted([{ x: 1, y: 2, z: 0 }], 20);
    expect(turned?.z).toBeGreaterThan(0);
    expect(Math.hypot(turned!.x, turned!.y, turned!.z)).toBeCloseTo(Math.sqrt(5), 12);
  });
});
