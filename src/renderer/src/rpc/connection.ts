/** The line to the engine over its whole life: opened, lost, opened again. */
import type { ClientContext, ClientLink } from "@orpc/client";
import { messageOf } from "#shared/errors.ts";
import type { Host } from "../host/host.ts";
import { Refused } from "../host/refused.ts";

export type ConnectionState =
  | { phase: "connecting" }
  | { phase: "open" }
  /** refused: the host is there, but knows this page no more. */
  | { phase: "lost"; reason: string; retriesAlone: boolean; refused: boolean };

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5_000;

export interface Connection {
  state(): ConnectionState;
  subscribe(listener: () => void): () => void;
  /** Tries now; does nothing while a line is open or being opened. */
  retry(): void;
  /** The present line; waits while one is being opened, rejects while it is lost. */
  link(): Promise<ClientLink<ClientContext>>;
}

/** Opens the line and keeps it: where the host can, it tries again after a loss, less and less often. */
export function createConnection(host: Host): Connection {
  let state: ConnectionState = { phase: "connecting" };
  let current: Promise<ClientLink<ClientContext>>;
  let wait = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the attempts: one that was overtaken by the next has no say any more. */
  let latest = 0;
  const listeners = new Set<() => void>();

  const become = (next: ConnectionState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  /** A link that nobody waits for may fail without being an unhandled rejection. */
  const setLink = (link: Promise<ClientLink<ClientContext>>) => {
    link.catch(() => {});
    current = link;
  };

  const lose = (reason: string, refused = false) => {
    const retriesAlone = host.reconnects && !refused;
    setLink(Promise.reject(new Error(reason)));
    become({ phase: "lost", reason, retriesAlone, refused });
    if (!retriesAlone) return;
    timer = setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_RETRY_MS);
  };

  function connect(): void {
    clearTimeout(timer);
    if (state.phase !== "lost") become({ phase: "connecting" });
    const mine = ++latest;
    const opening = host.open();
    setLink(opening.then(({ link }) => link));
    opening.then(
      ({ lost }) => {
        if (mine !== latest) return;
        wait = FIRST_RETRY_MS;
        become({ phase: "open" });
        void lost.then((reason) => mine === latest && lose(reason));
      },
      (error: unknown) => mine === latest && lose(messageOf(error), error instanceof Refused),
    );
  }

  host.onAdmission?.(() => {
    if (state.phase !== "open") connect();
  });
  connect();
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    retry() {
      if (state.phase !== "lost") return;
      become({ phase: "connecting" });
      connect();
    },
    link: () => current,
  };
}
