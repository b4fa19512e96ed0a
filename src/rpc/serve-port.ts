/** The router over a MessagePort: Electron's, Node's, or anything with `on` and `postMessage`. */
import type { SupportedMessagePort } from "@orpc/client/message-port";
import { RPCHandler } from "@orpc/server/message-port";
import { rpcSerializers } from "#shared/rpc-serializers.ts";
import type { AppRouter } from "./router.ts";

/** Answers on each port it is given until that port closes; open calls are then aborted. */
export function createPortServer(router: AppRouter): (port: SupportedMessagePort) => void {
  const handler = new RPCHandler(router, { customJsonSerializers: rpcSerializers });
  return (port) => handler.upgrade(port);
}
