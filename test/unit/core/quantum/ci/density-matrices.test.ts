import { describe, expect, it } from "vitest";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { densityMatrices, energyOf, spinSquare } from "#core/quantum/ci/density-matrices.ts";
import { prepareState } from "#core/quantum/vqe/vqe.ts";
import {
  applyLadders,
  fromVector,
  randomHamiltonian,
  randomNumbers,
  type State,
} from "../second-quantisation.ts";

/** Sums of some thousand products of order 1 in another order. */
const TOLERANCE = 1e-11;

const overlap = (a: State, b: State) => [...a].reduce((sum, [d, c]) => sum + c * (b.get(d) ?? 0), 0);

const SECTORS: [number, [number, number]][] = [
  [4, [2, 2]],
  [4, [3, 1]],
  [3, [1, 0]],
];

function randomState(norb: number, nelec: readonly [number, number]) {
  const ansatz = uccsd(norb, nelec);
  const random = randomNumbers(17);
  const parameters = Float64Array.from({ length: ansatz.nParameters }, random);
  return { norb, nelec, coefficients: prepareState(ansatz, parameters) };
}

describe("density matrices", () => {
  it.each(SECTORS)("agree with ladder operators for %i orbitals and %j electrons", (norb, nelec) => {
    const state = randomState(norb, nelec);
    const found = densityMatrices(state);
    const psi = fromVector(state.coefficients, norb, nelec);
    const orbitals = Array.from({ length: norb }, (_, p) => p);
    for (const p of orbitals)
      for (const q of orbitals) {
        for (const [matrix, shift] of [
          [found.alpha, 0],
          [found.beta, norb],
        ] as const) {
          const expected = overlap(
            psi,
            applyLadders(psi, [
              [p + shift, true],
              [q + shift, false],
            ]),
          );
          expect(Math.abs(matrix[p * norb + q]! - expected)).toBeLessThan(TOLERANCE);
        }
        for (const r of orbitals)
          for (const s of orbitals) {
            let expected = 0;
            for (const sigma of [0, norb])
              for (const tau of [0, norb])
                expected += overlap(
                  psi,
                  applyLadders(psi, [
                    [p + sigma, true],
                    [r + tau, true],
                    [s + tau, false],
                    [q + sigma, false],
                  ]),
                );
            expect(Math.abs(found.two[((p * norb + q) * norb + r) * norb + s]! - expected)).toBeLessThan(
              TOLERANCE,
            );
          }
      }
  });

  it("give back the energy of an eigenstate", () => {
    const h = randomHamiltonian(6, [3, 2], 8);
    const { energy_hartree, coefficients } = solveCasci(h).states[0]!;
    const densities = densityMatrices({ norb: 6, nelec: [3, 2], coefficients });
    expect(Math.abs(energyOf(h, densities) - energy_hartree)).toBeLessThan(1e-9);
  });

  it("have natural occupations between 0 and 2 that count the electrons", () => {
    const { naturalOccupations } = densityMatrices(randomState(5, [3, 2]));
    expect(naturalOccupations.reduce((sum, n) => sum + n, 0)).toBeCloseTo(5, 10);
    expect(Math.min(...naturalOccupations)).toBeGreaterThan(-TOLERANCE);
    expect(Math.max(...naturalOccupations)).toBeLessThan(2 + TOLERANCE);
    expect([...naturalOccupations]).toEqual([...naturalOccupations].sort((a, b) => b - a));
  });
});

describe("the square of the spin", () => {
  it.each([
    ["a closed-shell determinant", [2, 2], 0, 0],
    ["a high-spin determinant", [3, 1], 0, 2],
    ["one electron", [1, 0], 0, 0.75],
  ] as [string, [number, number], number, number][])("is right for %s", (_, nelec, index, expected) => {
    const { coefficients } = randomState(4, nelec);
    const determinant = coefficients.map((_value, k) => (k === index ? 1 : 0));
    expect(spinSquare({ norb: 4, nelec, coefficients: determinant })).toBeCloseTo(expected, 12);
  });

  it("is right for the singlet and triplet of two electrons in two orbitals", () => {
    const state = (sign: number) => Float64Array.of(0, Math.SQRT1_2, sign * Math.SQRT1_2, 0);
    expect(spinSquare({ norb: 2, nelec: [1, 1], coefficients: state(1) })).toBeCloseTo(0, 12);
    expect(spinSquare({ norb: 2, nelec: [1, 1], coefficients: state(-1) })).toBeCloseTo(2, 12);
  });
});
