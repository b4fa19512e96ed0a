/** A secret under a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM locks the box. */
import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { promisify } from "node:util";
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";
import type { Sha256 } from "#shared/ids.ts";
import { HOW_TO_RESTORE } from "../file/sqlite-errors.ts";
import { sha256, toHex } from "../proof/hash.ts";

/** 128 MiB and about half a second a guess: OWASP's first choice for scrypt. */
const COST = { N: 2 ** 17, r: 8, p: 1 };

const hex = z.string().regex(/^([0-9a-f]{2})*$/);
/** Only this cost was ever written: a changed one could ask for gigabytes and hours. */
const Box = z.strictObject({
  kdf: z.literal("scrypt"),
  N: z.literal(COST.N),
  r: z.literal(COST.r),
  p: z.literal(COST.p),
  salt: hex,
  nonce: hex,
  sealed: hex,
  tag: hex,
});

/** Which box a key was locked in: its kind of lock and its bytes. */
export const boxDigest = ({ protection, box }: { protection: string; box: string }): Sha256 =>
  toHex(sha256(`${protection}\n${box}`));

/** In libuv's threads: whoever else is served meanwhile does not wait. */
const derive = promisify<string, Uint8Array, number, object, Buffer>(scrypt);

const keyFrom = (passphrase: string, salt: Uint8Array): Promise<Buffer> =>
  derive(passphrase.normalize("NFKC"), salt, 32, { ...COST, maxmem: 2 * 128 * COST.N * COST.r });

/** The box as JSON text. */
export async function lockBox(secret: Uint8Array, passphrase: string): Promise<string> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", await keyFrom(passphrase, salt), nonce);
  const sealed = Buffer.concat([cipher.update(secret), cipher.final()]).toString("hex");
  const tag = cipher.getAuthTag().toString("hex");
  const box = {
    kdf: "scrypt",
    ...COST,
    salt: salt.toString("hex"),
    nonce: nonce.toString("hex"),
    sealed,
    tag,
  };
  return JSON.stringify(Box.parse(box));
}

function readBox(text: string, what: string): z.infer<typeof Box> {
  try {
    return Box.parse(JSON.parse(text));
  } catch {
    const message = `What holds ${what} cannot be read: it was changed. Restore a backup ${HOW_TO_RESTORE}, or make a new key.`;
    throw new DomainError("notebook-damaged", message);
  }
}

/**
 * @param what is in it, for who types the passphrase
 * @throws DomainError invalid-input for a wrong passphrase or changed bytes: the two cannot be told apart; notebook-damaged for
 * what is no box
 */
export async function openBox(
  text: string,
  passphrase: string,
  what = "the notebook's signing key",
): Promise<Buffer> {
  const { salt, nonce, sealed, tag } = readBox(text, what);
  const key = await keyFrom(passphrase, Buffer.from(salt, "hex"));
  try {
    const cipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "hex"), { authTagLength: 16 });
    cipher.setAuthTag(Buffer.from(tag, "hex"));
    return Buffer.concat([cipher.update(Buffer.from(sealed, "hex")), cipher.final()]);
  } catch {
    throw new DomainError(
      "invalid-input",
      `The passphrase does not open ${what}. Type it again; it is the one given when the key was locked.`,
    );
  }
}
