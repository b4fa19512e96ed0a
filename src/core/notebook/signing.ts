/** The notebook's key: made once, locked by the system's keychain or by a passphrase, used to sign checkpoints. */
import { DomainError } from "#shared/errors.ts";
import type { Sha256 } from "#shared/ids.ts";
import { addCheckpoint, type Statement } from "./checkpoints.ts";
import { fromHex } from "./hash.ts";
import { keysFromSeed, newSeed, type SigningKeys } from "./keys.ts";
import type { Notebook } from "./notebook.ts";
import { lockBox, openBox } from "./secret-box.ts";

/** What a host offers to keep a secret, e.g. Electron's safeStorage. */
export interface Keychain {
  protect(secret: Uint8Array): Promise<Uint8Array>;
  reveal(box: Uint8Array): Promise<Uint8Array>;
}

/** How the key's secret half is locked. */
export type Lock = { passphrase: string } | { keychain: Keychain };

/** Short enough to remember, long enough that scrypt holds. */
const MIN_PASSPHRASE = 12;

async function lockSecret(
  seed: Buffer,
  lock: Lock,
): Promise<{ protection: "passphrase" | "keychain"; box: string }> {
  if ("keychain" in lock) {
    const box = Buffer.from(await lock.keychain.protect(seed)).toString("hex");
    return { protection: "keychain", box };
  }
  if (lock.passphrase.length < MIN_PASSPHRASE) {
    const message = `The passphrase has ${lock.passphrase.length} characters: expected at least ${MIN_PASSPHRASE}. Take four words or more.`;
    throw new DomainError("invalid-input", message);
  }
  return { protection: "passphrase", box: lockBox(seed, lock.passphrase) };
}

/** The fingerprint of the notebook's newest key and how it is locked; undefined where there is none. */
export function signingKey({
  db,
}: Notebook): { fingerprint: Sha256; protection: "passphrase" | "keychain" } | undefined {
  const query = db.sql
    .selectFrom("event")
    .select("body")
    .where("kind", "=", "key-created")
    .orderBy("seq", "desc")
    .limit(1);
  const created = db.one(query);
  if (!created) return undefined;
  const { fingerprint } = JSON.parse(created.body) as { fingerprint: Sha256 };
  const secret = db.one(
    db.sql.selectFrom("secret").select("protection").where("key", "=", fromHex(fingerprint)),
  );
  return secret && { fingerprint, protection: secret.protection };
}

/** Makes the notebook's key, writes its public halves into the log and signs that: a key in the log without a signature tells of one that was removed. */
export async function createSigningKey(notebook: Notebook, lock: Lock, at: Date): Promise<SigningKeys> {
  const seed = newSeed();
  const { protection, box } = await lockSecret(seed, lock);
  const keys = keysFromSeed(seed);
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  notebook.transaction(() => {
    const row = { key: fromHex(keys.fingerprint), protection, box };
    notebook.db.insert("secret", row);
    notebook.append({
      kind: "key-created",
      fingerprint: keys.fingerprint,
      ed25519: hex(keys.public.ed25519),
      mlDsa65: hex(keys.public.mlDsa65),
    });
    addCheckpoint(notebook.db, keys, at.toISOString());
  });
  return keys;
}

/** @throws DomainError not-found where there is no key; invalid-input where the lock does not open */
export async function unlockSigningKey(notebook: Notebook, lock: Lock): Promise<SigningKeys> {
  const key = signingKey(notebook);
  if (!key) throw new DomainError("not-found", "This notebook has no signing key yet. Make one first.");
  const { db } = notebook;
  const { box } = db.one(
    db.sql.selectFrom("secret").select("box").where("key", "=", fromHex(key.fingerprint)),
  )!;
  if (key.protection === "keychain") {
    if (!("keychain" in lock)) {
      const message =
        "The notebook's key is in the keychain of the computer it was made on. Sign there, or make a new key here.";
      throw new DomainError("not-supported", message);
    }
    return keysFromSeed(await lock.keychain.reveal(Buffer.from(box, "hex")));
  }
  if (!("passphrase" in lock)) {
    throw new DomainError(
      "invalid-input",
      "The notebook's key is locked by a passphrase: expected one, got none.",
    );
  }
  const keys = keysFromSeed(openBox(box, lock.passphrase));
  if (keys.fingerprint !== key.fingerprint) {
    const message = `The unlocked key is ${keys.fingerprint}, expected ${key.fingerprint}: the locked key was exchanged. Restore a backup.`;
    throw new DomainError("notebook-damaged", message);
  }
  return keys;
}

/** Signs the log as it stands. */
export const signCheckpoint = (notebook: Notebook, keys: SigningKeys, at: Date): Statement | undefined =>
  notebook.transaction(() => addCheckpoint(notebook.db, keys, at.toISOString()));
