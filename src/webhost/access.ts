/** Who may talk to the web host: pages that this host served, opened by someone who was given the token. */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Name of the WebSocket subprotocol; the page sends the token as a second one, so it never is in a request line. */
export const SUBPROTOCOL = "ansatz";

export const createToken = (): string => randomBytes(32).toString("hex");

/** Compares in a time that tells nothing of where two texts differ. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

const hostsAt = (port: number): string[] => [`127.0.0.1:${port}`, `localhost:${port}`];

/** False for a request that reached us under another name: a page elsewhere has rebound its DNS name to this machine. */
export function hostIsOurs(request: IncomingMessage, port: number): boolean {
  return hostsAt(port).includes(request.headers.host ?? "");
}

/**
 * Decides on a WebSocket.
 *
 * @returns undefined to let it in, or why not.
 */
export function refusalOf(request: IncomingMessage, port: number, token: string): string | undefined {
  if (!hostIsOurs(request, port)) return "expected the Host of this server";
  const origins = hostsAt(port).map((host) => `http://${host}`);
  if (!origins.includes(request.headers.origin ?? "")) return "expected the Origin of this server";
  const [protocol, offered] = (request.headers["sec-websocket-protocol"] ?? "").split(/\s*,\s*/);
  if (protocol !== SUBPROTOCOL || !sameSecret(offered ?? "", token))
    return "expected the token that this server printed when it started";
  return undefined;
}
