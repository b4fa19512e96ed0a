import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { brokenSignatures, keysFromSeed, newSeed } from "#core/notebook/checkpoints/keys.ts";
import { lockBox, openBox } from "#core/notebook/checkpoints/secret-box.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { createSigningKey, signCheckpoint, signingKey, unlockSigningKey } from "#core/notebook/signing.ts";
import { createSigningDesk } from "#core/orchestration/desks/signing.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { CampaignId } from "#shared/ids.ts";
import { writeSampleNotebook } from "./sample-notebook.ts";

const passphrase = "four words or more";
const now = new Date("2026-11-22T13:00:00Z");

let folder: string;
let signed: string;
const open = (path: string) => openNotebook({ path, mode: "existing", clock: () => now, program: "test" });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-signing-"));
  signed = join(folder, "signed.sqlite");
  writeSampleNotebook(signed, { campaigns: 1, candidates: 4 });
  using notebook = open(signed);
  const keys = await createSigningKey(notebook, { passphrase }, () => now);
  signCheckpoint(notebook, keys, () => now);
  const campaign = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");
  notebook.append({
    kind: "campaign-created",
    campaign,
    settings: CampaignSettings.parse({ name: "later" }),
  });
  signCheckpoint(notebook, await unlockSigningKey(notebook, { passphrase }), () => now);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the notebook's keys", () => {
  it("are the same for the same seed and others for another", () => {
    const seed = newSeed();
    expect(keysFromSeed(seed).fingerprint).toBe(keysFromSeed(seed).fingerprint);
    expect(keysFromSeed(seed).fingerprint).not.toBe(keysFromSeed(newSeed()).fingerprint);
  });

  it("make two signatures, each of which is checked for itself", () => {
    const keys = keysFromSeed(newSeed());
    const other = keysFromSeed(newSeed());
    const message = Buffer.from("the log as it stands");
    const signature = keys.sign(message);
    expect(brokenSignatures(message, signature, keys.public)).toEqual([]);
    expect(brokenSignatures(Buffer.from("another log"), signature, keys.public)).toEqual([
      "Ed25519",
      "ML-DSA-65",
    ]);
    const half = { ...signature, mlDsa65: other.sign(message).mlDsa65 };
    expect(brokenSignatures(message, half, keys.public)).toEqual(["ML-DSA-65"]);
    const otherHalf = { ...signature, ed25519: other.sign(message).ed25519 };
    expect(brokenSignatures(message, otherHalf, keys.public)).toEqual(["Ed25519"]);
  });

  it("stay locked without the passphrase", async () => {
    const box = await lockBox(Buffer.from("secret"), passphrase);
    expect((await openBox(box, passphrase)).toString()).toBe("secret");
    await expect(openBox(box, `${passphrase}!`)).rejects.toThrow(/passphrase does not open/);
  });

  it("open however the same letters are typed, as on another system", async () => {
    const box = await lockBox(Buffer.from("secret"), "Größe über alles".normalize("NFC"));
    expect((await openBox(box, "Größe über alles".normalize("NFD"))).toString()).toBe("secret");
  });

  it.each([
    "short",
    " ".repeat(20),
    ` ${"x".repeat(11)} `,
    "é".normalize("NFD").repeat(6),
    "\u{1f511}".repeat(6),
  ])("cannot be locked by a short passphrase: %j", async (short) => {
    using notebook = openNotebook({ path: ":memory:", mode: "create", clock: () => now, program: "test" });
    await expect(createSigningKey(notebook, { passphrase: short }, () => now)).rejects.toMatchObject({
      code: "invalid-input",
    });
    expect(signingKey(notebook)).toBeUndefined();
  });

  it("can be kept by a keychain", async () => {
    const flip = async (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x5a);
    const keychain = { protect: flip, reveal: flip };
    using notebook = openNotebook({ path: ":memory:", mode: "create", clock: () => now, program: "test" });
    const made = await createSigningKey(notebook, { keychain }, () => now);
    expect((await unlockSigningKey(notebook, { keychain })).fingerprint).toBe(made.fingerprint);
    await expect(unlockSigningKey(notebook, { passphrase })).rejects.toMatchObject({ code: "not-supported" });
  });
});

