/** Ports over a plain message channel, for a process to which no MessagePort can be handed. */
import type { MessagePortMainLike } from "@orpc/client/message-port";

/** What travels: bytes or text of one port, or its end. `port` numbers the ports of one channel. */
export type RelayMessage = { port: number; data: unknown } | { port: number; closed: true };

export interface RelayOptions {
  send(message: RelayMessage): void;
  /** Called with each port that the other side opens by its first message. */
  accept(port: MessagePortMainLike): void;
}

type Callback = (event?: { data: unknown }) => void;

/** Turns incoming relay messages into ports; call the result with every message that arrives. */
export function createRelay({ send, accept }: RelayOptions): (message: unknown) => void {
  const callbacks = new Map<number, Record<string, Callback>>();

  const open = (port: number): Record<string, Callback> => {
    const listeners: Record<string, Callback> = {};
    callbacks.set(port, listeners);
    accept({
      on: (event, callback) => {
        listeners[event] = callback;
      },
      postMessage: (data: unknown) => send({ port, data }),
    });
    return listeners;
  };

  return (message) => {
    const relayed = message as RelayMessage;
    const listeners = callbacks.get(relayed.port) ?? open(relayed.port);
    if ("closed" in relayed) {
      callbacks.delete(relayed.port);
      listeners.close?.();
    } else listeners.message?.({ data: relayed.data });
  };
}
