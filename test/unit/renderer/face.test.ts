import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { face, type Point } from "../../../src/renderer/src/components/molecule-3d/face.ts";

/** Å², of sums of some products of coordinates up to 10 Å. */
const ROUNDING = 1e-9;

const coordinate = fc.double({ min: -10, max: 10, noNaN: true });
const cloud = fc.array(fc.record({ x: coordinate, y: coordinate, z: coordinate }), {
  minLength: 1,
  maxLength: 30,
});

const sum = (points: readonly Point[], of: (point: Point) => number): number =>
  points.reduce((total, point) => total + of(point), 0);

const volume = (a: Point, b: Point, c: Point): number =>
  a.x * (b.y * c.z - b.z * c.y) + a.y * (b.z * c.x - b.x * c.z) + a.z * (b.x * c.y - b.y * c.x);

const turned = (points: readonly Point[]): Point[] => {
  const copy = points.map((point) => ({ ...point }));
  face(copy);
  return copy;
};

describe("a molecule that faces the eye", () => {
  it("spreads most along x and least along z", () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const shown = turned(points);
        const spread = (["x", "y", "z"] as const).map((axis) => sum(shown, (point) => point[axis] ** 2));
        expect(spread[0]! - spread[1]!).toBeGreaterThanOrEqual(-ROUNDING);
        expect(spread[1]! - spread[2]!).toBeGreaterThanOrEqual(-ROUNDING);
        expect(Math.abs(sum(shown, ({ x, z }) => x * z))).toBeLessThan(ROUNDING);
      }),
    );
  });

  it("is turned as a whole and never mirrored", () => {
    fc.assert(
      fc.property(cloud, (points) => {
        const shown = turned(points);
        const [a, b, c] = [0, 1, 2].map((i) => i % points.length);
        expect(
          Math.abs(
            volume(shown[a!]!, shown[b!]!, shown[c!]!) - volume(points[a!]!, points[b!]!, points[c!]!),
          ),
        ).toBeLessThan(1e3 * ROUNDING);
        for (const [i, { x, y, z }] of points.entries())
          expect(
            Math.abs(Math.hypot(shown[i]!.x, shown[i]!.y, shown[i]!.z) - Math.hypot(x, y, z)),
          ).toBeLessThan(ROUNDING);
      }),
    );
  });

  it("shows a flat ring full on", () => {
    const ring = Array.from({ length: 6 }, (_, i) => ({
      x: 0,
      y: 1.4 * Math.cos((i * Math.PI) / 3),
      z: 1.4 * Math.sin((i * Math.PI) / 3),
    }));
    expect(Math.max(...turned(ring).map(({ z }) => Math.abs(z)))).toBeLessThan(ROUNDING);
  });
});
