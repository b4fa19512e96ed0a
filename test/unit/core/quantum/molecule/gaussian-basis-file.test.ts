import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseGaussianBasis } from "#core/quantum/molecule/gaussian-basis-file.ts";
import { referenceBasis } from "../chemistry-reference.ts";

const file = readFileSync(new URL("../../../../fixtures/6-31gs-cho.gbs", import.meta.url), "utf8");
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

  it("reads files whose lines end in CR, and contractions with signs that real sets have", () => {
    const carbon = "C 0\rS 3 1.0\r6665 0.000692\r1000 -0.000146\r0.159 1\r****\r";
    expect(parseGaussianBasis(carbon, options).elements.C?.[0]?.coefficients).toEqual([
      0.000692, -0.000146, 1,
    ]);
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
    [
      "H 0\nS 2 1.0\n1 1\n1 -1\n****",
      /line 2, S: expected primitives that do not cancel, got a contraction with 0/,
    ],
    ["H 0\nS 2 1.0\n1 1\n1.000001 -1\n****", /line 2, S: expected primitives that do not cancel/],
    ["H 0\nSP 2 1.0\n1 1 1\n1 0.5 -1\n****", /line 2, P: expected primitives that do not cancel/],
    [
      "H 0\nS 1 1.0\n1e308 1\n****",
      /line 2, S: expected exponents of 0.000001 to 10000000000 bohr⁻², got 1e\+308/,
    ],
    ["H 0\nS 1 1.0\n1.0D-300 1\n****", /line 2, S: expected exponents .*, got 1e-300/],
    ["H 0\nS 1 1e200\n1 1\n****", /line 2, S: expected exponents .*, got Infinity/],
    ["H 0\nS 1 Infinity\n1 1\n****", /line 2: expected a shell such as/],
    ["H 0\nS 1 1.0\n1 1e300\n****", /line 2, S: expected coefficients within ±1000000, got 1e\+300/],
    ["H 0\nS 1 1.0\n0 1\n****", /line 3: expected a positive exponent/],
    ["H 0\nS 1 1.0\n1 0\n****", /line 2: expected a coefficient of S that is not 0/],
    ["H 0\nSP 1 1.0\n1 1 0\n****", /line 2: expected a coefficient of P that is not 0/],
    ["H 0\nSS 1 1.0\n1 1 1\n****", /line 2: expected a shell such as/],
    ["H 0\nL 1 1.0\n1 1 1\n****", /line 2: expected a shell such as/],
    ["H 0\nS 1 1.0\n1 1\n2 1\n****", /line 4: expected a shell such as .*, got "2 1"/],
    ["H 0\nS 0 1.0\n****", /line 2: expected a shell such as/],
    ["H 0\nS -1 1.0\n1 1\n****", /line 2: expected a shell such as/],
    ["H 0\nS 1.5 1.0\n1 1\n****", /line 2: expected a shell such as/],
    ["H 0\nS 999999999 1.0\n1 1\n****", /line 4: expected a positive exponent/],
    ["H 0\nS 1 1.0\n1 1 1\n****", /line 3: expected a positive exponent and 1 coefficient/],
    ["H 0\nSP 1 1.0\n1 1\n****", /line 3: expected a positive exponent and 2 coefficient/],
    ["H 0\nS 1 1.0\nNaN 1\n****", /line 3: expected a positive exponent/],
    ["H 0\nS 1 1.0\n1 1\n****\nH 0\nS 1 1.0\n1 1\n****", /line 5: expected one block for H/],
    ["H 1\nS 1 1.0\n1 1\n****", /line 1: expected an element such as/],
  ])("that is damaged is refused with its line: %j", (text, message) => {
    expect(() => parseGaussianBasis(text, options)).toThrow(message);
  });
});
