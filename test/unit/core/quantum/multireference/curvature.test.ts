import { describe, expect, it } from "vitest";
import { lowestCurvature } from "#core/quantum/multireference/curvature.ts";
import type { RotationPoint } from "#core/quantum/multireference/quasi-newton.ts";
import { uniformNumbers } from "#shared/random.ts";
import { symmetricEigen } from "#shared/symmetric-eigen.ts";

const SIZE = 60;

interface Place extends RotationPoint {
  readonly x: Float64Array;
}

/** x·A x / 2 with a quartic term, stationary at 0: A is known but for its diagonal. */
function surface(lowest: number) {
  const uniform = uniformNumbers(3);
  const hessian = new Float64Array(SIZE * SIZE);
  for (let i = 0; i < SIZE; i++)
    for (let j = 0; j <= i; j++) {
      const coupling = i === j ? 0.5 + i / 10 : 0.1 * (uniform() - 0.5);
      hessian[i * SIZE + j] = hessian[j * SIZE + i] = coupling;
    }
  hessian[8 * (SIZE + 1)] = lowest;
  const at = ({ x }: Pick<Place, "x">, step: Float64Array): Place => {
    const place = x.map((value, i) => value + step[i]!);
    const linear = place.map((_, i) =>
      place.reduce((sum, value, j) => sum + hessian[i * SIZE + j]! * value, 0),
    );
    return {
      x: place,
      energy_hartree: place.reduce((sum, value, i) => sum + (value * linear[i]!) / 2 + value ** 4, 0),
      gradient: linear.map((value, i) => value + 4 * place[i]! ** 3),
      // Approximate: that of the direction that leads down is not known.
      curvature: Float64Array.from({ length: SIZE }, (_, i) => 0.5 + i / 10),
    };
  };
  const zero = new Float64Array(SIZE);
  return { hessian, at, point: at({ x: zero }, zero) };
}

describe("the lowest curvature at a stationary point", () => {
  it("is the lowest eigenvalue of the second derivatives at a minimum", () => {
    const { hessian, at, point } = surface(0.3);
    const [lowest] = symmetricEigen(hessian).values;
    expect(lowest).toBeGreaterThan(0.1);
    const found = lowestCurvature(point, at);
    expect(found.value_hartree).toBeCloseTo(lowest!, 3);
    expect(found.isSettled).toBe(true);
  });

  it("is left open where the directions that may be tried do not settle it", () => {
    const { at, point } = surface(0.3);
    // Wrong of which directions are soft.
    const blind = (from: Place, step: Float64Array): Place => ({
      ...at(from, step),
      curvature: Float64Array.from({ length: SIZE }, (_, i) => 0.5 + (SIZE - i) / 10),
    });
    const { isSettled, value_hartree } = lowestCurvature(blind(point, new Float64Array(SIZE)), blind);
    expect(isSettled).toBe(false);
    expect(value_hartree).toBeGreaterThan(0);
  });

  it("leads down from a saddle point, whatever the approximate derivatives say", () => {
    const { hessian, at, point } = surface(-0.4);
    const { value_hartree, direction } = lowestCurvature(point, at);
    expect(value_hartree).toBeLessThan(-0.1);
    expect(value_hartree).toBeGreaterThanOrEqual(symmetricEigen(hessian).values[0]! - 1e-3);
    const beside = at(
      point,
      direction.map((x) => 0.2 * x),
    );
    expect(beside.energy_hartree).toBeLessThan(point.energy_hartree);
  });
});
