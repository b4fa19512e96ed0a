/** Large pieces, kept once under the hash of their bytes, compressed where it pays, checked whenever they are read. */
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { DomainError } from "#shared/errors.ts";
import { type Database, template } from "../file/database.ts";
import { sha256, toHex } from "../proof/hash.ts";

/** Below this size compression saves less than a page ever shows. */
const COMPRESS_FROM_BYTES = 256;

const byHash = template((sql, hash: Buffer) => sql.selectFrom("blob").select("id").where("hash", "=", hash));

/** Stores bytes unless they are there already; the row's id. */
export function storeBlob(db: Database, bytes: Uint8Array): number {
  const hash = sha256(bytes);
  const known = db.one(byHash(hash));
  if (known) return known.id;
  const packed = bytes.length < COMPRESS_FROM_BYTES ? undefined : zstdCompressSync(bytes);
  const smaller = packed !== undefined && packed.length < bytes.length;
  return db.insert("blob", {
    hash,
    size: bytes.length,
    codec: smaller ? "zstd" : "plain",
    bytes: smaller ? packed : Buffer.from(bytes),
  });
}

interface StoredBlob {
  hash: Buffer;
  size: number;
  codec: "plain" | "zstd";
  bytes: Buffer;
}

/** The bytes as they were stored. @throws DomainError notebook-damaged where they no longer match their hash */
export function unpackBlob(blob: StoredBlob): Buffer {
  const name = toHex(blob.hash);
  const damaged = (got: string): DomainError =>
    new DomainError("notebook-damaged", `Blob ${name} was changed after it was stored (${got}).`, {
      blob: name,
    });
  let bytes: Buffer;
  try {
    bytes =
      blob.codec === "zstd" ? zstdDecompressSync(blob.bytes, { maxOutputLength: blob.size + 1 }) : blob.bytes;
  } catch (error) {
    throw damaged(`cannot be decompressed: ${String(error)}`);
  }
  if (bytes.length !== blob.size) throw damaged(`expected ${blob.size} bytes, got ${bytes.length}`);
  const actual = toHex(sha256(bytes));
  if (actual !== name) throw damaged(`its hash is now ${actual}`);
  return bytes;
}
