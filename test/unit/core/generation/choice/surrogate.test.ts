import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { expectedImprovement, pickNext } from "#core/generation/choice/acquisition.ts";
import { type CountFingerprint, minMaxSimilarity } from "#core/generation/choice/count-fingerprint.ts";
import { fitSurrogate } from "#core/generation/choice/surrogate.ts";
import { randomStream } from "#core/generation/random-stream.ts";

/** Of a value that doubles hold to sixteen: the density alone loses two or three far out. */
const DIGITS = 11;
const N_KEYS = 12;
function fingerprintOf(counts: readonly number[]): CountFingerprint {
  const entries = counts.map((count, key) => [key, count] as const).filter(([, count]) => count > 0);
  return {
    keys: Float64Array.from(entries, ([key]) => key),
    counts: Float64Array.from(entries, ([, count]) => count),
    total: counts.reduce((a, b) => a + b, 0),
  };
}
const counts = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: N_KEYS, maxLength: N_KEYS });

/** Draws a function from the prior the surrogate assumes: linear in kernel columns, with noise. */
function observationsOf(n: number, seed: number, noise: number) {
  const random = randomStream(seed, 0);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const centres = Array.from({ length: 15 }, () =>
    fingerprintOf(Array.from({ length: N_KEYS }, () => Math.floor(random() * 5))),
  );
  const weights = centres.map(normal);
  return Array.from({ length: n }, () => {
    const fingerprint = fingerprintOf(Array.from({ length: N_KEYS }, () => Math.floor(random() * 5)));
    const truth = 7 + centres.reduce((sum, c, i) => sum + weights[i]! * minMaxSimilarity(c, fingerprint), 0);
    return { fingerprint, truth, value: truth + noise * normal() };
  });
}

describe("minMaxSimilarity", () => {
  it("is the sum of the smaller counts over the sum of the larger", () => {
    fc.assert(
      fc.property(counts, counts, (a, b) => {
        const smaller = a.reduce((sum, x, i) => sum + Math.min(x, b[i]!), 0);
        const larger = a.reduce((sum, x, i) => sum + Math.max(x, b[i]!), 0);
        expect(minMaxSimilarity(fingerprintOf(a), fingerprintOf(b))).toBe(
          larger === 0 ? 1 : smaller / larger,
        );
      }),
    );
  });
});

describe("fitSurrogate", () => {
  it("agrees with the formulas of the Gaussian process for two observations", () => {
    const [a, b, c] = [fingerprintOf([2, 1]), fingerprintOf([1, 2]), fingerprintOf([2, 0, 1])];
    const surrogate = fitSurrogate([
      { fingerprint: a, value: 1 },
      { fingerprint: b, value: 3 },
    ]);
    const ratio = (surrogate.noise / surrogate.scale) ** 2;
    // By symmetry the mean is 2 and the weights are ∓1 / (1 + ratio − M(a, b)).
    const [ab, ac, bc] = [minMaxSimilarity(a, b), minMaxSimilarity(a, c), minMaxSimilarity(b, c)];
    expect(surrogate.mean).toBeCloseTo(2, 12);
    expect(surrogate.predict(c).mean).toBeCloseTo(2 + (bc - ac) / (1 + ratio - ab), 10);
    const determinant = (1 + ratio) ** 2 - ab ** 2;
    const explained = ((1 + ratio) * (ac ** 2 + bc ** 2) - 2 * ab * ac * bc) / determinant;
    expect(surrogate.predict(c).standardDeviation).toBeCloseTo(
      surrogate.scale * Math.sqrt(1 - explained),
      10,
    );
  });

  it("finds the most likely noise, scale and mean of five observations, and how likely they are", () => {
    const observations = [
      { counts: [2, 1, 0, 1], value: 1 },
      { counts: [1, 2], value: 3 },
      { counts: [2, 0, 1, 3], value: -2 },
      { counts: [0, 1, 4, 1], value: 5 },
      { counts: [3, 3, 1], value: 2 },
    ];
    const surrogate = fitSurrogate(
      observations.map(({ counts, value }) => ({ fingerprint: fingerprintOf(counts), value })),
    );
    // Determinant and solution by Gauss–Jordan elimination in rational numbers (Python 3 fractions), of each ratio of noise in turn.
    expect(surrogate.logMarginalLikelihood).toBeCloseTo(-11.376582131716239, 10);
    expect(surrogate.mean).toBeCloseTo(1.8610456559294737, 10);
    expect(surrogate.scale).toBeCloseTo(1.1834893992445665, 10);
    expect(surrogate.noise).toBeCloseTo(2.0498637697107567, 10);
  });

  it("predicts what it has not seen better than the mean does", () => {
    const all = observationsOf(160, 1, 0.05);
    const surrogate = fitSurrogate(all.slice(0, 100));
    const test = all.slice(100);
    const error = (predict: (i: number) => number) =>
      Math.sqrt(test.reduce((sum, { truth }, i) => sum + (predict(i) - truth) ** 2, 0) / test.length);
    expect(error((i) => surrogate.predict(test[i]!.fingerprint).mean)).toBeLessThan(
      0.5 * error(() => surrogate.mean),
    );
  });

  it("is honest about its uncertainty: about two thirds of the truths lie within one standard deviation", () => {
    let [inside, total] = [0, 0];
    for (let seed = 1; seed <= 6; seed++) {
      const all = observationsOf(140, seed, 0.1);
      const surrogate = fitSurrogate(all.slice(0, 60));
      for (const { fingerprint, truth } of all.slice(60)) {
        const { mean, standardDeviation } = surrogate.predict(fingerprint);
        inside += Number(Math.abs(mean - truth) < standardDeviation);
        total++;
      }
    }
    // 68 % is expected of normal errors; 480 draws with six fitted scales leave some spread.
    expect(inside / total).toBeGreaterThan(0.5);
    expect(inside / total).toBeLessThan(0.9);
  });

  it("stays finite for equal molecules and equal values", () => {
    const fingerprint = fingerprintOf([1, 2, 3]);
    const { mean, standardDeviation } = fitSurrogate([
      { fingerprint, value: 4 },
      { fingerprint, value: 4 },
    ]).predict(fingerprint);
    expect(mean).toBeCloseTo(4, 9);
    expect(Number.isFinite(standardDeviation)).toBe(true);
  });
});

