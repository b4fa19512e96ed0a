/** ZIP archives that are the same bytes for the same files, and that say of themselves whether a byte was changed. */
import { createHash } from "node:crypto";
import { unzipSync, zipSync } from "fflate";
import { DomainError } from "#shared/errors.ts";

/** Path within the archive → bytes. */
export type Files = Readonly<Record<string, Uint8Array>>;

/** The earliest time that ZIP can say: what is in the files tells when they were made. */
const NO_TIME = new Date(1980, 0, 1);

const COMMENT = /^ansatz sha256=([0-9a-f]{64})$/;
const COMMENT_LENGTH = "ansatz sha256=".length + 64;

const digestOf = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

/** Packs files in the order of their names; the archive's comment holds the SHA-256 of all bytes before it. */
export function pack(files: Files): Uint8Array {
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  const bare = zipSync(sorted, { level: 6, mtime: NO_TIME });
  const archive = new Uint8Array(bare.length + COMMENT_LENGTH);
  archive.set(bare);
  // The last two bytes of a ZIP without a comment are the comment's length.
  new DataView(archive.buffer).setUint16(bare.length - 2, COMMENT_LENGTH, true);
  const comment = `ansatz sha256=${digestOf(archive.subarray(0, bare.length))}`;
  archive.set(new TextEncoder().encode(comment), bare.length);
  return archive;
}

/** Whether every byte is as it was packed; undefined where the archive says nothing about it. */
export function isWhole(archive: Uint8Array): boolean | undefined {
  const at = archive.length - COMMENT_LENGTH;
  const [, digest] = COMMENT.exec(new TextDecoder().decode(archive.subarray(at))) ?? [];
  return digest === undefined ? undefined : digest === digestOf(archive.subarray(0, at));
}

const MIB = 2 ** 20;
/** Evidence is read a line at a time. */
const MAX_FILE_BYTES = 1536 * MIB;
const MAX_ARCHIVE_BYTES = 2048 * MIB;

/** Inside the archive wherever it is unpacked, by any program. */
const isInside = (path: string): boolean =>
  !path.includes("\\") &&
  path
    .split("/")
    .every((part, i, parts) => (part === "" ? i > 0 && i === parts.length - 1 : !/^\.\.?$/.test(part)));

/** Text that says much the same again and again packs to a thirtieth; only what is made to fill a memory packs to less than this. */
const MAX_RATIO = 100;
/** Up to here it does not matter. */
const SMALL_BYTES = 32 * MIB;

/** The record that ends every ZIP archive: its first bytes, where the length of the comment after it stands, and its own length. */
const END = { signature: Buffer.from([0x50, 0x4b, 0x05, 0x06]), commentAt: 20, bytes: 22 };

/** An archive that lacks only part of its comment would unpack all the same. */
function requireEnd(archive: Uint8Array): void {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength);
  const at = bytes.lastIndexOf(END.signature);
  if (at < 0 || at + END.bytes > bytes.length) throw new Error("its end is missing");
  if (at + END.bytes + bytes.readUInt16LE(at + END.commentAt) > bytes.length)
    throw new Error("its end was cut off");
}

/** Looks at all entries before the first is unpacked. */
function requireHarmless(archive: Uint8Array): void {
  const names = new Set<string>();
  let bytes = 0;
  const look = ({ name, originalSize }: { name: string; originalSize: number }): false => {
    bytes += originalSize;
    if (!isInside(name) || name === "__proto__") throw new Error(`the file name "${name}" leads out of it`);
    if (names.has(name)) throw new Error(`two files have the name "${name}"`);
    if (originalSize > MAX_FILE_BYTES || bytes > MAX_ARCHIVE_BYTES) {
      const limit = `${MAX_FILE_BYTES / MIB} MiB a file and ${MAX_ARCHIVE_BYTES / MIB} MiB in all`;
      throw new Error(`"${name}" unpacks to ${originalSize} bytes, of ${bytes}: expected at most ${limit}`);
    }
    names.add(name);
    return false;
  };
  unzipSync(archive, { filter: look });
  if (bytes > SMALL_BYTES && bytes > MAX_RATIO * archive.length)
    throw new Error(
      `its ${archive.length} bytes unpack to ${bytes}: expected at most ${MAX_RATIO} times as many`,
    );
}

/**
 * @throws DomainError invalid-input for what is no ZIP archive, is too large unpacked, has two files of one name, or names that
 * lead out of it
 */
export function unpack(archive: Uint8Array): Files {
  try {
    requireEnd(archive);
    requireHarmless(archive);
    return unzipSync(archive);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DomainError(
      "invalid-input",
      `This is no ZIP archive that can be read (${reason}). Expected an .eln file.`,
    );
  }
}
