/** The three ways to reach a router, each as one function, so that the suite says everything once. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { MessageChannel } from "node:worker_threads";
import { createORPCClient } from "@orpc/client";
import { RPCLink as PortLink, type SupportedMessagePort } from "@orpc/client/message-port";
import { RPCLink as SocketLink } from "@orpc/client/websocket";
import type { ContractRouterClient } from "@orpc/contract";
import { createRouterClient } from "@orpc/server";
import { WebSocketServer } from "ws";
import type { AppRouter } from "#rpc/router.ts";
import { createPortServer } from "#rpc/serve-port.ts";
import { createWebSocketServer } from "#rpc/serve-websocket.ts";
import type { Contract } from "#shared/contract/contract.ts";
import { rpcSerializers } from "#shared/host/rpc-serializers.ts";

export type Client = ContractRouterClient<Contract>;

const quiet = { info: () => {}, warn: () => {}, error: () => {} };

/** A client and how to cut its channel. */
export interface Connection {
  client: Client;
  disconnect(): Promise<void>;
}

async function direct(router: AppRouter): Promise<Connection> {
  return { client: createRouterClient(router), disconnect: async () => {} };
}

async function overPort(router: AppRouter): Promise<Connection> {
  const { port1, port2 } = new MessageChannel();
  createPortServer(router, quiet)(port2 as unknown as SupportedMessagePort);
  port1.start();
  port2.start();
  const link = new PortLink({
    port: port1 as unknown as SupportedMessagePort,
    customJsonSerializers: rpcSerializers,
  });
  return { client: createORPCClient(link), disconnect: async () => port1.close() };
}

async function overWebSocket(router: AppRouter): Promise<Connection> {
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  sockets.on("connection", createWebSocketServer(router, quiet));
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const websocket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const link = new SocketLink({ websocket, customJsonSerializers: rpcSerializers });
  const disconnect = async () => {
    websocket.close();
    sockets.close();
    http.close();
  };
  return { client: createORPCClient(link), disconnect };
}

export const transports = {
  "a direct call": direct,
  "a MessagePort": overPort,
  "a WebSocket": overWebSocket,
};
