import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { lowestDeterminant } from "#core/quantum/hamiltonian/determinant.ts";
import { taperedQubits } from "#core/quantum/hamiltonian/orbital-symmetry.ts";
import { ENCODINGS, type EncodingName, encodeOccupation, encoding } from "#core/quantum/mapping/encoding.ts";
import { mapHamiltonian, type SpinOrder, spinOrbital } from "#core/quantum/mapping/map-hamiltonian.ts";
import {
  addTerm,
  emptySum,
  parity,
  pauliLabel,
  pauliTerms,
  type RealPauliSum,
  realTerms,
} from "#core/quantum/mapping/pauli.ts";
import { taper } from "#core/quantum/mapping/tapering.ts";
import { applyHamiltonian, randomHamiltonian, type State, strings } from "../second-quantisation.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

/** Sums of some hundred integrals in another order. */
const TOLERANCE = 1e-11;
/** Residual of a state converged to 1e-9, and integrals up to 1e-7 that do not count against a symmetry. */
const EIGENVECTOR_TOLERANCE = 1e-6;
/** Reference coefficients have eight to ten decimals. */
const REFERENCE_TOLERANCE = 1e-7;

/** The operator on a computational basis state: X^x Z^z |b⟩ = (−1)^{z·b} |b ⊕ x⟩. */
function applyToBasisState(operator: RealPauliSum, bits: number): State {
  const result: State = new Map();
  for (const { x, z, coefficient } of realTerms(operator))
    result.set(bits ^ x, (result.get(bits ^ x) ?? 0) + (parity(z & bits) ? -1 : 1) * coefficient);
  return result;
}

const sameState = (a: State, b: State) => {
  for (const key of new Set([...a.keys(), ...b.keys()]))
    expect(Math.abs((a.get(key) ?? 0) - (b.get(key) ?? 0))).toBeLessThan(TOLERANCE);
};

describe("encodings", () => {
  it.each(ENCODINGS)("%s tells every set of occupations apart and reads it back", (name) => {
    const code = encoding(name, 7);
    const seen = new Set<number>();
    for (let occupied = 0; occupied < 128; occupied++) {
      const bits = encodeOccupation(code, occupied);
      seen.add(bits);
      const readBack = code.occupation.reduce((f, mask, j) => f | (parity(mask & bits) << j), 0);
      expect(readBack).toBe(occupied);
    }
    expect(seen.size).toBe(128);
  });

  it("store what their names promise", () => {
    expect(encodeOccupation(encoding("jordan-wigner", 4), 0b1010)).toBe(0b1010);
    expect(encodeOccupation(encoding("parity", 4), 0b0010)).toBe(0b1110);
    // The last qubit of four in a Fenwick tree holds the parity of all, the second that of the first two.
    expect(encodeOccupation(encoding("bravyi-kitaev", 4), 0b0001)).toBe(0b1011);
  });

  it("refuse more qubits than a mask holds", () => {
    expect(() => encoding("parity", 32)).toThrow(/to 31 qubits, got 32/);
  });
});

it.each([0, 2, 4, 6, 8, 10])("a string of %d Y has the sign of its real form: XZ = −iY", (count) => {
  const sum = emptySum(10);
  const all = 2 ** count - 1;
  addTerm(sum, { x: all, z: all, coefficient: 0.5 });
  // (−i)^count, which turns by −1 with every two
  const sign = Array.from({ length: count / 2 }, () => -1).reduce((product, x) => product * x, 1);
  expect(pauliTerms(sum)).toEqual([{ x: all, z: all, coefficient: 0.5 * sign }]);
  expect(pauliLabel({ x: all, z: all }, 10)).toBe("Y".repeat(count).padEnd(10, "I"));
});

describe("the Hamiltonian on qubits", () => {
  it.each(ENCODINGS)("acts by %s on encoded determinants as by ladder operators", (name) => {
    const h = { ...randomHamiltonian(3, [2, 1], 5), coreEnergy: 0 };
    const code = encoding(name, 6);
    const operator = mapHamiltonian(h, code, "blocked");
    for (let determinant = 0; determinant < 64; determinant++) {
      const expected: State = new Map();
      for (const [d, c] of applyHamiltonian(h, new Map([[determinant, 1]])))
        expected.set(encodeOccupation(code, d), c);
      sameState(applyToBasisState(operator, encodeOccupation(code, determinant)), expected);
    }
  });

  it.each(uccsdEntries)(
    "has the recorded Jordan–Wigner coefficients of $id",
    ({ hamiltonian, jordanWigner }) => {
      const qubits = 2 * hamiltonian.norb;
      const terms = pauliTerms(
        mapHamiltonian(hamiltonian, encoding("jordan-wigner", qubits), "interleaved"),
        1e-8,
      );
      const identity = terms.find(({ x, z }) => x === 0 && z === 0)!;
      expect(terms).toHaveLength(jordanWigner.n_terms_above_1e_8);
      expect(Math.abs(identity.coefficient - jordanWigner.identity_coefficient)).toBeLessThan(
        REFERENCE_TOLERANCE,
      );
      const oneNorm = terms.reduce(
        (sum, term) => sum + Math.abs(term.coefficient),
        -Math.abs(identity.coefficient),
      );
      expect(Math.abs(oneNorm - jordanWigner.one_norm_without_identity)).toBeLessThan(1e-6);
      for (const [k, magnitude] of jordanWigner.sorted_abs_coefficients_top.entries())
        expect(Math.abs(Math.abs(terms[k]!.coefficient) - magnitude)).toBeLessThan(REFERENCE_TOLERANCE);
      for (const [label, coefficient] of Object.entries(jordanWigner.terms ?? {})) {
        const found = terms.find((term) => pauliLabel(term, qubits) === label);
        // Signs of terms that flip orbitals hang on the sign of each orbital, which is free.
        expect(Math.abs(Math.abs(found?.coefficient ?? 0) - Math.abs(coefficient))).toBeLessThan(
          REFERENCE_TOLERANCE,
        );
      }
    },
  );
});

