/**
 * A seal beside a closed notebook: the hash of every page of its file. The chain vouches for what was written; the seal finds
 * a changed byte even where SQLite keeps nothing of meaning, and says on which page. It is not signed: it guards against
 * failing disks and careless tools, the signed log against people.
 */
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { z } from "zod";
import { Sha256 } from "#shared/ids.ts";
import type { Finding } from "#shared/notebook/verification.ts";
import { sha256, toHex } from "../proof/hash.ts";
import { PRIVATE_FILE } from "./place.ts";

const PAGE_BYTES = 4096;
/** Enough to tell which page changed; the digest over whole hashes decides whether one did. */
const SHORT_BYTES = 8;
const PAGES_A_READ = 256;

const sealPath = (path: string): string => `${path}-seal`;

/** The hash of each page, in order. */
function* pageHashes(path: string): Generator<Buffer> {
  const file = openSync(path, "r");
  const chunk = Buffer.alloc(PAGES_A_READ * PAGE_BYTES);
  try {
    for (let read = readSync(file, chunk); read > 0; read = readSync(file, chunk)) {
      for (let at = 0; at < read; at += PAGE_BYTES)
        yield sha256(chunk.subarray(at, Math.min(at + PAGE_BYTES, read)));
    }
  } finally {
    closeSync(file);
  }
}

/** Whether there are changes that are not in the file yet; a reader leaves an empty log behind. */
const hasLog = (path: string): boolean => (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0;

const Seal = z.strictObject({
  size: z.number().int(),
  /** SHA-256 over the hashes of all pages. */
  digest: Sha256,
  /** The first eight bytes of each page's hash. */
  pages: z.base64(),
});
type Seal = z.infer<typeof Seal>;

function makeSeal(path: string): Seal {
  const { size } = statSync(path);
  const hashes = [...pageHashes(path)];
  const pages = Buffer.concat(hashes.map((hash) => hash.subarray(0, SHORT_BYTES))).toString("base64");
  return { size, digest: toHex(sha256(...hashes)), pages };
}

/** Seals a closed notebook, unless someone still has it open. Cost: about 1 s a GB. */
export function sealFile(path: string): void {
  if (hasLog(path)) return;
  writeFileSync(sealPath(path), `${JSON.stringify(makeSeal(path))}\n`, { mode: PRIVATE_FILE });
}

/** To be called before a notebook is written to: the seal no longer holds. */
export const breakSeal = (path: string): void => rmSync(sealPath(path), { force: true });

/**
 * Compares a file with its seal, if it has one and nothing was written since.
 *
 * @param nameOf what lies on a page (counted from 1), for people
 */
export function* checkSeal(path: string, nameOf: (page: number) => string): Generator<Finding> {
  if (!existsSync(sealPath(path)) || hasLog(path)) return;
  let sealed: Seal;
  try {
    sealed = Seal.parse(JSON.parse(readFileSync(sealPath(path), "utf8")));
  } catch {
    yield { where: "seal", what: "cannot be read: it was changed" };
    return;
  }
  const now = makeSeal(path);
  if (now.size !== sealed.size) {
    yield { where: "file", what: `is ${now.size} bytes long, ${sealed.size} when it was closed` };
  }
  if (now.digest === sealed.digest && now.pages === sealed.pages) return;
  const before = Buffer.from(sealed.pages, "base64");
  const after = Buffer.from(now.pages, "base64");
  let named = false;
  for (let at = 0; at < Math.min(before.length, after.length); at += SHORT_BYTES) {
    if (before.subarray(at, at + SHORT_BYTES).equals(after.subarray(at, at + SHORT_BYTES))) continue;
    const page = at / SHORT_BYTES + 1;
    named = true;
    yield {
      where: `file, page ${page} (${nameOf(page)})`,
      what: "was changed since the notebook was closed",
    };
  }
  if (!named) yield { where: "seal", what: "does not fit the file: one of the two was changed" };
}
