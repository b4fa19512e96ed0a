/** The router over a WebSocket that the host has already authenticated. */
import type { WebSocket } from "ws";
import type { Logger } from "#shared/host/logger.ts";
import type { AppRouter } from "./router.ts";
import { createChannelServer } from "./serve-channel.ts";

/**
 * Answers on each socket it is given until that socket closes; open calls are then aborted.
 *
 * @param logger receives each socket that is cut off because what it sent is no WebSocket message
 */
export function createWebSocketServer(router: AppRouter, logger: Logger): (socket: WebSocket) => void {
  const serve = createChannelServer(router, logger);
  return (socket) => {
    // Without a listener a frame that breaks the protocol would end the process.
    socket.on("error", (error) => {
      logger.warn({ error: error.message }, "a socket was cut off");
      socket.terminate();
    });
    serve({
      send: (data) => socket.send(data),
      onMessage: (listener) =>
        socket.on("message", (data: Buffer, isBinary: boolean) =>
          listener(isBinary ? data : data.toString()),
        ),
      onClose: (listener) => socket.on("close", listener),
    });
  };
}
