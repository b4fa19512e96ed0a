/** Keys of providers that outlast the program: locked by the operating system's keychain, in a file of the person who runs it. */
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { z } from "zod";
import { DomainError, messageOf } from "#shared/errors.ts";
import type { HostKeychain } from "#shared/notebook/signing.ts";
import { REMOTE_BACKENDS, type RemoteName } from "#shared/quantum/backend-names.ts";

const Boxes = z.partialRecord(z.enum(REMOTE_BACKENDS), z.base64());
type Boxes = z.infer<typeof Boxes>;

export interface KeyStore {
  /** What holds the locked keys. */
  readonly file: string;
  /** Whether this computer has a keychain that a key can be locked by. */
  available(): Promise<boolean>;
  /** false where the file cannot be read, of which the others tell. */
  has(provider: RemoteName): boolean;
  /**
   * @throws DomainError not-supported where the keychain does not open it: another person or computer locked it; invalid-input for a file
   * of something else, conflict for one that cannot be read
   */
  get(provider: RemoteName): Promise<string | undefined>;
  /** @throws DomainError not-supported without a keychain, else as get */
  keep(provider: RemoteName, key: string): Promise<void>;
  /** @throws DomainError as get */
  forget(provider: RemoteName): void;
}

/** @param file is made, readable by its owner alone, when a key is first kept */
export function openKeyStore(file: string, keychain: HostKeychain): KeyStore {
  const read = (): Boxes => {
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return {};
      // Whoever took it for empty would write over the keys of the others.
      throw new DomainError(
        "conflict",
        `${file} cannot be read (${messageOf(error)}). Check its permissions.`,
      );
    }
    try {
      return Boxes.parse(JSON.parse(text));
    } catch {
      throw new DomainError(
        "invalid-input",
        `${file} does not hold locked keys: expected what this program writes. Remove it, and fill the keys in again.`,
      );
    }
  };
  const write = (boxes: Boxes): void => {
    if (Object.keys(boxes).length === 0) {
      rmSync(file, { force: true });
      return;
    }
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const half = `${file}.new`;
    writeFileSync(half, JSON.stringify(boxes), { mode: 0o600 });
    // Of one that was left over the mode would be another's.
    chmodSync(half, 0o600);
    renameSync(half, file);
  };
  return {
    file,
    available: () => keychain.available(),
    has(provider) {
      try {
        return provider in read();
      } catch {
        return false;
      }
    },
    async get(provider) {
      const box = read()[provider];
      return box === undefined
        ? undefined
        : Buffer.from(await keychain.reveal(Buffer.from(box, "base64"))).toString("utf8");
    },
    async keep(provider, key) {
      const box = Buffer.from(await keychain.protect(Buffer.from(key, "utf8"))).toString("base64");
      write({ ...read(), [provider]: box });
    },
    forget(provider) {
      const { [provider]: box, ...rest } = read();
      if (box !== undefined) write(rest);
    },
  };
}
