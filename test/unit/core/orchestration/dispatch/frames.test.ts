import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frame, frames } from "#core/orchestration/dispatch/frames.ts";

/** A stream's bytes in pieces of `size`. */
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size: number): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of frames(inPieces(bytes, size))) values.push(value);
  return values;
}

describe("values over a stream of bytes", () => {
  it("come as they went, however the stream is cut", async () => {
    const value = fc.anything({ withTypedArray: true, withMap: true, withDate: true, withBigInt: true });
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { maxLength: 5 }),
        fc.integer({ min: 1, max: 50 }),
        async (values, size) => {
          expect(await read(Buffer.concat(values.map(frame)), size)).toEqual(values);
        },
      ),
      { seed: 17, numRuns: 200 },
    );
  });

  it("keep what JSON loses", async () => {
    const value = {
      numbers: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0],
      energies: Float64Array.of(-75.98, Number.NaN, 5e-324),
      missing: undefined,
    };
    const [back] = await read(frame(value), 7);
    expect(back).toStrictEqual(value);
  });

  it("refuse a stream that ends within one of them", async () => {
    const bytes = frame({ smiles: "CCO" });
    await expect(read(bytes.subarray(0, -1), 100)).rejects.toThrow(
      `ended within a value: ${bytes.length - 1} of its bytes came`,
    );
    for (const size of [1, 3])
      await expect(read(bytes.subarray(0, size), 1)).rejects.toThrow(`ended within a value: ${size}`);
  });
});