describe("a key that was tampered with", () => {
  let copies = 0;
  const copyOf = (...statements: string[]): string => {
    const path = join(folder, `tampered-key-${++copies}.sqlite`);
    copyFileSync(signed, path);
    const raw = new Sqlite(path);
    for (const statement of statements) raw.exec(statement);
    raw.close();
    return path;
  };
  const keysOf = ({ db }: Notebook): number =>
    db.all(db.sql.selectFrom("event").select("seq").where("kind", "=", "key-created")).length;

  it.each([
    ["removed", "DELETE FROM secret"],
    ["said to be elsewhere", "UPDATE secret SET protection = 'elsewhere'"],
    ["put under another key", "UPDATE secret SET key = zeroblob(32)"],
  ])("and whose secret half was %s is refused, and none is made in its place", async (_, sql) => {
    const path = copyOf(sql);
    using notebook = open(path);
    const desk = createSigningDesk({ notebook, clock: () => now, keychain: undefined });
    const request = { lock: { passphrase }, newKey: false };
    await expect(desk.sign(request)).rejects.toThrow(/secret half .* is not in this file.*--new-key/);
    expect((await desk.state()).key).toMatchObject({ protection: "elsewhere" });
    expect(keysOf(notebook)).toBe(1);
    await desk.sign({ ...request, newKey: true });
    expect(keysOf(notebook)).toBe(2);
  });

  it.each([
    ["empty", "UPDATE secret SET box = ''"],
    ["no JSON", "UPDATE secret SET box = 'x'"],
    ["another cost", `UPDATE secret SET box = replace(box, '"N":131072', '"N":1048576')`],
    ["a salt of no bytes", `UPDATE secret SET box = json_set(box, '$.salt', 'zz')`],
    ["another function", `UPDATE secret SET box = json_set(box, '$.kdf', 'none')`],
  ])("and whose box is %s is a DomainError", async (_, sql) => {
    using notebook = open(copyOf(sql));
    await expect(unlockSigningKey(notebook, { passphrase })).rejects.toMatchObject({
      code: "notebook-damaged",
      message: expect.stringContaining("cannot be read: it was changed"),
    });
  });

  it.each(["nonce", "tag", "sealed", "salt"])(
    "and whose %s was shortened or changed is a DomainError",
    async (part) => {
      for (const value of ["''", `substr(json_extract(box, '$.${part}'), 3)`]) {
        using notebook = open(copyOf(`UPDATE secret SET box = json_set(box, '$.${part}', ${value})`));
        await expect(unlockSigningKey(notebook, { passphrase })).rejects.toMatchObject({
          code: "invalid-input",
        });
      }
    },
  );

  it("and was exchanged for another, under passphrase or keychain, is refused", async () => {
    const seed = newSeed();
    const box = await lockBox(seed, passphrase);
    const path = copyOf(`UPDATE secret SET box = '${box}'`);
    using notebook = open(path);
    await expect(unlockSigningKey(notebook, { passphrase })).rejects.toThrow(/the locked key was exchanged/);
    for (const revealed of [seed, Buffer.alloc(0), Buffer.alloc(31)]) {
      const keychain = { protect: async (b: Uint8Array) => b, reveal: async () => revealed };
      using other = openNotebook({ path: ":memory:", mode: "create", clock: () => now, program: "test" });
      await createSigningKey(other, { keychain }, () => now);
      await expect(unlockSigningKey(other, { keychain })).rejects.toMatchObject({ code: "notebook-damaged" });
    }
  });
});

