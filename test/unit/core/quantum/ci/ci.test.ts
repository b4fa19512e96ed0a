import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { casciMemory_bytes, solveCasci } from "#core/quantum/ci/ci.ts";
import {
  type ActiveHamiltonian,
  DEFAULT_MEMORY_BYTES,
  sectorOptions,
} from "#core/quantum/hamiltonian/hamiltonian.ts";
import { native } from "#core/quantum/native/native.ts";
import {
  applyHamiltonian,
  fromVector,
  randomHamiltonian,
  randomNumbers,
  toVector,
} from "../second-quantisation.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

/** Sums of some hundred products of order 1 in another order. */
const KERNEL_TOLERANCE = 1e-11;
/** The reference file gives ten decimals of its energies and of its integrals. */
const REFERENCE_TOLERANCE = 1e-8;
/** Quadratic in the residual norm of 1e-6. */
const ENERGY_TOLERANCE = 1e-10;

const randomVector = (length: number, seed: number): Float64Array => {
  const random = randomNumbers(seed);
  return Float64Array.from({ length }, random);
};

const sigma = (h: ActiveHamiltonian, coefficients: Float64Array, threads: number) =>
  native().applyHamiltonian({ ...sectorOptions(h, { threads }), spinPenalty: 0, coefficients });

/** The Hamiltonian without what two mirror planes forbid: orbital p has the parities in the two low bits of p. */
const symmetric = (h: ActiveHamiltonian): ActiveHamiltonian => {
  const n = h.norb;
  const isEven = (...orbitals: number[]) => (orbitals.reduce((a, b) => a ^ b) & 3) === 0;
  return {
    ...h,
    oneBodyTensor: h.oneBodyTensor.map((x, i) => (isEven(Math.floor(i / n), i % n) ? x : 0)),
    twoBodyTensor: h.twoBodyTensor.map((x, i) => {
      const [p, q, r, s] = [3, 2, 1, 0].map((k) => Math.floor(i / n ** k) % n);
      return isEven(p!, q!, r!, s!) ? x : 0;
    }),
  };
};

const SECTORS: [number, [number, number]][] = [
  [4, [2, 2]],
  [5, [3, 1]],
  [5, [2, 3]],
  [4, [3, 0]],
  [4, [4, 2]],
  [1, [1, 1]],
];

describe("the product with the Hamiltonian", () => {
  it.each(SECTORS)("agrees with ladder operators for %i orbitals and %j electrons", (norb, nelec) => {
    const h = randomHamiltonian(norb, nelec, 11);
    const length = toVector(new Map(), norb, nelec).length;
    const c = randomVector(length, 5);
    const expected = toVector(applyHamiltonian(h, fromVector(c, norb, nelec)), norb, nelec);
    const found = sigma(h, c, 1);
    for (const [i, value] of found.entries())
      expect(Math.abs(value - expected[i]!)).toBeLessThan(KERNEL_TOLERANCE);
  });

  it.each(SECTORS)(
    "agrees where symmetry forbids most integrals, for %i orbitals and %j electrons",
    (norb, nelec) => {
      const h = symmetric(randomHamiltonian(norb, nelec, 13));
      const c = randomVector(toVector(new Map(), norb, nelec).length, 6);
      const expected = toVector(applyHamiltonian(h, fromVector(c, norb, nelec)), norb, nelec);
      for (const [i, value] of sigma(h, c, 2).entries())
        expect(Math.abs(value - expected[i]!)).toBeLessThan(KERNEL_TOLERANCE);
    },
  );

  it("has the same bits on one, two and three threads", () => {
    const h = randomHamiltonian(8, [4, 3], 3);
    const c = randomVector(70 * 56, 9);
    const one = sigma(h, c, 1);
    expect(sigma(h, c, 2)).toEqual(one);
    expect(sigma(h, c, 3)).toEqual(one);
  });
});