describe("expectedImprovement", () => {
  it("agrees with averaging over many draws", () => {
    const random = randomStream(9, 0);
    const N = 200_000;
    let sum = 0;
    for (let i = 0; i < N; i++) {
      const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
      sum += Math.max(0, -0.4 + 0.9 * normal);
    }
    // Four standard errors of the mean of 200,000 draws.
    expect(Math.abs(expectedImprovement(-0.4, 0.9) - sum / N)).toBeLessThan(4e-3);
  });

  it("keeps its digits where nearly nothing can be gained", () => {
    // g Φ(g) + φ(g) with 160 decimal digits (Python 3 decimal; Φ by its power series about 0).
    const exact: [gain: number, value: number][] = [
      [-10, 7.4745602545893284e-25],
      [-6, 1.563569795970966e-10],
      [-4, 7.145258432405667e-6],
      [-3.2, 1.852468001341275e-4],
      [-2.8, 7.610866577817513e-4],
      [-1, 8.3315470587686305e-2],
      [0, 3.989422804014327e-1],
      [1, 1.0833154705876864],
      [3, 3.000382154317048],
    ];
    for (const [gain, value] of exact)
      for (const scale of [1e-3, 1, 50])
        expect(expectedImprovement(gain * scale, scale) / (value * scale)).toBeCloseTo(1, DIGITS);
  });

  it("is the gain itself where nothing is uncertain", () => {
    expect(expectedImprovement(0.3, 0)).toBe(0.3);
    expect(expectedImprovement(-0.3, 0)).toBe(0);
  });
});

describe("pickNext", () => {
  const predictions = [
    { mean: 1, standardDeviation: 0.01 },
    { mean: 0.9, standardDeviation: 1 },
    { mean: -1, standardDeviation: 0.01 },
  ];
  const options = { count: 1, best: 1, random: randomStream(2, 0) };

  it("takes the best mean when greedy, in either direction", () => {
    expect(pickNext(predictions, { ...options, strategy: "greedy", direction: "maximise" })).toEqual([0]);
    expect(
      pickNext(predictions, { ...options, strategy: "greedy", direction: "minimise", best: -1 }),
    ).toEqual([2]);
  });

  it("prefers the uncertain candidate by expected improvement", () => {
    expect(
      pickNext(predictions, { ...options, strategy: "expected-improvement", direction: "maximise" }),
    ).toEqual([1]);
  });

  it("orders candidates by expected improvement although all are far from the best", () => {
    const far = [8, 10, 6, 12].map((mean) => ({ mean, standardDeviation: 1 }));
    expect(
      pickNext(far, {
        ...options,
        count: 4,
        best: 0,
        strategy: "expected-improvement",
        direction: "minimise",
      }),
    ).toEqual([2, 0, 1, 3]);
  });

  it("picks each candidate as often by Thompson sampling as it is the best in a draw", () => {
    const picks = Array.from(
      { length: 2000 },
      () => pickNext(predictions, { ...options, strategy: "thompson", direction: "maximise" })[0],
    );
    const share = picks.filter((pick) => pick === 1).length / picks.length;
    // P(0.9 + x > 1) = 1 − Φ(0.1) = 0.46; four standard errors are 0.045.
    expect(Math.abs(share - 0.46)).toBeLessThan(0.045);
  });
});
