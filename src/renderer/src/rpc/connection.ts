/** The line to the engine over its whole life: opened, lost, opened again. */
import type { ClientContext, ClientLink } from "@orpc/client";
import type { Host } from "../host/host.ts";

export type ConnectionState =
  | { phase: "connecting" }
  | { phase: "open" }
  | { phase: "lost"; reason: string; retriesAlone: boolean };

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

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Opens the line and keeps it: where the host can, it tries again after a loss, less and less often. */
export function createConnection(host: Host): Connection {
  let state: ConnectionState = { phase: "connecting" };
  let current: Promise<ClientLink<ClientContext>>;
  let wait = FIRST_RETRY_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
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

  const lose = (reason: string) => {
    setLink(Promise.reject(new Error(reason)));
    become({ phase: "lost", reason, retriesAlone: host.reconnects });
    if (!host.reconnects) return;
    timer = setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_RETRY_MS);
  };

  function connect(): void {
    clearTimeout(timer);
    if (state.phase !== "lost") become({ phase: "connecting" });
    const opening = host.open();
    setLink(opening.then(({ link }) => link));
    opening.then(
      ({ lost }) => {
        wait = FIRST_RETRY_MS;
        become({ phase: "open" });
        void lost.then(lose);
      },
      (error: unknown) => lose(messageOf(error)),
    );
  }

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
