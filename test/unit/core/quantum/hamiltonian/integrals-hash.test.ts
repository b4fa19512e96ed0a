import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import { integralsHash } from "#core/quantum/hamiltonian/integrals-hash.ts";

const number = fc.double({ noNaN: true, noDefaultInfinity: true });
const hamiltonian: fc.Arbitrary<ActiveHamiltonian> = fc.integer({ min: 1, max: 3 }).chain((norb) =>
  fc.record({
    norb: fc.constant(norb),
    nelec: fc.constant([1, 1] as const),
    coreEnergy: number,
    oneBodyTensor: fc
      .array(number, { minLength: norb ** 2, maxLength: norb ** 2 })
      .map((values) => Float64Array.from(values)),
    twoBodyTensor: fc
      .array(number, { minLength: norb ** 4, maxLength: norb ** 4 })
      .map((values) => Float64Array.from(values)),
  }),
);

/** The definition in words: a line of text, norb, then the numbers as little-endian doubles without a negative zero. */
function byHand({ norb, coreEnergy, oneBodyTensor, twoBodyTensor }: ActiveHamiltonian): string {
  const numbers = [coreEnergy, ...oneBodyTensor, ...twoBodyTensor].map((value) => {
    const bytes = Buffer.alloc(8);
    bytes.writeDoubleLE(Object.is(value, -0) ? 0 : value);
    return bytes;
  });
  const text = `ansatz active-space integrals, version 1\n${norb}\n`;
  return createHash("sha256")
    .update(Buffer.concat([Buffer.from(text), ...numbers]))
    .digest("hex");
}

describe("the hash of an active space's integrals", () => {
  it("is SHA-256 of the numbers' bytes", () => {
    fc.assert(fc.property(hamiltonian, (one) => integralsHash(one) === byHand(one)));
  });

  it("changes with the last bit of any number, and not with the electrons", () => {
    fc.assert(
      fc.property(hamiltonian, fc.nat(), (one, choice) => {
        const twoBodyTensor = Float64Array.from(one.twoBodyTensor);
        const bits = new BigUint64Array(twoBodyTensor.buffer);
        const place = choice % bits.length;
        fc.pre(twoBodyTensor[place] !== 0);
        bits[place]! ^= 1n;
        expect(integralsHash({ ...one, twoBodyTensor })).not.toBe(integralsHash(one));
        expect(integralsHash({ ...one, nelec: [1, 0] })).toBe(integralsHash(one));
      }),
    );
  });
});
