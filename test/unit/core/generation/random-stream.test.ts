import { expect, it } from "vitest";
import { randomStream } from "#core/generation/random-stream.ts";

const TWO_32 = 2 ** 32;

/** xoshiro128** seeded through SplitMix32, written a second time with Python's whole numbers. */
it.each([
  [0, 0, [864459741, 1695877166, 3291295379, 2371024764]],
  [1, 0, [2493135607, 2931246631, 2572322656, 2744761848]],
  [4294967295, 7, [1664858945, 3286841623, 3337005591, 4278151865]],
  [11, 4294967295, [2545447173, 539151511, 3087941034, 1593463172]],
])(
  "the stream of seed %d, number %d, begins as it always did: samples are kept by their seed",
  (seed, stream, words) => {
    const random = randomStream(seed, stream);
    expect(words.map(() => random() * TWO_32)).toEqual(words);
  },
);

it("streams are uniform in [0, 1) and have nothing to do with each other", () => {
  const [n, first, second] = [20_000, randomStream(5, 0), randomStream(5, 1)];
  const pairs = Array.from({ length: n }, () => [first() - 0.5, second() - 0.5] as const);
  const mean = (of: (pair: readonly [number, number]) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / n;
  // five standard errors: σ of a uniform number is 1/√12, of its square 1/√180, of a product of two 1/12
  const error = 5 / Math.sqrt(n);
  expect(Math.abs(mean(([x]) => x))).toBeLessThan(error / Math.sqrt(12));
  expect(Math.abs(mean(([x]) => x * x) - 1 / 12)).toBeLessThan(error / Math.sqrt(180));
  expect(Math.abs(mean(([x, y]) => x * y))).toBeLessThan(error / 12);
});
