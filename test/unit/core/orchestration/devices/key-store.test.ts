import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import { openKeyStore } from "#core/orchestration/devices/key-store.ts";
import { DomainError } from "#shared/errors.ts";

const resources = fileURLToPath(new URL("../../../../../resources", import.meta.url));
const KEY = "planted-key-8d1e55";
const LIMITS = { job_usd: 20, campaign_usd: 20, day_usd: 20, account_usd: 20 };
/** Turns the bits of what it locks and marks it as its own. */
const keychain = (mark = 7) => ({
  available: async () => true,
  protect: async (secret: Uint8Array) => Uint8Array.of(mark, ...secret.map((byte) => byte ^ 0xff)),
  async reveal([first, ...box]: Uint8Array) {
    if (first !== mark) throw new DomainError("not-supported", "another keychain locked it");
    return Uint8Array.from(box, (byte) => byte ^ 0xff);
  },
});

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-keys-"));
  file = join(folder, "of the person", "keys.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("keys that outlast the program", () => {
  it("are opened again by the keychain that locked them, and by no other", async () => {
    await openKeyStore(file, keychain()).keep("ionq", KEY);
    await openKeyStore(file, keychain()).keep("braket", "id:sécret");
    const later = openKeyStore(file, keychain());
    expect([later.has("ionq"), later.has("ibm"), later.has("braket")]).toEqual([true, false, true]);
    expect(await later.get("ionq")).toBe(KEY);
    expect(await later.get("braket")).toBe("id:sécret");
    expect(await later.get("ibm")).toBeUndefined();
    await expect(openKeyStore(file, keychain(8)).get("ionq")).rejects.toThrow(/another keychain/);
  });

  it("are locked in a file of their owner alone, which is gone with the last of them", async () => {
    const store = openKeyStore(file, keychain());
    writeFileSync(join(folder, "before"), "");
    await store.keep("ionq", KEY);
    const text = readFileSync(file, "utf8");
    expect(text).not.toContain(KEY);
    expect(text).not.toContain(Buffer.from(KEY).toString("base64"));
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
    await store.keep("ibm", "another");
    store.forget("ionq");
    expect(store.has("ionq")).toBe(false);
    expect(await store.get("ibm")).toBe("another");
    store.forget("ibm");
    store.forget("ibm");
    expect(readdirSync(join(folder, "of the person"))).toEqual([]);
  });

  it.each(["", "{", "[]", '{"ionq":7}', '{"nobody":"AAAA"}'])(
    "are not read from a file with %j",
    async (text) => {
      const plain = join(folder, "keys.json");
      writeFileSync(plain, text);
      await expect(openKeyStore(plain, keychain()).get("ionq")).rejects.toMatchObject({
        code: "invalid-input",
      });
    },
  );

  it("are not taken for none where their file cannot be read", async () => {
    const store = openKeyStore(folder, keychain());
    await expect(store.get("ionq")).rejects.toMatchObject({ code: "conflict" });
    await expect(store.keep("ionq", KEY)).rejects.toMatchObject({ code: "conflict" });
    expect(store.has("ionq")).toBe(false);
  });
});

const openEngine = (options: { keychain?: ReturnType<typeof keychain> } = {}) =>
  createEngine({
    paths: { notebook: join(folder, "notebook.sqlite"), resources, keys: file },
    clock: () => new Date(),
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    threads: 1,
    ...options,
  });
const request = {
  provider: "ionq",
  access: { baseUrl: "http://127.0.0.1:9", limits: LIMITS },
  key: KEY,
} as const;
const ionqOf = async (engine: Awaited<ReturnType<typeof openEngine>>) =>
  (await engine.qpu.providers()).find(({ provider }) => provider === "ionq");

describe("a key of a provider in the app", () => {
  it("is at hand at the next start where it was kept, and in no file of the notebook", async () => {
    {
      await using engine = await openEngine({ keychain: keychain() });
      expect(await ionqOf(engine)).toMatchObject({ hasKey: false, keychain: { file, isKept: false } });
      await engine.qpu.enable({ ...request, keepsKey: true });
      expect(await ionqOf(engine)).toMatchObject({ hasKey: true, keychain: { file, isKept: true } });
    }
    await using engine = await openEngine({ keychain: keychain() });
    expect(await ionqOf(engine)).toMatchObject({ hasKey: true, keychain: { file, isKept: true } });
    await engine.devices.requireReady("ionq");
    for (const name of readdirSync(folder).filter((one) => one.startsWith("notebook")))
      expect(readFileSync(join(folder, name)).includes(KEY)).toBe(false);
    await engine.qpu.forgetKey({ provider: "ionq" });
    expect(await ionqOf(engine)).toMatchObject({ hasKey: false, keychain: { isKept: false } });
  });

  it("leaves the other providers' standing to be seen where its file was changed", async () => {
    mkdirSync(dirname(file));
    writeFileSync(file, "{");
    await using engine = await openEngine({ keychain: keychain() });
    expect(await ionqOf(engine)).toMatchObject({ hasKey: false, keychain: { file, isKept: false } });
    await engine.qpu.enable({ provider: "ionq", access: request.access });
    await expect(engine.devices.requireReady("ionq")).rejects.toThrow(/does not hold locked keys.*Remove it/);
  });

  it("is gone with the program where it was not kept, and in place of one that was", async () => {
    {
      await using engine = await openEngine({ keychain: keychain() });
      await engine.qpu.enable({ ...request, keepsKey: true });
      await engine.qpu.enable({ ...request, key: "another" });
      expect(await ionqOf(engine)).toMatchObject({ hasKey: true, keychain: { isKept: false } });
    }
    await using engine = await openEngine({ keychain: keychain() });
    expect(await ionqOf(engine)).toMatchObject({ hasKey: false });
  });

  it("is not there for another person, who hears why, and cannot be kept without a keychain", async () => {
    {
      await using engine = await openEngine({ keychain: keychain() });
      await engine.qpu.enable({ ...request, keepsKey: true });
    }
    {
      await using engine = await openEngine({ keychain: keychain(8) });
      expect(await ionqOf(engine)).toMatchObject({ hasKey: false, keychain: { isKept: true } });
      await expect(engine.devices.requireReady("ionq")).rejects.toThrow(/another keychain/);
    }
    await using engine = await openEngine();
    expect(await ionqOf(engine)).toMatchObject({ hasKey: false, keychain: null });
    await expect(engine.qpu.enable({ ...request, keepsKey: true })).rejects.toThrow(/offers no keychain/);
  });
});
