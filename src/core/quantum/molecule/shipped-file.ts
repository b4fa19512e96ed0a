/** Data files that ship with the program: resources/<room>/*.json, each with its checksum beside it. */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DomainError } from "#shared/errors.ts";

/** `sha256sum *.json` of the folder. */
const SUMS_FILE = "SHA256SUMS";

/**
 * The text of a shipped file whose SHA-256 is the one it was shipped with.
 *
 * @param kind what the file holds, for the error: "basis set"
 * @throws DomainError `invalid-input` for a file that is missing or not as it was shipped
 */
export async function readShipped(folder: string, file: string, kind: string): Promise<string> {
  const damaged = (got: string): DomainError => {
    const path = join(folder, file);
    const remedy = "Install the program again, or put the file back from where you got it.";
    return new DomainError("invalid-input", `The ${kind} file ${path} is damaged: ${got}. ${remedy}`, {
      path,
    });
  };
  const read = (name: string) =>
    readFile(join(folder, name)).catch((error: NodeJS.ErrnoException) => {
      throw damaged(`expected to read ${name}, got ${error.code}`);
    });
  const [bytes, sums] = await Promise.all([read(file), read(SUMS_FILE)]);
  const line = sums
    .toString("utf8")
    .split(/\r?\n/)
    .find((one) => one.slice(64) === `  ${file}`);
  const expected = line?.slice(0, 64);
  const got = createHash("sha256").update(bytes).digest("hex");
  if (!expected) throw damaged(`expected its checksum in ${SUMS_FILE}, got none`);
  if (got !== expected) throw damaged(`expected SHA-256 ${expected}, got ${got}`);
  return bytes.toString("utf8");
}