describe("tapering", () => {
  const cases = uccsdEntries.flatMap(({ id, hamiltonian }) =>
    (["jordan-wigner", "parity", "bravyi-kitaev"] as EncodingName[]).flatMap((name) =>
      (["blocked", "interleaved"] as SpinOrder[]).map((order) => ({ id, hamiltonian, name, order })),
    ),
  );

  it.each(cases)("keeps the ground state of $id by $name, $order spins", ({ hamiltonian, name, order }) => {
    const { norb, nelec } = hamiltonian;
    const code = encoding(name, 2 * norb);
    const place = (p: number, spin: 0 | 1) => 1 << spinOrbital(order, norb, p)(spin);
    const toBits = (a: number, b: number) => {
      let occupied = 0;
      for (let p = 0; p < norb; p++) occupied |= (a >> p) & 1 ? place(p, 0) : 0;
      for (let p = 0; p < norb; p++) occupied |= (b >> p) & 1 ? place(p, 1) : 0;
      return encodeOccupation(code, occupied);
    };
    const full = mapHamiltonian(hamiltonian, code, order);
    const { operator, reference, symmetries, kept } = taper(full, toBits(...lowestDeterminant(nelec)));
    expect(symmetries.length).toBeGreaterThanOrEqual(2);
    expect(operator.qubits).toBe(2 * norb - symmetries.length);
    expect(operator.qubits).toBe(taperedQubits(hamiltonian));
    // The tapered operator on the tapered ground state: residual zero at the exact energy.
    const { energy_hartree, coefficients } = solveCasci(hamiltonian, { tolerance: 1e-9 }).states[0]!;
    const compress = (bits: number) => kept.reduce((sum, q, k) => sum | (((bits >>> q) & 1) << k), 0);
    const bitsOf = strings(norb, nelec[0]).flatMap((a) => strings(norb, nelec[1]).map((b) => toBits(a, b)));
    const inSector = (bits: number) =>
      symmetries.every(({ mask, eigenvalue }) => (parity(mask & bits) ? -1 : 1) === eigenvalue);
    const sign = order === "blocked" ? () => 1 : interleavingSign(norb);
    const ground: State = new Map();
    const occupations = strings(norb, nelec[0]).flatMap((a) =>
      strings(norb, nelec[1]).map((b) => [a, b] as const),
    );
    for (const [k, bits] of bitsOf.entries()) {
      const c = coefficients[k]! * sign(...occupations[k]!);
      if (!inSector(bits)) expect(Math.abs(c)).toBeLessThan(1e-6);
      else ground.set(compress(bits), c);
    }
    const image: State = new Map();
    for (const [bits, c] of ground)
      for (const [target, value] of applyToBasisState(operator, bits))
        image.set(target, (image.get(target) ?? 0) + c * value);
    for (const [bits, value] of image)
      expect(Math.abs(value - energy_hartree * (ground.get(bits) ?? 0))).toBeLessThan(EIGENVECTOR_TOLERANCE);
    expect(ground.has(reference)).toBe(true);
  });

  /** Sign from moving creation operators in the order α…β… into αβαβ…. */
  const interleavingSign = (norb: number) => (a: number, b: number) => {
    let exchanges = 0;
    for (let p = 0; p < norb; p++)
      if ((b >> p) & 1) for (let q = p + 1; q < norb; q++) exchanges += (a >> q) & 1;
    return exchanges % 2 ? -1 : 1;
  };

  it("leaves one qubit of H2 in a minimal basis", () => {
    const { hamiltonian } = uccsdEntries.find(({ id }) => id === "h2_sto3g")!;
    const { operator } = taper(mapHamiltonian(hamiltonian, encoding("parity", 4), "blocked"), 0b0101);
    expect(operator.qubits).toBe(1);
  });

  it("finds the two spin parities of any Hamiltonian", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), (seed) => {
        const h = randomHamiltonian(3, [2, 1], seed);
        const full = mapHamiltonian(h, encoding("jordan-wigner", 6), "blocked");
        const { symmetries } = taper(full, 0b001011);
        expect(symmetries).toHaveLength(2);
        expect(symmetries.map(({ eigenvalue }) => eigenvalue).sort()).toEqual([-1, 1]);
      }),
      { numRuns: 10 },
    );
  });
});
