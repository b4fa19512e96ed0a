import { describe, expect, it } from "vitest";
import { answerKeychain, openKeychain, type SafeStorage } from "../../../src/main/keychain.ts";

/** Turns every bit: reversible, and nothing of the secret can be read in the box. */
const flip = (bytes: Uint8Array): Buffer => Buffer.from(bytes.map((byte) => byte ^ 0xff));

const storage = (backend = "gnome_libsecret"): SafeStorage => ({
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => backend,
  encryptString: (text) => flip(Buffer.from(text)),
  decryptString: (box) => {
    const text = flip(box).toString();
    if (!/^[\w+/=]+$/.test(text)) throw new Error("not locked here");
    return text;
  },
});

/** Both sides over a channel that copies what passes, as a process boundary does. */
function connected(safe: SafeStorage) {
  const line = openKeychain((question) => {
    const answer = answerKeychain(safe, structuredClone(question));
    queueMicrotask(() => line.receive(structuredClone(answer)));
  });
  return line.keychain;
}

const secret = Uint8Array.from({ length: 32 }, (_, i) => i * 8);

describe("the keychain of main for the engine", () => {
  it("gives back exactly what it locked, and the box does not show it", async () => {
    const keychain = connected(storage());
    expect(await keychain.available()).toBe(true);
    const box = await keychain.protect(secret);
    expect(Buffer.from(box).includes(Buffer.from(secret).toString("base64"))).toBe(false);
    expect(Buffer.from(await keychain.reveal(box))).toEqual(Buffer.from(secret));
  });

  it("keeps answers to several questions apart", async () => {
    const keychain = connected(storage());
    const secrets = Array.from({ length: 20 }, (_, i) => Uint8Array.of(i));
    const boxes = await Promise.all(secrets.map((one) => keychain.protect(one)));
    const back = await Promise.all(boxes.map((box) => keychain.reveal(box)));
    expect(back.map((bytes) => bytes[0])).toEqual(secrets.map(([byte]) => byte));
  });

  it.each(["basic_text", "unknown"])(
    "does not count %s as a keychain: it protects nothing",
    async (backend) => {
      const keychain = connected(storage(backend));
      expect(await keychain.available()).toBe(false);
      await expect(keychain.protect(secret)).rejects.toMatchObject({ code: "not-supported" });
    },
  );

  it("says what to do where a box was locked on another computer", async () => {
    const keychain = connected(storage());
    await expect(keychain.reveal(Uint8Array.of(1, 2, 3))).rejects.toThrow(/not locked here.*make a new key/);
  });

  it("takes nothing else that passes between the processes for a question or an answer", () => {
    const safe = storage();
    const strangers = [
      "ready",
      "stop",
      null,
      { port: 0, data: "x" },
      { keychain: 0 },
      { keychain: 0, ask: "x" },
    ];
    for (const message of strangers) {
      expect(answerKeychain(safe, message)).toBeUndefined();
      expect(openKeychain(() => {}).receive(message)).toBe(false);
    }
    const tooLarge = { keychain: 0, ask: "protect", bytes: new Uint8Array(100_000) };
    expect(answerKeychain(safe, tooLarge)).toBeUndefined();
  });
});
