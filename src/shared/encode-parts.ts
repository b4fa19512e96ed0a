/** Text of any length as UTF-8: one string holds no more than half a GiB. */

/** Characters that are encoded at a time. */
const CHUNK = 1 << 20;

/** The parts one after the other. Memory: twice the bytes. */
export function encodeParts(parts: Iterable<string>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  let waiting = "";
  for (const part of parts) {
    waiting += part;
    if (waiting.length < CHUNK) continue;
    chunks.push(encoder.encode(waiting));
    waiting = "";
  }
  chunks.push(encoder.encode(waiting));
  const bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The lines of a JSON object of objects as JSON.stringify(…, null, 2) writes them, one member at a time. */
export function* jsonParts(document: Readonly<Record<string, object>>): Generator<string> {
  const indented = (value: unknown, by: string): string =>
    JSON.stringify(value, null, 2).replaceAll("\n", `\n${by}`);
  yield "{";
  let next = "\n";
  for (const [name, members] of Object.entries(document)) {
    yield `${next}  ${JSON.stringify(name)}: `;
    next = ",\n";
    const entries = Object.entries(members);
    if (entries.length === 0) {
      yield "{}";
      continue;
    }
    for (const [i, [key, value]] of entries.entries())
      yield `${i === 0 ? "{" : ","}\n    ${JSON.stringify(key)}: ${indented(value, "    ")}`;
    yield "\n  }";
  }
  yield next === "\n" ? "}\n" : "\n}\n";
}
