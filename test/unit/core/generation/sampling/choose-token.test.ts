import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomStream } from "#core/generation/random-stream.ts";
import { chooseToken } from "#core/generation/sampling/choose-token.ts";

/** Probabilities 0 (pad, begin), 0.5, 0.3, 0.15, 0.05 for tokens 2 to 5. */
const LOGITS = Float32Array.from([0, 0, 0.5, 0.3, 0.15, 0.05], (p) => (p === 0 ? -50 : Math.log(p)));
const DRAWS = 20_000;
/** Four standard deviations of a share of 20,000 draws. */
const SHARE_TOLERANCE = 0.015;

function shares(
  rules: { temperature: number; topP?: number; topK?: number },
  allowed?: Uint8Array,
): number[] {
  const random = randomStream(5, 0);
  const counts = new Array<number>(LOGITS.length).fill(0);
  for (let i = 0; i < DRAWS; i++) counts[chooseToken(LOGITS, rules, allowed, random()).token]! += 1 / DRAWS;
  return counts;
}

function expectShares(actual: number[], expected: number[]) {
  for (const [token, share] of expected.entries())
    if (share === 0) expect(actual[token]).toBe(0);
    else expect(Math.abs(actual[token]! - share)).toBeLessThan(SHARE_TOLERANCE);
}

describe("chooseToken", () => {
  it("draws tokens with the model's probabilities at temperature 1", () => {
    expectShares(shares({ temperature: 1 }), [0, 0, 0.5, 0.3, 0.15, 0.05]);
  });

  it("squares the probabilities at temperature 0.5", () => {
    const squares = [0, 0, 0.25, 0.09, 0.0225, 0.0025];
    const sum = squares.reduce((a, b) => a + b);
    expectShares(
      shares({ temperature: 0.5 }),
      squares.map((x) => x / sum),
    );
  });

  it("draws only the k most likely tokens", () => {
    expectShares(shares({ temperature: 1, topK: 2 }), [0, 0, 0.625, 0.375, 0, 0]);
  });

  it("draws only from the smallest set that reaches the nucleus", () => {
    expectShares(shares({ temperature: 1, topP: 0.7 }), [0, 0, 0.625, 0.375, 0, 0]);
    expectShares(shares({ temperature: 1, topP: 0.4 }), [0, 0, 1, 0, 0, 0]);
  });

  it("draws only allowed tokens, however unlikely", () => {
    expectShares(shares({ temperature: 1 }, Uint8Array.from([1, 1, 0, 0, 0, 1])), [0, 0, 0, 0, 0, 1]);
  });

  it("gives the likelihood under the model itself, whatever the rules", () => {
    const { token, nll } = chooseToken(LOGITS, { temperature: 0.2, topK: 1 }, undefined, 0.3);
    expect(token).toBe(2);
    expect(nll).toBeCloseTo(-Math.log(0.5), 6);
  });

  it("counts every token in the likelihood, those too that are never drawn", () => {
    const { nll } = chooseToken(new Float32Array(4), { temperature: 1 }, undefined, 0.3);
    expect(nll).toBeCloseTo(Math.log(4), 12);
  });

  it("never draws the pad and begin marks and never runs off the end", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: -30, max: 30, noNaN: true }), { minLength: 4, maxLength: 40 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.double({ min: 0.1, max: 2, noNaN: true }),
        (logits, uniform, temperature) => {
          const { token, nll } = chooseToken(Float32Array.from(logits), { temperature }, undefined, uniform);
          expect(token).toBeGreaterThanOrEqual(2);
          expect(token).toBeLessThan(logits.length);
          expect(nll).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});
