/**
 * Keys of providers of devices: in the environment, or in a file under a passphrase. Never on a command line, which every process of
 * the machine can read.
 */
import type { HostSecrets } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { REMOTE_BACKENDS, type RemoteName } from "#shared/quantum/backend-names.ts";
import { readTextFile } from "./files.ts";

export const PASSPHRASE_VARIABLE = "ANSATZ_PASSPHRASE";
/** ANSATZ_IONQ_KEY */
export const keyVariable = (provider: RemoteName): string => `ANSATZ_${provider.toUpperCase()}_KEY`;
/** ANSATZ_IONQ_KEY_FILE */
export const keyFileVariable = (provider: RemoteName): string => `${keyVariable(provider)}_FILE`;

type Environment = Record<string, string | undefined>;

/** Taken away, so that no program that is started from here has it too. */
function taken(env: Environment, name: string): string | undefined {
  const value = env[name];
  if (value !== undefined) delete env[name];
  return value?.trim() || undefined;
}

/** The passphrase, which is not in the environment from then on. */
export const takePassphrase = (env: Environment): string | undefined => taken(env, PASSPHRASE_VARIABLE);

async function unlocked(file: string, passphrase: string | undefined): Promise<string> {
  if (!passphrase)
    throw new DomainError(
      "invalid-input",
      `Expected the passphrase of "${file}" in ${PASSPHRASE_VARIABLE}, got none.`,
    );
  const { unlockKey } = await import("#core/files.ts");
  return unlockKey(readTextFile(file), passphrase);
}

/** Takes the keys out of the environment; a locked file is opened when its key is first asked for. */
export function takeDeviceSecrets(env: Environment): HostSecrets {
  const passphrase = takePassphrase(env);
  const keys = new Map<RemoteName, () => Promise<string>>();
  for (const provider of REMOTE_BACKENDS) {
    const key = taken(env, keyVariable(provider));
    const file = env[keyFileVariable(provider)];
    let opened: Promise<string> | undefined;
    if (key !== undefined) keys.set(provider, async () => key);
    else if (file)
      keys.set(provider, () => {
        opened ??= unlocked(file, passphrase);
        return opened;
      });
  }
  return async (provider) => keys.get(provider)?.();
}
