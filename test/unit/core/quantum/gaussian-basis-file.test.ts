import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseGaussianBasis } from "#core/quantum/gaussian-basis-file.ts";
import { referenceBasis } from "./chemistry-reference.ts";

const file = readFileSync(new URL("../../../fixtures/6-31gs-cho.gbs", import.meta.url), "utf8");
const options = { name: "mine", functions: "cartesian" } as const;

describe("a Gaussian94 basis set file", () => {
  it("reads as the set that ships, SP shells taken apart", async () => {
    const read = parseGaussianBasis(file, options);
    const shipped = await referenceBasis("6-31g*");
    expect(Object.keys(read.elements)).toEqual(["H", "C", "O"]);
    for (const [symbol, shells] of Object.entries(read.elements)) {
      expect(shells.map(({ l }) => l)).toEqual(shipped.elements[symbol]!.map(({ l }) => l));
      for (const [i, shell] of shells.entries()) {
        const same = shipped.elements[symbol]![i]!;
        // the two distributions round the published numbers to different digits, five at least
        for (const [k, exponent] of shell.exponents.entries()) {
          expect(exponent / same.exponents[k]!).toBeCloseTo(1, 4);
          expect(shell.coefficients[k]! / same.coefficients[k]!).toBeCloseTo(1, 4);
        }
      }
    }
  });

  it("understands Fortran exponents and scale factors", () => {
    const { elements } = parseGaussianBasis("H 0\nS 1 2.0\n 0.5D+01 1.0D0\n****\n", options);
    expect(elements.H).toEqual([{ l: 0, exponents: [20], coefficients: [1] }]);
  });

  it.each([
    ["Qq 0\nS 1 1.0\n1 1\n****", /line 1: expected an element such as `C 0`, got "Qq 0"/],
    ["H 0\nX 1 1.0\n1 1\n****", /line 2: expected a shell such as/],
    ["H 0\nG 1 1.0\n1 1\n****", /of s, p, d or f functions, got "G 1 1.0"/],
    ["H 0\nS 2 1.0\n1 1\n****", /line 4: expected a positive exponent and 1 coefficient/],
    ["H 0\nS 1 1.0\n-1 1\n****", /line 3: expected a positive exponent/],
    ["H 0\n****", /expected shells of H/],
    ["", /expected an element such as `C 0`, got "an empty file"/],
  ])("that is damaged is refused with its line: %j", (text, message) => {
    expect(() => parseGaussianBasis(text, options)).toThrow(message);
  });
});
