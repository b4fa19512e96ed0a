/** The same app in a browser: its files over HTTP and the engine over a WebSocket, on 127.0.0.1 alone. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { WebSocketServer } from "ws";
import { readAppFile } from "#rpc/app-files.ts";
import { createRouter } from "#rpc/router.ts";
import { createWebSocketServer } from "#rpc/serve-websocket.ts";
import type { Calls } from "#shared/contract/calls.ts";
import type { Contract } from "#shared/contract/contract.ts";
import type { Logger } from "#shared/host/logger.ts";
import { SECURITY_HEADERS } from "#shared/host/security-headers.ts";
import { MAX_ARCHIVE_BYTES } from "#shared/notebook/archive.ts";
import { createToken, hostIsOurs, refusalOf, SUBPROTOCOL } from "./access.ts";

/** Room for an .eln archive with its envelope; only who holds the token may send anything at all. */
const MAX_MESSAGE_BYTES = MAX_ARCHIVE_BYTES + 1024 * 1024;

/**
 * Connections that have shown no token: a browser opens six at a time. Above this the oldest goes, so that whoever holds
 * connections open can neither use up the descriptors nor keep the owner out.
 */
const MAX_STRANGERS = 64;
/** A request of the page is a few hundred bytes; whoever takes longer to send one, or reads nothing for so long, is not a page. */
const REQUEST_LIMIT_MS = 10_000;

interface WebHostOptions {
  engine: Calls<Contract>;
  logger: Logger;
  /** Folder of the built renderer. */
  appFolder: string;
  /** 0 takes any free port. */
  port: number;
}

export interface WebHost extends AsyncDisposable {
  /** What to open; the fragment holds the token and is never sent over the network. */
  readonly url: string;
  readonly port: number;
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { ...SECURITY_HEADERS, "Content-Type": "text/plain; charset=utf-8" }).end(body);
}

async function serveFile(request: IncomingMessage, response: ServerResponse, options: WebHostOptions) {
  if (request.method !== "GET" && request.method !== "HEAD") return answer(response, 405, "GET or HEAD");
  const path = (request.url ?? "/").split(/[?#]/, 1)[0] ?? "/";
  const file = await readAppFile(options.appFolder, path);
  if (!file) return answer(response, 404, "Not found");
  response.writeHead(200, { ...SECURITY_HEADERS, "Content-Type": file.mediaType });
  response.end(request.method === "HEAD" ? undefined : file.bytes);
}

const LIMITS = {
  headersTimeout: REQUEST_LIMIT_MS,
  requestTimeout: REQUEST_LIMIT_MS,
  connectionsCheckingInterval: REQUEST_LIMIT_MS / 2,
};

/** Keeps at most `MAX_STRANGERS`; who has shown the token is to be taken out. */
function holdStrangers(http: Server): Set<Socket> {
  const strangers = new Set<Socket>();
  http.on("connection", (socket) => {
    strangers.add(socket);
    socket.once("close", () => strangers.delete(socket));
    const [oldest] = strangers;
    if (strangers.size > MAX_STRANGERS) oldest?.destroy();
  });
  return strangers;
}

/**
 * One answer at a time on a connection, as browsers ask: each holds its file until the other side has taken it, and a stranger who
 * asks for thousands at once and reads none would fill the memory.
 *
 * @returns whether the connection is free; its next answer is counted
 */
function createTurns(): (socket: Socket, response: ServerResponse) => boolean {
  const answering = new WeakSet<Socket>();
  return (socket, response) => {
    if (answering.has(socket)) return false;
    answering.add(socket);
    response.once("close", () => answering.delete(socket));
    return true;
  };
}

/** Node leaves an upgraded socket half open: one that does not close its own side would stay for ever. */
const refuse = (socket: Socket): void =>
  void socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", () =>
    socket.destroy(),
  );

/**
 * Serves the app until disposed.
 *
 * Every request must name this server as its Host (against DNS rebinding); a WebSocket must come from a page of this
 * server (Origin) and bring the token (against other users of the machine).
 */
export async function startWebHost(options: WebHostOptions): Promise<WebHost> {
  const { engine, logger } = options;
  const token = createToken();
  const serve = createWebSocketServer(createRouter(engine, logger), logger);
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: () => SUBPROTOCOL,
  });
  const takesTurn = createTurns();
  const http = createServer(LIMITS, (request, response) => {
    if (!takesTurn(request.socket, response)) return void request.socket.destroy();
    if (!hostIsOurs(request, port)) return answer(response, 421, "Not a host of this server");
    serveFile(request, response, options).catch((error: unknown) => {
      logger.error({ error: String(error) }, "a file could not be served");
      response.destroy();
    });
  });
  http.setTimeout(REQUEST_LIMIT_MS);
  const strangers = holdStrangers(http);
  http.on("upgrade", (request, socket: Socket, head) => {
    // A client may be gone before it has read our answer; nobody else listens to a socket that is being upgraded.
    socket.on("error", () => socket.destroy());
    const refusal = refusalOf(request, port, token);
    if (refusal) {
      logger.warn({ refusal, host: request.headers.host, origin: request.headers.origin }, "socket refused");
      return refuse(socket);
    }
    sockets.handleUpgrade(request, socket, head, (client) => {
      strangers.delete(socket);
      serve(client);
    });
  });
  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(options.port, "127.0.0.1", resolve);
  });
  http.on("error", (error) =>
    logger.error({ error: String(error) }, "the server could not take a connection"),
  );
  const { port } = http.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/#token=${token}`,
    port,
    async [Symbol.asyncDispose]() {
      for (const client of sockets.clients) client.terminate();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}
