/** The router over any channel of messages. Whatever arrives that is no call is dropped before anything acts on it. */
import { StandardRPCHandler } from "@orpc/server/standard";
import { createServerPeerHandleRequestFn } from "@orpc/server/standard-peer";
import { ServerPeer } from "@orpc/standard-server-peer";
import type { Logger } from "#shared/host/logger.ts";
import { rpcSerializers } from "#shared/host/rpc-serializers.ts";
import { readCallMessage } from "./call-message.ts";
import type { AppRouter } from "./router.ts";

/** A port or a socket, as much of it as is used. */
export interface Channel {
  send(data: string | Uint8Array): void;
  onMessage(listener: (data: unknown) => void): void;
  onClose(listener: () => void): void;
}

/** A client that sends nothing but nonsense shall not fill the log. */
const MAX_LOGGED = 5;

/** An answer as oRPC writes it on the wire; whoever waits for this call is told at once. */
const badRequest = (id: string | number, message: string): string =>
  JSON.stringify({
    i: id,
    p: { s: 400, b: { json: { defined: false, code: "BAD_REQUEST", status: 400, message } } },
  });

/**
 * Answers on each channel it is given until that channel closes; open calls are then aborted.
 *
 * @param logger receives the first few messages of a channel that are no calls
 */
export function createChannelServer(router: AppRouter, logger: Logger): (channel: Channel) => void {
  const handler = new StandardRPCHandler(router, { customJsonSerializers: rpcSerializers });
  const carryOut = createServerPeerHandleRequestFn(handler, {});
  return (channel) => {
    const peer = new ServerPeer((data) => channel.send(data as string | Uint8Array));
    const running = new Set<string | number>();
    let refused = 0;
    const refuse = (id: string | number | undefined, refusal: string) => {
      if (++refused <= MAX_LOGGED) logger.warn({ refusal }, "a message was refused");
      if (id !== undefined) channel.send(badRequest(id, `The message was refused: ${refusal}.`));
    };
    const receive = async (data: unknown): Promise<void> => {
      const message = readCallMessage(data);
      if ("refusal" in message) return refuse(message.id, message.refusal);
      const { id, raw, ends } = message;
      if (!ends && running.has(id)) return refuse(id, "expected a number that no running call has");
      if (!ends) running.add(id);
      try {
        await peer.message(raw, carryOut);
      } catch (error) {
        refuse(id, error instanceof Error ? error.message : String(error));
      } finally {
        if (!ends) running.delete(id);
      }
    };
    channel.onMessage((data) => void receive(data));
    channel.onClose(() => void peer.close());
  };
}
