/** The router over a MessagePort: Electron's, Node's, or anything with `on` and `postMessage`. */
import {
  onMessagePortClose,
  onMessagePortMessage,
  postMessagePortMessage,
  type SupportedMessagePort,
} from "@orpc/client/message-port";
import type { Logger } from "#shared/host/logger.ts";
import type { AppRouter } from "./router.ts";
import { createChannelServer } from "./serve-channel.ts";

/** Answers on each port it is given until that port closes; open calls are then aborted. */
export function createPortServer(router: AppRouter, logger: Logger): (port: SupportedMessagePort) => void {
  const serve = createChannelServer(router, logger);
  return (port) =>
    serve({
      send: (data) => postMessagePortMessage(port, data),
      onMessage: (listener) => onMessagePortMessage(port, listener),
      onClose: (listener) => onMessagePortClose(port, listener),
    });
}
