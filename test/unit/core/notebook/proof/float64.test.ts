import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { float64Bytes, float64Values } from "#core/notebook/proof/float64.ts";

describe("numbers as bytes", () => {
  it("are eight bytes each, little-endian, and come back to the last bit", () => {
    expect([...float64Bytes([1, -2])]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0]);
    fc.assert(
      fc.property(fc.array(fc.double()), (values) => {
        expect(float64Values(float64Bytes(values))).toEqual(values);
      }),
    );
  });
});
