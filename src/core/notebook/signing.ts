/** The notebook's key: made once, locked by the system's keychain or by a passphrase, used to sign checkpoints. */

import { DomainError } from "#shared/errors.ts";
import type { Sha256 } from "#shared/ids.ts";
import { type KeyProtection, MIN_PASSPHRASE, passphraseLength } from "#shared/notebook/signing.ts";
import { addCheckpoint, type Statement } from "./checkpoints/checkpoints.ts";
import { keysFromSeed, newSeed, SEED_BYTES, type SigningKeys } from "./checkpoints/keys.ts";
import { boxDigest, lockBox, openBox } from "./checkpoints/secret-box.ts";
import { only } from "./file/database.ts";
import { HOW_TO_RESTORE } from "./file/sqlite-errors.ts";
import type { Notebook } from "./notebook.ts";
import { fromHex } from "./proof/hash.ts";

/** What a host offers to keep a secret, e.g. Electron's safeStorage. */
interface Keychain {
  protect(secret: Uint8Array): Promise<Uint8Array>;
  reveal(box: Uint8Array): Promise<Uint8Array>;
}

/** How the key's secret half is locked. */
export type Lock = { passphrase: string } | { keychain: Keychain };

/** @throws DomainError invalid-input for a short one */
export function requirePassphrase(passphrase: string): void {
  const length = passphraseLength(passphrase);
  if (length >= MIN_PASSPHRASE) return;
  const message = `The passphrase has ${length} characters: expected at least ${MIN_PASSPHRASE}. Take four words or more.`;
  throw new DomainError("invalid-input", message);
}

async function lockSecret(
  seed: Buffer,
  lock: Lock,
): Promise<{ protection: "passphrase" | "keychain"; box: string }> {
  if ("keychain" in lock) {
    const box = Buffer.from(await lock.keychain.protect(seed)).toString("hex");
    return { protection: "keychain", box };
  }
  requirePassphrase(lock.passphrase);
  return { protection: "passphrase", box: await lockBox(seed, lock.passphrase) };
}

/** The fingerprint of the notebook's newest key and how it is locked; undefined where none was ever made. */
export function signingKey({ db }: Notebook): { fingerprint: Sha256; protection: KeyProtection } | undefined {
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
  return { fingerprint, protection: secret?.protection ?? "elsewhere" };
}

/**
 * Makes the notebook's key, writes its public halves into the log and signs that: a key in the log without a signature tells of one
 * that was removed.
 */
export async function createSigningKey(
  notebook: Notebook,
  lock: Lock,
  clock: () => Date,
): Promise<SigningKeys> {
  const seed = newSeed();
  const locked = await lockSecret(seed, lock);
  const keys = keysFromSeed(seed);
  const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
  notebook.transaction(() => {
    notebook.db.insert("secret", { key: fromHex(keys.fingerprint), ...locked });
    notebook.append({
      kind: "key-created",
      fingerprint: keys.fingerprint,
      ed25519: hex(keys.public.ed25519),
      mlDsa65: hex(keys.public.mlDsa65),
      box: boxDigest(locked),
    });
    addCheckpoint(notebook.db, keys, clock);
  });
  return keys;
}

/** What a lock opens: the seed, as far as the lock can tell. */
async function openSecret(
  { protection, box }: { protection: KeyProtection; box: string },
  lock: Lock,
): Promise<Uint8Array> {
  if (protection === "keychain") {
    if ("keychain" in lock) return lock.keychain.reveal(Buffer.from(box, "hex"));
    const message =
      "The notebook's key is in the keychain of the computer it was made on. Sign there, or make a new key here.";
    throw new DomainError("not-supported", message);
  }
  if ("passphrase" in lock) return openBox(box, lock.passphrase);
  throw new DomainError(
    "invalid-input",
    "The notebook's key is locked by a passphrase: expected one, got none.",
  );
}

/**
 * @throws DomainError not-found where there is no key, or its secret half is not there; invalid-input where the lock does not open;
 * notebook-damaged where it opens another key
 */
export async function unlockSigningKey(notebook: Notebook, lock: Lock): Promise<SigningKeys> {
  const key = signingKey(notebook);
  if (!key) throw new DomainError("not-found", "This notebook has no signing key yet. Make one first.");
  const { fingerprint, protection } = key;
  if (protection === "elsewhere") {
    const message = `The secret half of the notebook's key ${fingerprint} is not in this file: it was removed, or the notebook was made of an archive. Sign where it is, restore a backup ${HOW_TO_RESTORE}, or make a new key (\`ansatz notebook sign --new-key\`); what the former one signed stays signed.`;
    throw new DomainError("not-found", message, { fingerprint });
  }
  const { db } = notebook;
  const query = db.sql.selectFrom("secret").select("box").where("key", "=", fromHex(fingerprint));
  const { box } = only(db, query);
  const seed = await openSecret({ protection, box }, lock);
  const keys = seed.length === SEED_BYTES ? keysFromSeed(seed) : undefined;
  if (keys?.fingerprint === fingerprint) return keys;
  const message = `The unlocked key is ${keys?.fingerprint ?? `${seed.length} bytes long`}, expected ${fingerprint}: the locked key was exchanged. Restore a backup ${HOW_TO_RESTORE}, or make a new key.`;
  throw new DomainError("notebook-damaged", message);
}

/** Signs the log as it stands. */
export const signCheckpoint = (
  notebook: Notebook,
  keys: SigningKeys,
  clock: () => Date,
): Statement | undefined => notebook.transaction(() => addCheckpoint(notebook.db, keys, clock));
