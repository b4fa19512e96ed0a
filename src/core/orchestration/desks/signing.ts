/** Signing the notebook's log: which key, what opens it, and the checkpoint. */
import type { SigningKeys } from "#core/notebook/checkpoints/keys.ts";
import { type Notebook, requireWritable } from "#core/notebook/notebook.ts";
import {
  createSigningKey,
  type Lock,
  signCheckpoint,
  signingKey,
  unlockSigningKey,
} from "#core/notebook/signing.ts";
import { DomainError } from "#shared/errors.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { HostKeychain, SigningLock, SigningState, SignRequest } from "#shared/notebook/signing.ts";

interface SigningServices {
  notebook: Notebook;
  clock: () => Date;
  keychain: HostKeychain | undefined;
}

export function createSigningDesk({ notebook, clock, keychain }: SigningServices) {
  const hasKeychain = async (): Promise<boolean> => (await keychain?.available()) ?? false;
  const opened = async (lock: SigningLock): Promise<Lock> => {
    if (lock !== "keychain") return lock;
    if (keychain && (await hasKeychain())) return { keychain };
    const message =
      "This computer offers no keychain to keep a signing key in: expected a passphrase. Give one, and keep it where the notebook is not.";
    throw new DomainError("not-supported", message);
  };
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: of many who sign at once for the first time one makes the key, and the others use it. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
  /** The notebook's key, made where there never was one. @throws DomainError where the lock does not open it */
  const unlock = ({ lock, newKey }: SignRequest): Promise<SigningKeys> =>
    inTurn(async () => {
      requireWritable(notebook);
      notebook.requireInPlace();
      const make = newKey || signingKey(notebook) === undefined;
      return make
        ? createSigningKey(notebook, await opened(lock), clock)
        : unlockSigningKey(notebook, await opened(lock));
    });
  const signWith = (keys: SigningKeys): { key: Sha256 } => {
    signCheckpoint(notebook, keys, clock);
    return { key: keys.fingerprint };
  };
  return {
    state: async (): Promise<SigningState> => ({
      key: signingKey(notebook) ?? null,
      keychain: await hasKeychain(),
    }),
    unlock,
    signWith,
    sign: async (request: SignRequest): Promise<{ key: Sha256 }> => signWith(await unlock(request)),
  };
}
