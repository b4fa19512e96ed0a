/** Values over a stream of bytes. Structured clone keeps typed arrays, NaN, infinities and undefined, which JSON loses. */
import { deserialize, serialize } from "node:v8";

const LENGTH_BYTES = 4;

/** A value as its length (4 bytes, little-endian) and its bytes. @throws DataCloneError for what has no clone, as a function */
export function frame(value: unknown): Buffer {
  const body = serialize(value);
  const head = Buffer.alloc(LENGTH_BYTES);
  head.writeUInt32LE(body.length);
  return Buffer.concat([head, body]);
}

/** The values of a stream, each as soon as it is whole. @throws Error where the stream ends within one */
export async function* frames(stream: AsyncIterable<Buffer>): AsyncGenerator<unknown, void, undefined> {
  let chunks: Buffer[] = [];
  let size = 0;
  let needed = LENGTH_BYTES;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    while (size >= needed) {
      const held = Buffer.concat(chunks);
      const end = LENGTH_BYTES + held.readUInt32LE();
      if (size >= end) yield deserialize(held.subarray(LENGTH_BYTES, end));
      const rest = size >= end ? held.subarray(end) : held;
      needed = size >= end ? LENGTH_BYTES : end;
      chunks = [rest];
      size = rest.length;
    }
  }
  if (size > 0) throw new Error(`The stream ended within a value: ${size} of its bytes came.`);
}
