/**
 * The notebook's signing keys: Ed25519 (RFC 8032) and ML-DSA-65 (FIPS 204) side by side. A signature counts only where both
 * hold, so the record stands as long as one of the two is unbroken.
 */
import { hkdfSync, randomBytes } from "node:crypto";
import { ed25519 } from "@noble/curves/ed25519.js";
import { ml_dsa65 } from "@noble/post-quantum/ml-dsa.js";
import type { Sha256 } from "#shared/ids.ts";
import { sha256, toHex } from "../proof/hash.ts";

export interface PublicKeys {
  ed25519: Uint8Array;
  mlDsa65: Uint8Array;
}

interface HybridSignature {
  ed25519: Uint8Array;
  mlDsa65: Uint8Array;
}

export interface SigningKeys {
  public: PublicKeys;
  fingerprint: Sha256;
  sign(message: Uint8Array): HybridSignature;
}

export const SEED_BYTES = 32;

/** What both key pairs are made from; the only thing to be kept secret. */
export const newSeed = (): Buffer => randomBytes(SEED_BYTES);

const derived = (seed: Uint8Array, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", seed, new Uint8Array(), `ansatz notebook ${purpose}`, SEED_BYTES));

/** SHA-256 over both public keys: what people compare. */
export const fingerprintOf = ({ ed25519, mlDsa65 }: PublicKeys): Sha256 => toHex(sha256(ed25519, mlDsa65));

/** @param seed 32 bytes */
export function keysFromSeed(seed: Uint8Array): SigningKeys {
  const classical = derived(seed, "ed25519");
  const lattice = ml_dsa65.keygen(derived(seed, "ml-dsa-65"));
  const publicKeys = { ed25519: ed25519.getPublicKey(classical), mlDsa65: lattice.publicKey };
  return {
    public: publicKeys,
    fingerprint: fingerprintOf(publicKeys),
    sign: (message) => ({
      ed25519: ed25519.sign(message, classical),
      mlDsa65: ml_dsa65.sign(message, lattice.secretKey),
    }),
  };
}

/** Which of the two signatures do not hold; none where all is well. */
export function brokenSignatures(
  message: Uint8Array,
  signature: HybridSignature,
  keys: PublicKeys,
): ("Ed25519" | "ML-DSA-65")[] {
  const holds = (verify: () => boolean): boolean => {
    try {
      return verify();
    } catch {
      return false;
    }
  };
  const classical = holds(() => ed25519.verify(signature.ed25519, message, keys.ed25519, { zip215: false }));
  const lattice = holds(() => ml_dsa65.verify(signature.mlDsa65, message, keys.mlDsa65));
  return [...(classical ? [] : ["Ed25519" as const]), ...(lattice ? [] : ["ML-DSA-65" as const])];
}
