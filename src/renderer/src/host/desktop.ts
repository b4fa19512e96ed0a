/** The page in the desktop window: main hands over a port to the engine. */
import { RPCLink } from "@orpc/client/message-port";
import { z } from "zod";
import { rpcSerializers } from "#shared/host/rpc-serializers.ts";
import type { Host, Line } from "./host.ts";

const FromPreload = z.discriminatedUnion("ansatz", [
  z.strictObject({ ansatz: z.literal("port") }),
  z.strictObject({ ansatz: z.literal("lost"), reason: z.string() }),
  z.strictObject({ ansatz: z.literal("menu"), command: z.string() }),
]);
type FromPreload = z.infer<typeof FromPreload>;

const OPEN_LIMIT_MS = 20_000;

/** Listens to our own preload script alone; returns how to stop. */
function onPreload(listener: (message: FromPreload, ports: readonly MessagePort[]) => void): () => void {
  const receive = (event: MessageEvent) => {
    if (event.source !== window) return;
    const message = FromPreload.safeParse(event.data);
    if (message.success) listener(message.data, event.ports);
  };
  window.addEventListener("message", receive);
  return () => window.removeEventListener("message", receive);
}

function lineOver(port: MessagePort): Line {
  const link = new RPCLink({ port, customJsonSerializers: rpcSerializers });
  const lost = new Promise<string>((resolve) => {
    const stop = onPreload((message) => {
      if (message.ansatz !== "lost") return;
      stop();
      // Calls that still wait for an answer must fail now, not never.
      port.dispatchEvent(new Event("close"));
      resolve(message.reason);
    });
  });
  port.start();
  return { link, lost };
}

function open(): Promise<Line> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(
      () => finish(() => reject(new Error("The engine did not answer."))),
      OPEN_LIMIT_MS,
    );
    const finish = (settle: () => void) => {
      clearTimeout(limit);
      stop();
      settle();
    };
    const stop = onPreload((message, [port]) => {
      if (message.ansatz === "port" && port) finish(() => resolve(lineOver(port)));
      if (message.ansatz === "lost") finish(() => reject(new Error(message.reason)));
    });
    window.postMessage("ansatz:connect", location.origin);
  });
}

export const desktopHost = (): Host => ({
  open,
  reconnects: false,
  remedy: "Restart the engine",
  tellOfWork: (hasWork) => window.postMessage(hasWork ? "ansatz:work" : "ansatz:no-work", location.origin),
  onCommand: (listener) =>
    onPreload((message) => {
      if (message.ansatz === "menu") listener(message.command);
    }),
});
