/** The router over a WebSocket that the host has already authenticated. */
import { RPCHandler } from "@orpc/server/ws";
import type { WebSocket } from "ws";
import type { Logger } from "#core/engine-interface.ts";
import { rpcSerializers } from "#shared/rpc-serializers.ts";
import type { AppRouter } from "./router.ts";

/**
 * Answers on each socket it is given until that socket closes; open calls are then aborted.
 *
 * @param logger receives each socket that is cut off because what it sent is no WebSocket message
 */
export function createWebSocketServer(router: AppRouter, logger: Logger): (socket: WebSocket) => void {
  const handler = new RPCHandler(router, { customJsonSerializers: rpcSerializers });
  return (socket) => {
    // Without a listener a frame that breaks the protocol would end the process.
    socket.on("error", (error) => {
      logger.warn({ error: error.message }, "a socket was cut off");
      socket.terminate();
    });
    void handler.upgrade(socket);
  };
}
