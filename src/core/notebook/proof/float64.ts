/** Numbers as bytes: IEEE 754 double precision, little-endian, one after the other. */

export const float64Bytes = (values: readonly number[] | Float64Array): Uint8Array => {
  const bytes = Buffer.alloc(values.length * 8);
  for (const [i, value] of values.entries()) bytes.writeDoubleLE(value, i * 8);
  return bytes;
};

export const float64Values = (bytes: Uint8Array): number[] => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 8 }, (_, i) => buffer.readDoubleLE(i * 8));
};
