/** The router over a WebSocket that the host has already authenticated. */
import { RPCHandler } from "@orpc/server/ws";
import type { WebSocket } from "ws";
import { rpcSerializers } from "#shared/rpc-serializers.ts";
import type { AppRouter } from "./router.ts";

/** Answers on each socket it is given until that socket closes; open calls are then aborted. */
export function createWebSocketServer(router: AppRouter): (socket: WebSocket) => void {
  const handler = new RPCHandler(router, { customJsonSerializers: rpcSerializers });
  return (socket) => void handler.upgrade(socket);
}
