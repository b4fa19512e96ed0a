/** One request to a provider: its answer whole, or an error that says whether it may have been heard. */
import http from "node:http";
import https from "node:https";
import type { TLSSocket } from "node:tls";
import type { z } from "zod";
import { isAbort, messageOf } from "#shared/errors.ts";
import { isProtected } from "#shared/quantum/devices.ts";
import { ProviderError, type TlsFacts } from "./provider.ts";

interface HttpRequest {
  readonly method: "GET" | "POST" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** From Retry-After; null where there is none. */
  readonly retryAfter_ms: number | null;
  readonly tls: TlsFacts | null;
}

/** undefined for what is no JSON. */
export const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** What an answer says. @throws ProviderError look-up for an answer that is not whole, or not as documented */
export function documentOf<T>(schema: z.ZodType<T>, { text }: Pick<HttpAnswer, "text">): T {
  const { data, error } = schema.safeParse(parsedJson(text));
  if (error) throw new ProviderError("look-up", "an answer that is not whole or not as documented");
  return data;
}

/** A provider's message, short, without the key and without names of jobs, which it may repeat. */
export const withoutSecrets = (message: string, key: string): string =>
  (key === "" ? message : message.replaceAll(key, "…")).replaceAll(/[0-9a-f]{64}/gi, "…").slice(0, 200);

const TIMEOUT_MS = 60_000;
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;
/** Before a connection stood: nobody heard anything. */
const NOT_HEARD = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "ENETUNREACH", "EHOSTUNREACH"]);

/** @throws ProviderError stop for plain HTTP to another machine */
export function requireProtected(url: string): void {
  const { protocol, hostname } = new URL(url);
  if (isProtected({ protocol, hostname })) return;
  throw new ProviderError("stop", `${protocol}//${hostname} is not protected: expected https`);
}

/** Retry-After in seconds or as a date (RFC 9110, 10.2.3). */
function pauseOf(header: string | undefined): number | null {
  if (header === undefined) return null;
  const seconds = Number(header);
  const pause = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(pause) ? Math.max(0, pause) : null;
}

function tlsOf(socket: http.IncomingMessage["socket"]): TlsFacts | null {
  const tls = socket as Partial<TLSSocket>;
  const version = tls.getProtocol?.();
  if (!version) return null;
  const key = tls.getEphemeralKeyInfo?.();
  return { version, group: key && "name" in key && key.name ? key.name : null };
}

/** The address and code alone: a message of the runtime may hold the request. */
const connectionError = (error: unknown, host: string): ProviderError => {
  const code = (error as NodeJS.ErrnoException).code ?? messageOf(error);
  return new ProviderError(NOT_HEARD.has(code) ? "retry" : "look-up", `${host} cannot be reached (${code})`);
};

/**
 * @throws ProviderError where there is no whole answer: retry where nothing was heard, look-up where it may have been;
 * AbortError
 */
export function sendRequest({ method, url, headers, body, signal }: HttpRequest): Promise<HttpAnswer> {
  requireProtected(url);
  const target = new URL(url);
  const { request } = target.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void =>
      reject(isAbort(error) ? error : connectionError(error, target.host));
    // A connection that is kept may be cut by the other side just as a job is sent, which would have to be looked up.
    const options = { method, headers, agent: false, timeout: TIMEOUT_MS, ...(signal && { signal }) };
    const sent = request(target, options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > MAX_ANSWER_BYTES) answer.destroy(new Error("more than 64 MiB"));
      });
      answer.on("error", fail);
      answer.on("close", () => {
        if (!answer.complete) return fail(new Error("the answer was cut"));
        resolve({
          status: answer.statusCode ?? 0,
          text: Buffer.concat(chunks).toString("utf8"),
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]),
          ),
          retryAfter_ms: pauseOf(answer.headers["retry-after"]),
          tls: tlsOf(answer.socket),
        });
      });
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer in 60 s")));
    sent.on("error", fail);
    sent.end(body);
  });
}
