import { describe, expect, it } from "vitest";
import {
  potentialScale,
  shade,
  shadesOf,
} from "../../../src/renderer/src/features/calculate/potential-scale.ts";

describe("the colours of a potential", () => {
  it("have zero in their middle where the surface has both signs, and reach as far each way", () => {
    const scale = potentialScale([0.01, -0.06, 0.04, 0]);
    expect(scale).toEqual({ from: -0.06, to: 0.06, least: 1, most: 2 });
    const values = Float32Array.of(-0.06, 0, 0.06);
    expect(shadesOf(values, scale)).toEqual([shade(-1), shade(0), shade(1)]);
  });

  it("span what there is of one sign, as an ion has", () => {
    expect(potentialScale([0.2, 0.3, 0.1])).toMatchObject({ from: 0.1, to: 0.3 });
    expect(potentialScale([0.2, 0.2])).toMatchObject({ from: 0.2, to: 0.2 });
    expect(shadesOf(Float32Array.of(0.2), potentialScale([0.2]))).toEqual([shade(0)]);
  });

  it("go one way in lightness on each side of the middle, so that they are read without hue too", () => {
    const lightness = (place: number): number =>
      [1, 3, 5].reduce(
        (sum, at, k) =>
          sum + [0.2126, 0.7152, 0.0722][k]! * Number.parseInt(shade(place).slice(at, at + 2), 16),
        0,
      );
    for (let step = 0; step < 10; step++)
      for (const side of [-1, 1])
        expect(lightness((side * step) / 10)).toBeGreaterThan(lightness((side * (step + 1)) / 10));
  });
});
