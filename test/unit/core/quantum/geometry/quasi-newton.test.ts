import { describe, expect, it } from "vitest";
import { invert, quasiNewtonStep, updateInverse } from "#core/quantum/geometry/quasi-newton.ts";

const N = 4;
/** Symmetric and positive definite: its diagonal outweighs each row. */
const HESSIAN = Float64Array.of(5, 1, -2, 0.5, 1, 4, 0.3, -1, -2, 0.3, 6, 1.5, 0.5, -1, 1.5, 7);
const S = Float64Array.of(0.3, -0.2, 0.5, 0.1);
const G = Float64Array.of(1, -2, 0.5, 3);

const times = (m: Float64Array, v: Float64Array): number[] =>
  Array.from({ length: N }, (_, i) => v.reduce((sum, x, j) => sum + m[i * N + j]! * x, 0));
const inverse = (): Float64Array => {
  const h = HESSIAN.slice();
  invert(h);
  return h;
};
const expectClose = (found: Iterable<number>, expected: ArrayLike<number>): void => {
  for (const [i, x] of [...found].entries()) expect(x).toBeCloseTo(expected[i]!, 12);
};

it("the inverse undoes its matrix", () => {
  for (let k = 0; k < N; k++) {
    const unit = new Float64Array(N).fill(1, k, k + 1);
    expectClose(times(inverse(), Float64Array.from(times(HESSIAN, unit))), unit);
  }
});

describe("an update by BFGS", () => {
  it("makes the inverse map the change of the gradient to the step, and keeps it symmetric", () => {
    const h = inverse();
    const y = Float64Array.of(0.5, 0.1, 0.7, -0.4);
    updateInverse(h, S, y);
    expectClose(times(h, y), S);
    for (let i = 0; i < N; i++)
      for (let j = 0; j < N; j++) expect(h[i * N + j]).toBeCloseTo(h[j * N + i]!, 12);
  });

  it("changes nothing where the Hessian is right already, and none without positive curvature", () => {
    const h = inverse();
    updateInverse(h, S, Float64Array.from(times(HESSIAN, S)));
    expectClose(h, inverse());
    updateInverse(
      h,
      S,
      S.map((x) => -x),
    );
    expectClose(h, inverse());
  });

  it("has found a quadratic function's Hessian after as many steps along conjugate directions as it has coordinates", () => {
    const h = new Float64Array(N * N);
    for (let i = 0; i < N; i++) h[i * N + i] = 1;
    const gradient = G.slice();
    for (let k = 0; k < N; k++) {
      const direction = quasiNewtonStep(h, gradient, Number.POSITIVE_INFINITY);
      const along = times(HESSIAN, direction);
      const dot = (a: ArrayLike<number>, b: Float64Array) => b.reduce((sum, x, i) => sum + x * a[i]!, 0);
      const length = -dot(gradient, direction) / dot(along, direction);
      const y = Float64Array.from(along, (x) => length * x);
      updateInverse(
        h,
        direction.map((x) => length * x),
        y,
      );
      for (let i = 0; i < N; i++) gradient[i]! += y[i]!;
    }
    for (const [i, x] of h.entries()) expect(x).toBeCloseTo(inverse()[i]!, 9);
  });
});

describe("a quasi-Newton step", () => {
  it("leads to where a quadratic function has no gradient", () => {
    const step = quasiNewtonStep(inverse(), G, 100);
    expectClose(
      times(HESSIAN, step),
      G.map((x) => -x),
    );
  });

  it("keeps its direction where it is cut to the trust radius", () => {
    const [whole, cut] = [quasiNewtonStep(inverse(), G, 100), quasiNewtonStep(inverse(), G, 0.01)];
    expect(Math.max(...cut.map(Math.abs))).toBeCloseTo(0.01, 12);
    const ratio = 0.01 / Math.max(...whole.map(Math.abs));
    expectClose(
      cut,
      whole.map((x) => x * ratio),
    );
    expect([...quasiNewtonStep(inverse(), new Float64Array(N), 1)].every((x) => x === 0)).toBe(true);
  });
});
