/** A secret under a passphrase: scrypt (RFC 7914) makes the key, AES-256-GCM locks the box. */
import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from "node:crypto";
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";

/** 128 MiB and about half a second a guess: OWASP's first choice for scrypt. */
const COST = { N: 2 ** 17, r: 8, p: 1 };

const hex = z.string().regex(/^([0-9a-f]{2})*$/);
const Box = z.strictObject({
  kdf: z.literal("scrypt"),
  N: z
    .number()
    .int()
    .max(2 ** 20),
  r: z.number().int().max(32),
  p: z.number().int().max(16),
  salt: hex,
  nonce: hex,
  sealed: hex,
  tag: hex,
});

const keyFrom = (passphrase: string, salt: Uint8Array, { N, r, p }: typeof COST): Buffer =>
  scryptSync(passphrase.normalize("NFKC"), salt, 32, { N, r, p, maxmem: 2 * 128 * N * r });

/** The box as JSON text. */
export function lockBox(secret: Uint8Array, passphrase: string): string {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyFrom(passphrase, salt, COST), nonce);
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

/** @throws DomainError invalid-input for a wrong passphrase or a changed box: the two cannot be told apart */
export function openBox(text: string, passphrase: string): Buffer {
  const { salt, nonce, sealed, tag, ...cost } = Box.parse(JSON.parse(text));
  const key = keyFrom(passphrase, Buffer.from(salt, "hex"), cost);
  const cipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "hex"));
  cipher.setAuthTag(Buffer.from(tag, "hex"));
  try {
    return Buffer.concat([cipher.update(Buffer.from(sealed, "hex")), cipher.final()]);
  } catch {
    throw new DomainError(
      "invalid-input",
      "The passphrase does not open the notebook's signing key. Type it again; it is the one given when the key was made.",
    );
  }
}
