/** SHA-256 as bytes (in the database) and as lower-case hexadecimal (everywhere else). */
import { createHash } from "node:crypto";
import type { Sha256 } from "#shared/ids.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";

/** The digest of the parts one after the other; strings as UTF-8. */
export function sha256(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

export const toHex = (hash: Uint8Array): Sha256 => Buffer.from(hash).toString("hex") as Sha256;
export const fromHex = (hash: Sha256): Buffer => Buffer.from(hash, "hex");

/** The key under which a stage's result is kept and found again: equal stage, version and input have equal keys. */
export const resultKey = (stage: string, stageVersion: number, input: Json): Sha256 =>
  toHex(sha256(canonicalJson({ stage, stageVersion, input })));
