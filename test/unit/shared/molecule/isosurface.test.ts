import { describe, expect, it } from "vitest";
import { isosurface } from "#shared/molecule/isosurface.ts";

const SPACING = 0.1;

/** A field of the distance from a point off the grid's own points, in a box of ±1.6 Å. */
function sphereField(of: (r: number) => number) {
  const count = 33;
  const values = new Float32Array(count ** 3);
  const centre = [0.013, -0.027, 0.041];
  for (let i = 0; i < count; i++)
    for (let j = 0; j < count; j++)
      for (let k = 0; k < count; k++) {
        const at = [i, j, k].map((n, axis) => -1.6 + n * SPACING - centre[axis]!);
        values[(i * count + j) * count + k] = of(Math.hypot(...at));
      }
  return {
    centre,
    field: {
      origin_angstrom: [-1.6, -1.6, -1.6],
      axes_angstrom: [
        [SPACING, 0, 0],
        [0, SPACING, 0],
        [0, 0, SPACING],
      ],
      counts: [count, count, count],
      values,
    } as const,
  };
}

describe("isosurface", () => {
  for (const sign of [1, -1])
    it(`draws a sphere where the field falls off to ${sign > 0 ? "zero from above" : "zero from below"}`, () => {
      const { centre, field } = sphereField((r) => sign * Math.exp(-r));
      const { vertices_angstrom: x, normals, triangles } = isosurface(field, sign * Math.exp(-1));
      expect(x.length).toBeGreaterThan(900);
      let area = 0;
      let volume = 0;
      for (let v = 0; v < x.length; v += 3) {
        const out = [0, 1, 2].map((axis) => x[v + axis]! - centre[axis]!);
        const r = Math.hypot(...out);
        expect(Math.abs(r - 1)).toBeLessThan(0.1 * SPACING);
        const along = out.reduce((sum, one, axis) => sum + (one / r) * normals[v + axis]!, 0);
        expect(along, "normals point outwards").toBeGreaterThan(0.97);
      }
      for (let t = 0; t < triangles.length; t += 3) {
        const [a, b, c] = [0, 1, 2].map((n) => {
          const vertex = 3 * triangles[t + n]!;
          return [0, 1, 2].map((axis) => x[vertex + axis]! - centre[axis]!);
        }) as [number[], number[], number[]];
        const u = b.map((one, axis) => one - a[axis]!);
        const v = c.map((one, axis) => one - a[axis]!);
        const cross = [0, 1, 2].map(
          (n) => u[(n + 1) % 3]! * v[(n + 2) % 3]! - u[(n + 2) % 3]! * v[(n + 1) % 3]!,
        );
        area += Math.hypot(...cross) / 2;
        volume += cross.reduce((sum, one, axis) => sum + one * a[axis]!, 0) / 6;
      }
      expect(area / (4 * Math.PI)).toBeCloseTo(1, 1);
      expect(Math.abs(area / (4 * Math.PI) - 1)).toBeLessThan(0.01);
      expect(volume / ((4 / 3) * Math.PI), "closed, and turned outwards").toBeGreaterThan(0.98);
      expect(volume / ((4 / 3) * Math.PI)).toBeLessThan(1.01);
    });

  it("is empty where the value is not reached", () => {
    const { field } = sphereField((r) => Math.exp(-r));
    expect(isosurface(field, 2).triangles.length).toBe(0);
    expect(isosurface(field, -0.1).vertices_angstrom.length).toBe(0);
  });
});
