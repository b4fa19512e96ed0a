/** The notebook's signing key as people see it, and what opens it. */
import { z } from "zod";
import { Sha256 } from "../ids.ts";

/**
 * Where the key's secret half is kept: under a passphrase, or by the operating system's keychain; elsewhere: not in this file, as in
 * a notebook made of an archive.
 */
export const KeyProtection = z.enum(["passphrase", "keychain", "elsewhere"]);
export type KeyProtection = z.infer<typeof KeyProtection>;

/** Short enough to remember, long enough that scrypt holds. */
export const MIN_PASSPHRASE = 12;

/** Characters that a passphrase counts by: without blanks round it, a letter as one however it was typed. */
export const passphraseLength = (passphrase: string): number =>
  [...passphrase.normalize("NFKC").trim()].length;

export const SigningState = z.strictObject({
  /** The newest key; null where nothing was signed yet. */
  key: z.strictObject({ fingerprint: Sha256, protection: KeyProtection }).nullable(),
  /** Whether this computer offers a keychain that a key can be kept in. */
  keychain: z.boolean(),
});
export type SigningState = z.infer<typeof SigningState>;

/** What opens the key, or locks the one that is made: a passphrase, or the keychain that the host offers. */
export const SigningLock = z.union([
  z.literal("keychain"),
  z.strictObject({ passphrase: z.string().max(1000) }),
]);
export type SigningLock = z.infer<typeof SigningLock>;

export const SignRequest = z.strictObject({
  lock: SigningLock,
  /** Makes a key of its own, as after a forgotten passphrase or on another computer; what the former signed stays signed. */
  newKey: z.boolean().default(false),
});
export type SignRequest = z.infer<typeof SignRequest>;

/** What a host offers to keep a secret, such as Electron's safeStorage; it may be absent on the machine at hand. */
export interface HostKeychain {
  available(): Promise<boolean>;
  protect(secret: Uint8Array): Promise<Uint8Array>;
  reveal(box: Uint8Array): Promise<Uint8Array>;
}
