import { describe, expect, it } from "vitest";
import { DomainError, isAbort, messageOf, toError } from "#shared/errors.ts";

/** A module whose function throws, as C++ compiled to WebAssembly does: (tag) (func (export "f") (throw 0)). */
const THROWS = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 3, 2, 1, 0],
  ...[13, 3, 1, 0, 0, 7, 5, 1, 1, 102, 0, 0, 10, 6, 1, 4, 0, 8, 0, 11],
);

describe("whatever was thrown", () => {
  it("is an Error with a message, an exception of WebAssembly too", async () => {
    const { instance } = await WebAssembly.instantiate(THROWS);
    let thrown: unknown;
    try {
      (instance.exports.f as () => void)();
    } catch (error) {
      thrown = error;
    }
    expect(thrown instanceof Error).toBe(false);
    expect(toError(thrown)).toBeInstanceOf(Error);
    expect(messageOf(thrown)).toBe("[object WebAssembly.Exception] was thrown, which is no error");
  });

  it("stays what it is where it is an Error", () => {
    const error = new DomainError("conflict", "two of them");
    expect(toError(error)).toBe(error);
    expect(isAbort(toError(new DOMException("cancelled", "AbortError")))).toBe(true);
    expect([messageOf("text"), messageOf(7), messageOf(undefined), messageOf(null)]).toEqual([
      "text",
      "7",
      "undefined",
      "null",
    ]);
  });
});