describe("exact diagonalisation", () => {
  it.each(uccsdEntries)("finds the recorded singlet of $id", ({ hamiltonian, fci }) => {
    const { outcome, states } = solveCasci(hamiltonian);
    expect(outcome).toBe("converged");
    expect(Math.abs(states[0]!.energy_hartree - fci)).toBeLessThan(REFERENCE_TOLERANCE);
    expect(Math.abs(states[0]!.spinSquare)).toBeLessThan(ENERGY_TOLERANCE);
  });

  it("finds the lowest states whatever their spatial symmetry", () => {
    const h = symmetric(randomHamiltonian(6, [3, 3], 8));
    const dense = solveCasci(h, { nroots: 400, spinPure: false }).states.filter(
      ({ spinSquare }) => Math.abs(spinSquare) < 1e-6,
    );
    const found = solveCasci(h, { nroots: 4 }).states;
    for (const [k, { energy_hartree }] of found.entries())
      expect(Math.abs(energy_hartree - dense[k]!.energy_hartree)).toBeLessThan(ENERGY_TOLERANCE);
  });

  it("returns eigenvectors: H c = E c by ladder operators", () => {
    const h = randomHamiltonian(5, [2, 2], 21);
    const { states } = solveCasci(h, { nroots: 4, spinPure: false, tolerance: 1e-8 });
    expect(states).toHaveLength(4);
    for (const { energy_hartree, coefficients } of states) {
      const image = toVector(applyHamiltonian(h, fromVector(coefficients, 5, [2, 2])), 5, [2, 2]);
      for (const [i, value] of image.entries())
        expect(Math.abs(value - (energy_hartree - h.coreEnergy) * coefficients[i]!)).toBeLessThan(1e-7);
    }
  });

  it("finds with a spin penalty only the states that carry the lowest spin", () => {
    const h = randomHamiltonian(6, [3, 3], 4);
    const all = solveCasci(h, { nroots: 12, spinPure: false, maxIterations: 500 });
    const singlets = all.states
      .filter((state) => state.spinSquare < 0.1)
      .map((state) => state.energy_hartree);
    const pure = solveCasci(h, { nroots: 2 });
    expect(singlets.length).toBeGreaterThanOrEqual(2);
    for (const [k, { energy_hartree, spinSquare }] of pure.states.entries()) {
      expect(Math.abs(energy_hartree - singlets[k]!)).toBeLessThan(ENERGY_TOLERANCE);
      expect(Math.abs(spinSquare)).toBeLessThan(1e-8);
    }
  });

  it("stays at the lowest singlet through restarts and tight residuals", () => {
    const h = randomHamiltonian(8, [4, 4], 2);
    const loose = solveCasci(h).states[0]!;
    const tight = solveCasci(h, { tolerance: 1e-9, maxIterations: 500 });
    expect(tight.outcome).toBe("converged");
    expect(tight.iterations).toBeGreaterThan(28);
    expect(Math.abs(tight.states[0]!.energy_hartree - loose.energy_hartree)).toBeLessThan(ENERGY_TOLERANCE);
    expect(tight.states[0]!.spinSquare).toBeCloseTo(0, 10);
  });

  it("gives one energy for either spin in excess", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (seed) => {
        const up = solveCasci(randomHamiltonian(5, [3, 2], seed)).states[0]!.energy_hartree;
        const down = solveCasci(randomHamiltonian(5, [2, 3], seed)).states[0]!.energy_hartree;
        expect(Math.abs(up - down)).toBeLessThan(ENERGY_TOLERANCE);
      }),
      { numRuns: 10 },
    );
  });

  it("has the same bits on one thread and on three, where vectors are long enough to be shared", () => {
    const h = randomHamiltonian(10, [5, 5], 5);
    expect(solveCasci(h, { threads: 3, maxIterations: 4 })).toEqual(
      solveCasci(h, { threads: 1, maxIterations: 4 }),
    );
  });

  it("begins from states that it is given, and without them where memory does not hold them", () => {
    const h = randomHamiltonian(8, [4, 4], 2);
    const found = solveCasci(h, { nroots: 2, tolerance: 1e-7 });
    const start = found.states.map(({ coefficients }) => coefficients);
    const again = solveCasci(h, { nroots: 2, tolerance: 1e-7, start });
    expect(again.iterations).toBeLessThan(found.iterations / 2);
    for (const [k, { energy_hartree }] of again.states.entries())
      expect(Math.abs(energy_hartree - found.states[k]!.energy_hartree)).toBeLessThan(ENERGY_TOLERANCE);
    const maxMemory_bytes = casciMemory_bytes(h, 2);
    expect(solveCasci(h, { nroots: 2, tolerance: 1e-7, start, maxMemory_bytes })).toEqual(found);
  });

  it("says so when it runs out of iterations", () => {
    const { outcome, iterations } = solveCasci(randomHamiltonian(8, [4, 4], 2), { maxIterations: 2 });
    expect({ outcome, iterations }).toEqual({ outcome: "not-converged", iterations: 2 });
  });

  it("refuses a space beyond the memory allowed before it begins", () => {
    const h = { ...randomHamiltonian(2, [1, 1], 1), norb: 20, nelec: [10, 10] as const };
    const large = { ...h, oneBodyTensor: new Float64Array(400), twoBodyTensor: new Float64Array(160_000) };
    expect(() => solveCasci(large)).toThrow(/\(20e, 20o\).*needs about.*GiB/);
  });

  it("refuses many strings of one spin, whose matrix would not fit, though the determinants are few", () => {
    const h = { ...randomHamiltonian(2, [1, 1], 1), norb: 20, nelec: [10, 1] as const };
    const large = { ...h, oneBodyTensor: new Float64Array(400), twoBodyTensor: new Float64Array(160_000) };
    expect(() => solveCasci(large)).toThrow(/\(11e, 20o\) has 3695120 determinants and needs about \d/);
  });

  it("allows (14e,14o) and refuses (16e,16o)", () => {
    expect(casciMemory_bytes({ norb: 14, nelec: [7, 7] }, 1)).toBeLessThan(DEFAULT_MEMORY_BYTES);
    expect(casciMemory_bytes({ norb: 16, nelec: [8, 8] }, 1)).toBeGreaterThan(DEFAULT_MEMORY_BYTES);
  });

  it.each([
    [
      "a NaN among the integrals",
      { oneBodyTensor: Float64Array.of(Number.NaN, 0, 0, 1) },
      /oneBodyTensor.*got NaN at 0/,
    ],
    [
      "too few integrals",
      { oneBodyTensor: new Float64Array(3) },
      /oneBodyTensor: expected Float64Array of length 4, got .* 3/,
    ],
    ["more electrons than places", { nelec: [3, 1] as const }, /2 orbitals for 3 α/],
  ])("refuses %s", (_, change, message) => {
    expect(() => solveCasci({ ...randomHamiltonian(2, [1, 1], 1), ...change })).toThrow(message);
  });
});
