/** AWS's own clients over our requests, so that time-outs, sizes, protection of the line and what may have been heard are one. */
import { Readable } from "node:stream";
import type { BraketClient, BraketClientConfig } from "@aws-sdk/client-braket";
import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import { z } from "zod";
import { DomainError, isAbort } from "#shared/errors.ts";
import { ProviderError, type TlsFacts } from "./provider.ts";
import { requestError } from "./provider-errors.ts";
import { parsedJson, sendRequest, withoutSecrets } from "./provider-http.ts";

const ClientToken = z.object({ clientToken: z.string() });

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** From "id:secret" or "id:secret:token". @throws ProviderError stop for anything else */
export function credentialsOf(key: string): Credentials {
  const [accessKeyId, secretAccessKey, sessionToken, ...rest] = key.split(":");
  if (!accessKeyId || !secretAccessKey || rest.length > 0)
    throw new ProviderError("stop", "the key is not of the form id:secret or id:secret:session-token");
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

/** What the clients hand over; of their types only what is used here. */
interface AwsRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A document, as text or its bytes. */
function textOf(body: unknown): string | undefined {
  if (body === undefined || typeof body === "string") return body;
  if (body instanceof Uint8Array)
    return Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("utf8");
  throw new Error("a request with a body that is no document");
}

/** As it was signed (RFC 3986). */
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

function urlOf({ protocol, hostname, port, path, query = {} }: AwsRequest): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value ?? ""].flat().map((one) => `${encoded(name)}=${encoded(one)}`),
  );
  const search = pairs.length > 0 ? `?${pairs.join("&")}` : "";
  return `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}${search}`;
}

/** What Amazon says, without any part of the key. */
export const withoutKey = (message: string, key: string): string =>
  key.split(":").reduce((text, part) => withoutSecrets(text, part), message);

/** Whatever a client throws, in the words of providers. */
export function awsError(error: unknown, key: string): unknown {
  if (error instanceof ProviderError || error instanceof DomainError || isAbort(error)) return error;
  const { name, message, $metadata, $response } = error as {
    name: string;
    message: string;
    $metadata?: { httpStatusCode?: number };
    $response?: { headers?: Readonly<Record<string, string>> };
  };
  const status = $metadata?.httpStatusCode;
  if (status === undefined || status < 300)
    return new ProviderError("look-up", "an answer that is not whole or not as documented");
  const { remedy, means } = requestError("braket", status, name);
  const said = withoutKey(message, key);
  const pause = Number($response?.headers?.["retry-after"] ?? Number.NaN);
  return new ProviderError(
    remedy,
    `${means} (${name}): ${said}`,
    Number.isFinite(pause) ? 1000 * pause : null,
  );
}

export interface AwsClients {
  readonly braket: BraketClient;
  readonly s3: S3Client;
  /** Of the last answer. */
  readonly tls: () => TlsFacts | null;
  /** Lets the task with this token leave in these very bytes alone, as the log of what leaves has them. */
  readonly expect: (token: string, body: string) => void;
}

/**
 * What the clients would otherwise take from AWS_… in the environment and from ~/.aws, which say nothing here: a mode there has them
 * ask for the region at 169.254.169.254, an endpoint there is another than the one that a person enabled.
 */
const SETTINGS = {
  defaultsMode: "standard",
  retryMode: "standard",
  maxAttempts: 1,
  useFipsEndpoint: false,
  useDualstackEndpoint: false,
  disableClockSkewCorrection: false,
  authSchemePreference: [],
  userAgentAppId: async () => undefined,
} satisfies BraketClientConfig & S3ClientConfig;
const S3_SETTINGS = {
  disableS3ExpressSessionAuth: true,
  disableMultiregionAccessPoints: true,
  useArnRegion: false,
  requestChecksumCalculation: "WHEN_REQUIRED",
  responseChecksumValidation: "WHEN_SUPPORTED",
  sigv4aSigningRegionSet: async () => undefined,
} satisfies S3ClientConfig;

/** Loaded with the first request: nothing else pays for them. They repeat nothing by themselves. */
export async function openAws({
  region,
  endpoints,
  secret,
}: {
  region: string;
  endpoints: { readonly braket: string; readonly s3: string };
  secret: () => string;
}): Promise<AwsClients> {
  const [{ BraketClient: Braket }, { S3Client: S3 }] = await Promise.all([
    import("@aws-sdk/client-braket"),
    import("@aws-sdk/client-s3"),
  ]);
  let tls: TlsFacts | null = null;
  /** By token, of which there may be several at a time. */
  const expected = new Map<string, string>();
  const requestHandler = {
    metadata: { handlerProtocol: "http/1.1" },
    async handle(request: AwsRequest, { abortSignal }: { abortSignal?: unknown } = {}) {
      const body = textOf(request.body);
      const { clientToken } = ClientToken.safeParse(parsedJson(body ?? "")).data ?? {};
      const written = clientToken === undefined ? undefined : expected.get(clientToken);
      expected.delete(clientToken ?? "");
      if (written !== undefined && body !== written)
        throw new ProviderError("stop", "a task would not leave as it was written");
      const answer = await sendRequest({
        method: request.method as "GET" | "POST" | "PUT",
        url: urlOf(request),
        headers: request.headers,
        body,
        signal: abortSignal as AbortSignal | undefined,
      });
      tls = answer.tls;
      const { status: statusCode, headers, text } = answer;
      return { response: { statusCode, headers, body: Readable.from([Buffer.from(text)]) } };
    },
  };
  const shared = { ...SETTINGS, region, credentials: credentialsOf(secret()), requestHandler };
  return {
    braket: new Braket({ ...shared, endpoint: endpoints.braket }),
    s3: new S3({ ...shared, ...S3_SETTINGS, endpoint: endpoints.s3, forcePathStyle: true }),
    tls: () => tls,
    expect: (token, body) => void expected.set(token, body),
  };
}
