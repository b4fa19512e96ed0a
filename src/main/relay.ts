/**
 * Ports over a plain message channel, for a process to which no MessagePort can be handed: main's end gives each port a
 * number, the engine's end makes a port of each number. Both drop whatever else comes over the channel.
 */
import type { MessagePortMainLike } from "@orpc/client/message-port";
import { z } from "zod";

const PortNumber = z.number().int().nonnegative();
const Data = z.union([z.string(), z.instanceof(Uint8Array<ArrayBufferLike>), z.instanceof(ArrayBuffer)]);
type Data = z.infer<typeof Data>;
const RelayMessage = z.union([
  z.strictObject({ port: PortNumber, data: Data }),
  z.strictObject({ port: PortNumber, closed: z.literal(true) }),
]);

/** What travels: bytes or text of one port, or its end. `port` numbers the ports of one channel. */
export type RelayMessage = z.infer<typeof RelayMessage>;

interface RelayOptions {
  send(message: RelayMessage): void;
  /** Called with each port that the other side opens by its first message. */
  accept(port: MessagePortMainLike): void;
}

type Callback = (event?: { data: unknown }) => void;

const readMessage = (message: unknown): RelayMessage | undefined => RelayMessage.safeParse(message).data;

/** The engine's end: turns incoming relay messages into ports; call the result with every message that arrives. */
export function createRelay({ send, accept }: RelayOptions): (message: unknown) => void {
  const open = new Map<number, Record<string, Callback>>();

  const accepted = (port: number): Record<string, Callback> => {
    const listeners: Record<string, Callback> = {};
    open.set(port, listeners);
    accept({
      on: (event, callback) => {
        listeners[event] = callback;
      },
      // An answer may come after the end of its port; there is nobody left to have it.
      postMessage: (data) => open.has(port) && send({ port, data: data as Data }),
    });
    return listeners;
  };

  return (message) => {
    const relayed = readMessage(message);
    if (!relayed) return;
    const listeners = open.get(relayed.port);
    if (!("closed" in relayed))
      return (listeners ?? accepted(relayed.port)).message?.({ data: relayed.data });
    open.delete(relayed.port);
    listeners?.close?.();
  };
}

/** As much of Electron's MessagePortMain as main's end needs. */
export interface RelayedPort {
  on(event: "message", listener: (event: { data: unknown }) => void): unknown;
  on(event: "close", listener: () => void): unknown;
  postMessage(data: unknown): void;
  start(): void;
  close(): void;
}

interface PortRelay {
  /** Passes on what this port says, until it closes. */
  connect(port: RelayedPort): void;
  /** Takes every message of the channel; what is no answer to an open port is left alone. */
  receive(message: unknown): void;
  /** Closes every open port: the other side is gone. */
  closeAll(): void;
}

/** Main's end: one table of open ports, so that a port leaves nothing behind when it closes. */
export function relayPorts(send: (message: RelayMessage) => void): PortRelay {
  const open = new Map<number, RelayedPort>();
  let count = 0;
  return {
    connect(port) {
      const number = count++;
      open.set(number, port);
      port.on("message", ({ data }) => send({ port: number, data: data as Data }));
      port.on("close", () => {
        if (open.delete(number)) send({ port: number, closed: true });
      });
      port.start();
    },
    receive(message) {
      const relayed = readMessage(message);
      if (relayed && "data" in relayed) open.get(relayed.port)?.postMessage(relayed.data);
    },
    closeAll() {
      const ports = [...open.values()];
      open.clear();
      for (const port of ports) port.close();
    },
  };
}
