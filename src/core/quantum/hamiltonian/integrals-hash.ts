/** A name for the numbers that a calculation in an active space starts from: equal hashes, equal problem. */
import { createHash } from "node:crypto";
import type { Sha256 } from "#shared/ids.ts";
import { throwIfCancelled } from "../control-block.ts";
import type { ActiveHamiltonian, NativeContext } from "./hamiltonian.ts";

/** Numbers between two looks at the flag of cancellation. */
const VALUES_AT_ONCE = 2 ** 16;
const LINE = "ansatz active-space integrals, version 1";

/** IEEE 754 double precision, little-endian; −0 is written as 0. */
function float64Bytes(values: ArrayLike<number>): Uint8Array {
  const bytes = new DataView(new ArrayBuffer(8 * values.length));
  for (let i = 0; i < values.length; i++) bytes.setFloat64(8 * i, values[i]! + 0, true);
  return new Uint8Array(bytes.buffer);
}

/**
 * SHA-256 over one line of text and norb, then core energy, one-body and two-body tensor as 64-bit little-endian numbers.
 *
 * @returns lower-case hexadecimal; the electrons are not part of it: neutral and cation share their integrals @throws AbortError
 */
export function integralsHash(
  { norb, coreEnergy, oneBodyTensor, twoBodyTensor }: ActiveHamiltonian,
  { control }: Pick<NativeContext, "control"> = {},
): Sha256 {
  const hash = createHash("sha256").update(`${LINE}\n${norb}\n`);
  for (const values of [Float64Array.of(coreEnergy), oneBodyTensor, twoBodyTensor])
    for (let first = 0; first < values.length; first += VALUES_AT_ONCE) {
      throwIfCancelled(control);
      hash.update(float64Bytes(values.subarray(first, first + VALUES_AT_ONCE)));
    }
  return hash.digest("hex") as Sha256;
}