describe("signing for the first time", () => {
  it("many at once makes one key, which all use, while others are served", async () => {
    const path = join(folder, "at-once.sqlite");
    writeSampleNotebook(path, { campaigns: 1, candidates: 3 });
    using notebook = open(path);
    const desk = createSigningDesk({ notebook, clock: () => now, keychain: undefined });
    let turns = 0;
    const timer = setInterval(() => turns++, 5);
    const request = { lock: { passphrase }, newKey: false };
    const signed = await Promise.all(Array.from({ length: 8 }, () => desk.sign(request)));
    clearInterval(timer);
    expect(new Set(signed.map(({ key }) => key)).size).toBe(1);
    expect(turns).toBeGreaterThan(20);
    const made = notebook.db.all(
      notebook.db.sql.selectFrom("event").select("seq").where("kind", "=", "key-created"),
    );
    expect(made).toHaveLength(1);
  });

  it("goes on after one that failed", async () => {
    using notebook = openNotebook({ path: ":memory:", mode: "create", clock: () => now, program: "test" });
    const desk = createSigningDesk({ notebook, clock: () => now, keychain: undefined });
    const sign = (lock: string) => desk.sign({ lock: { passphrase: lock }, newKey: false });
    const [short, long] = await Promise.allSettled([sign("short"), sign(passphrase)]);
    expect([short.status, long.status]).toEqual(["rejected", "fulfilled"]);
  });

  it("is never earlier than what it covers, however long the key took to make", async () => {
    let hour = 0;
    const clock = () => new Date(Date.UTC(2026, 10, 24, hour++));
    using notebook = openNotebook({ path: ":memory:", mode: "create", clock, program: "test" });
    await createSigningKey(notebook, { passphrase }, clock);
    const { db } = notebook;
    const [event] = db.all(db.sql.selectFrom("event").select("at").where("kind", "=", "key-created"));
    const [checkpoint] = db.all(db.sql.selectFrom("checkpoint").select("at"));
    expect(Date.parse(checkpoint!.at)).toBeGreaterThan(Date.parse(event!.at));
  });

  it("is not called early where it is of the same moment as the event that it covers", () => {
    expect(verifyNotebook(signed)).toMatchObject({ ok: true, remarks: [] });
  });

  it("says where a checkpoint is older than what it covers, as the first version could make it", async () => {
    const path = join(folder, "early.sqlite");
    {
      using notebook = openNotebook({ path, mode: "create", clock: () => now, program: "test" });
      await createSigningKey(notebook, { passphrase }, () => new Date(now.getTime() - 700));
    }
    const { ok, remarks } = verifyNotebook(path);
    expect(ok).toBe(true);
    expect(remarks).toEqual([
      { where: "checkpoint 2", what: expect.stringContaining("the last event that it covers") },
    ]);
  });
});

describe("a signed checkpoint", () => {
  it("holds for the log that it was made of, and says how far", () => {
    const { ok, findings, signed: last, events } = verifyNotebook(signed);
    expect(findings).toEqual([]);
    expect(ok).toBe(true);
    expect(last?.seq).toBe(events);
  });

  it("says that the end is not signed where only the last checkpoint was removed", () => {
    const path = join(folder, "shorter.sqlite");
    copyFileSync(signed, path);
    const raw = new Sqlite(path);
    raw.exec("DROP TRIGGER checkpoint_no_delete");
    raw.exec("DELETE FROM checkpoint WHERE seq = (SELECT max(seq) FROM checkpoint)");
    raw.close();
    const { signed: last, head } = verifyNotebook(path);
    expect(last?.seq).toBeLessThan(head.seq);
  });

  const tampered = (...statements: string[]): string => {
    const path = join(folder, "tampered.sqlite");
    copyFileSync(signed, path);
    const raw = new Sqlite(path);
    raw.pragma("foreign_keys = OFF");
    for (const name of raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()) {
      raw.exec(`DROP TRIGGER "${name}"`);
    }
    for (const statement of statements) raw.exec(statement);
    raw.close();
    return verifyNotebook(path)
      .findings.map(({ where, what }) => `${where}: ${what}`)
      .join("\n");
  };
  const last = "(SELECT max(seq) FROM event)";

  it.each([
    [
      "a log that was cut off",
      [`DELETE FROM event WHERE seq = ${last}`],
      /checkpoint \d+: covers \d+ events, \d+ are there: the log was cut off/,
    ],
    [
      "a checkpoint with another time",
      ["UPDATE checkpoint SET at = '2020-01-01T00:00:00.000Z'"],
      /signature does not hold \(Ed25519 and ML-DSA-65\)/,
    ],
    [
      "a checkpoint with another root",
      ["UPDATE checkpoint SET root = zeroblob(32)"],
      /not those that were signed/,
    ],
    [
      "a forged classical signature",
      ["UPDATE checkpoint SET ed25519 = zeroblob(64)"],
      /does not hold \(Ed25519\)/,
    ],
    [
      "a forged lattice signature",
      ["UPDATE checkpoint SET ml_dsa_65 = zeroblob(3309)"],
      /does not hold \(ML-DSA-65\)/,
    ],
    [
      "a notebook whose checkpoints were all removed",
      ["DELETE FROM checkpoint"],
      /key [0-9a-f]{64} \(event \d+\): was made to sign the log, and no signature by it is there/,
    ],
    [
      "a checkpoint by a stranger",
      ["UPDATE checkpoint SET key = zeroblob(32)"],
      /which the log does not know/,
    ],
  ])("finds %s", (_, statements, expected) => {
    expect(tampered(...statements)).toMatch(expected);
  });
});
