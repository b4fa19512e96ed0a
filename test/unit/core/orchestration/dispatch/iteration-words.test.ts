import { expect, it } from "vitest";
import { iterationWords } from "#core/orchestration/dispatch/iteration-words.ts";

it.each([
  [{ phase: "scf", iteration: 4 }, "SCF, iteration 4"],
  [{ phase: "gradient", iteration: 2 }, "gradient, iteration 2"],
  [{ phase: "integrals", iteration: 0 }, "integrals"],
])("%j is said as %s", (at, words) => {
  expect(iterationWords(at)).toBe(words);
});
