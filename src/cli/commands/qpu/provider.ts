/** What the sub-commands of `ansatz qpu` have in common. */
import { existsSync } from "node:fs";
import type { Engine } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { anyOf, REMOTE_BACKENDS, type RemoteName } from "#shared/quantum/backend-names.ts";
import { openEngine, openToLook } from "../../host.ts";

/** @throws DomainError `invalid-input` with the choices */
export function providerOf(text: string): RemoteName {
  const found = REMOTE_BACKENDS.find((name) => name === text.trim().toLowerCase());
  if (found) return found;
  throw new DomainError("invalid-input", `Provider: expected ${anyOf(REMOTE_BACKENDS)}, got "${text}".`);
}

/** Opens the notebook that keeps jobs and ledger; campaigns that an earlier process left running are left alone. */
export const openBooks = (notebook: string): Promise<Engine> =>
  openEngine({ notebook, threads: 1, recover: false });

/** To look alone: one that is not there yet holds nothing. */
export const lookIntoBooks = (notebook: string): Promise<Engine> =>
  existsSync(notebook) ? openToLook(notebook) : openEngine({ notebook: ":memory:", threads: 1 });
