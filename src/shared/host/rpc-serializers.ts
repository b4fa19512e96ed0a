/**
 * What JSON loses in silence: typed arrays become objects and infinities become null. Both ends of every channel
 * register these serializers, so that numbers arrive as they left.
 */

/** One kind of value that needs more than JSON; `type` must be unique and above 20 (oRPC keeps 0–20). */
interface RpcSerializer {
  readonly type: number;
  condition(value: unknown): boolean;
  // biome-ignore lint/suspicious/noExplicitAny: oRPC's own signature; `condition` has narrowed the value.
  serialize(value: any): unknown;
  // biome-ignore lint/suspicious/noExplicitAny: oRPC's own signature; the peer's `serialize` made the value.
  deserialize(value: any): unknown;
}

const BYTES_PER_CHUNK = 0x8000;

type Floats = Float64Array | Float32Array;

/** Little-endian bytes as base64: exact for every number, negative zero and NaN payloads included. */
function encodeFloats(floats: Floats): string {
  const size = floats.BYTES_PER_ELEMENT;
  const view = new DataView(new ArrayBuffer(floats.length * size));
  floats.forEach((value, index) => {
    if (size === 8) view.setFloat64(index * size, value, true);
    else view.setFloat32(index * size, value, true);
  });
  const bytes = new Uint8Array(view.buffer);
  let binary = "";
  // String.fromCharCode takes its bytes as arguments, and an engine limits how many there may be.
  for (let start = 0; start < bytes.length; start += BYTES_PER_CHUNK)
    binary += String.fromCharCode(...bytes.subarray(start, start + BYTES_PER_CHUNK));
  return btoa(binary);
}

function bytesOf(text: string): DataView {
  const binary = atob(text);
  const view = new DataView(new ArrayBuffer(binary.length));
  for (let index = 0; index < binary.length; index++) view.setUint8(index, binary.charCodeAt(index));
  return view;
}

function decodeDoubles(text: string): Float64Array {
  const view = bytesOf(text);
  return Float64Array.from({ length: view.byteLength / 8 }, (_, index) => view.getFloat64(index * 8, true));
}

function decodeSingles(text: string): Float32Array {
  const view = bytesOf(text);
  return Float32Array.from({ length: view.byteLength / 4 }, (_, index) => view.getFloat32(index * 4, true));
}

/** Exact as doubles. */
const encodeIntegers = (integers: Int32Array): string => encodeFloats(Float64Array.from(integers));
const decodeIntegers = (text: string): Int32Array => Int32Array.from(decodeDoubles(text));

export const rpcSerializers: RpcSerializer[] = [
  {
    type: 21,
    condition: (value) => value instanceof Float64Array,
    serialize: encodeFloats,
    deserialize: decodeDoubles,
  },
  {
    type: 22,
    condition: (value) => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY,
    serialize: (value: number) => (value > 0 ? "+" : "-"),
    deserialize: (sign: string) => (sign === "+" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY),
  },
  {
    type: 23,
    condition: (value) => value instanceof Float32Array,
    serialize: encodeFloats,
    deserialize: decodeSingles,
  },
  {
    type: 24,
    condition: (value) => value instanceof Int32Array,
    serialize: encodeIntegers,
    deserialize: decodeIntegers,
  },
];
