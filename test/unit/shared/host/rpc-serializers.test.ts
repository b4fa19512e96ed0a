import { StandardRPCJsonSerializer } from "@orpc/client/standard";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rpcSerializers } from "#shared/host/rpc-serializers.ts";

function throughTheWire(value: unknown): unknown {
  const serializer = new StandardRPCJsonSerializer({ customJsonSerializers: rpcSerializers });
  const [json, meta] = serializer.serialize(value);
  const wire = JSON.parse(JSON.stringify({ json, meta }));
  return serializer.deserialize(wire.json, wire.meta);
}

describe("the RPC serializers", () => {
  it("carry every double of a Float64Array exactly, wherever it sits", () => {
    fc.assert(
      fc.property(fc.array(fc.double()), (numbers) => {
        const sent = { deep: [{ floats: Float64Array.from(numbers) }] };
        const got = throughTheWire(sent) as typeof sent;
        expect(got.deep[0]?.floats).toBeInstanceOf(Float64Array);
        expect(got).toEqual(sent);
      }),
    );
  });

  it("carry arrays longer than an argument list may be", () => {
    const long = Float64Array.from({ length: 300_000 }, (_, index) => Math.sin(index));
    expect(throughTheWire(long)).toEqual(long);
  });

  it.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN])("carry %d", (value) => {
    expect(throughTheWire({ value })).toEqual({ value });
  });

  it("are needed: without them an infinity arrives as null", () => {
    expect(JSON.parse(JSON.stringify({ value: Number.POSITIVE_INFINITY }))).toEqual({ value: null });
  });
});
