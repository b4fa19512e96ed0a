/**
 * What the simulated providers have in common: HTTP on loopback, requests kept as they came, and faults on demand. Nothing of it
 * reaches the network.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { type Fault, type Faults, NO_FAULTS, type ServerStep } from "./faults.ts";

const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** An answer: its status, its document or bytes, and headers of its own. */
export interface Reply {
  readonly status: number;
  /** undefined: none. */
  readonly body: object | string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ServerCall {
  /** What the path names; "" where it names nothing. */
  readonly id: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
  readonly fault: Fault | undefined;
}

type Route = readonly [method: string, path: RegExp, step: ServerStep];

/** A provider's interface. */
export interface ProviderProtocol {
  /** The first group of a path is what it names. */
  readonly routes: readonly Route[];
  readonly doors: Readonly<Partial<Record<ServerStep, (asked: ServerCall) => Reply>>>;
  /** A refusal in the provider's words. */
  refuse(status: number, message: string): Reply;
  /** Why a request is not let in; undefined where it is. @param key null once it has expired */
  deny(request: IncomingMessage, key: string | null, body: string, step: ServerStep): Reply | undefined;
}

export interface ServerOptions {
  /** What lets a client in. */
  readonly key: string;
  readonly clock?: () => Date;
  /** From submission to start, and from start to end; default 0. */
  readonly queue_ms?: number;
  readonly run_ms?: number;
  readonly faults?: Faults;
  /** Default: a free one. */
  readonly port?: number;
}

interface ServedRequest {
  /** null where there is no such door. */
  readonly step: ServerStep | null;
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

export interface ProviderServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly origin: string;
  /** Every request that came, with its body: what left the client. */
  readonly requests: readonly ServedRequest[];
  /** Accepts another key from now on. */
  renew(key: string): void;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** The document, or what is wrong with it: paths and reasons. */
export function checked<T>(
  schema: z.ZodType<T>,
  value: unknown,
): { data: T } | { message: string; keys: string[] } {
  const { data, error } = schema.safeParse(value);
  if (!error) return { data };
  return { message: z.prettifyError(error), keys: error.issues.map(({ path }) => path.join(".")) };
}

export function jsonBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @returns undefined where there is no such door */
function routed(routes: readonly Route[], method: string, path: string) {
  for (const [wanted, pattern, step] of routes) {
    const match = wanted === method ? path.match(pattern) : null;
    if (match) return { step, id: decodeURIComponent(match[1] ?? "") };
  }
  return undefined;
}

const isBefore = (fault: Fault | undefined): boolean =>
  fault?.kind === "status" || fault?.kind === "drop" || fault?.kind === "expired";

/** Sends the answer, or what a fault makes of it. */
function send(response: ServerResponse, reply: Reply, fault: Fault | undefined): void {
  if (fault?.kind === "drop" || fault?.kind === "drop-after") return void response.destroy();
  const { body } = reply;
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const whole = Buffer.from(text);
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const bytes = fault?.kind === "garbled" ? half : whole;
  response.writeHead(reply.status, {
    "content-type": "application/json",
    "content-length": bytes.length,
    ...reply.headers,
  });
  // Of an answer without a document nothing can be cut.
  if (fault?.kind === "half" && bytes.length > 0) return void response.write(half, () => response.destroy());
  response.end(bytes);
}

/** Serves a protocol on 127.0.0.1. */
export async function serveProtocol(
  { routes, doors, refuse, deny }: ProviderProtocol,
  { key, faults = NO_FAULTS, port = 0 }: ServerOptions,
): Promise<ProviderServer> {
  const counts = new Map<ServerStep, number>();
  const requests: ServedRequest[] = [];
  let accepted: string | null = key;
  const faultOf = (step: ServerStep): Fault | undefined => {
    const count = counts.get(step) ?? 0;
    counts.set(step, count + 1);
    return faults({ step, count });
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const { method = "", url = "" } = request;
    const { pathname, searchParams: query } = new URL(url, "http://127.0.0.1");
    const door = routed(routes, method, pathname);
    requests.push({ step: door?.step ?? null, method, url, body });
    const open = door && doors[door.step];
    if (!door || !open) return send(response, refuse(404, "There is no such path."), undefined);
    const fault = faultOf(door.step);
    if (fault?.kind === "expired") accepted = null;
    const denied = deny(request, accepted, body, door.step);
    if (denied) return send(response, denied, undefined);
    if (body.length > MAX_BODY_BYTES) return send(response, refuse(413, "More than 10 MB."), undefined);
    if (fault && isBefore(fault)) {
      const status = fault.kind === "status" ? fault.status : 500;
      const pause = fault.kind === "status" ? fault.retryAfter_s : undefined;
      const headers = pause === undefined ? {} : { "retry-after": String(pause) };
      const refusal = refuse(status, "injected");
      return send(response, { ...refusal, headers: { ...refusal.headers, ...headers } }, fault);
    }
    const { headers } = request;
    const done = open({ id: door.id, query, headers, body, fault });
    send(response, fault?.kind === "status-after" ? refuse(fault.status, "injected") : done, fault);
  };
  const server = createServer(
    (request, response) => void answer(request, response).catch(() => response.destroy()),
  );
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const { port: given } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${given}`,
    requests,
    renew: (renewed) => {
      accepted = renewed;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
