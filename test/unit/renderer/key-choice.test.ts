import { describe, expect, it } from "vitest";
import { Sha256 } from "#shared/ids.ts";
import type { KeyProtection } from "#shared/notebook/signing.ts";
import { askedFor, FIRST_CHOICE, readChoice } from "../../../src/renderer/src/features/signing/key-choice.ts";

const fingerprint = Sha256.parse("ab".repeat(32));
const noKey = (keychain: boolean) => ({ key: null, keychain });
const keyIn = (protection: KeyProtection, keychain: boolean) => ({
  key: { fingerprint, protection },
  keychain,
});
const long = "correct horse battery";

describe("signing asks for", () => {
  it("nothing where a keychain keeps the key, present or to be made", () => {
    const request = { lock: "keychain", newKey: false };
    expect(readChoice(noKey(true), FIRST_CHOICE)).toEqual({ request });
    expect(readChoice(keyIn("keychain", true), FIRST_CHOICE)).toEqual({ request });
  });

  it("the passphrase of a key that has one, whatever its length, once", () => {
    const state = keyIn("passphrase", true);
    expect(readChoice(state, FIRST_CHOICE)).toEqual({ problem: "" });
    expect(readChoice(state, { ...FIRST_CHOICE, passphrase: "short" })).toEqual({
      request: { lock: { passphrase: "short" }, newKey: false },
    });
  });

  it("a new passphrase twice, long enough and the same, where a key is made without a keychain", () => {
    const read = (passphrase: string, repeated: string) =>
      readChoice(noKey(false), { ...FIRST_CHOICE, passphrase, repeated });
    expect(read("short", "short")).toEqual({ problem: "Expected at least 12 characters, got 5." });
    expect(read(long, `${long}!`)).toEqual({ problem: "The two passphrases differ." });
    expect(read(long, "")).toEqual({ problem: "" });
    expect(read(long, long)).toEqual({ request: { lock: { passphrase: long }, newKey: false } });
  });

  it("a new key where the present one is in another computer's keychain", () => {
    const state = keyIn("keychain", false);
    expect(askedFor(state, FIRST_CHOICE)).toEqual({ makes: false, passphrase: false, isElsewhere: true });
    expect(readChoice(state, FIRST_CHOICE)).toHaveProperty("problem");
    const choice = { ...FIRST_CHOICE, newKey: true, passphrase: long, repeated: long };
    expect(readChoice(state, choice)).toEqual({ request: { lock: { passphrase: long }, newKey: true } });
  });

  it("a passphrase in place of the keychain on demand", () => {
    const choice = { ...FIRST_CHOICE, byPassphrase: true, passphrase: long, repeated: long };
    expect(readChoice(noKey(true), choice)).toEqual({
      request: { lock: { passphrase: long }, newKey: false },
    });
  });
});
