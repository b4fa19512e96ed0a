import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeParts, jsonParts } from "#shared/encode-parts.ts";

describe("long texts", () => {
  it("are the bytes of their parts, more than a chunk of them, wherever a character falls", () => {
    const parts = ["é".repeat(700_000), "𝄞".repeat(600_000), "", "end"];
    expect(Buffer.from(encodeParts(parts)).equals(Buffer.from(parts.join("")))).toBe(true);
    expect(encodeParts([])).toEqual(new Uint8Array());
  });

  it("of JSON are those that JSON.stringify writes", () => {
    const text = (document: Readonly<Record<string, object>>) =>
      new TextDecoder().decode(encodeParts(jsonParts(document)));
    const members = fc.dictionary(fc.string(), fc.jsonValue());
    fc.assert(
      fc.property(fc.dictionary(fc.string(), members), (document) => {
        expect(text(document)).toBe(`${JSON.stringify(document, null, 2)}\n`);
      }),
    );
  });
});
