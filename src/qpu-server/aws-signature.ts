/**
 * AWS's signature, version 4, as a service checks it
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html).
 */
import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";

interface Signed {
  readonly request: IncomingMessage;
  readonly body: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  /** s3 signs a path as it stands, every other service once more encoded. */
  readonly service: "braket" | "s3";
}

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();
const encoded = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/** Whether a request was signed with this key, for this region and service. */
export function isSigned({ request, body, accessKeyId, secretAccessKey, region, service }: Signed): boolean {
  const { headers, method = "", url = "" } = request;
  const [, id, day = "", where, what, names = "", signature] =
    String(headers.authorization ?? "").match(AUTHORIZATION) ?? [];
  if (id !== accessKeyId || where !== region || what !== service) return false;
  const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
  const path = service === "s3" ? pathname : pathname.split("/").map(encoded).join("/");
  const query = [...searchParams]
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .sort()
    .join("&");
  const signed = names.split(";").map((name) => `${name}:${String(headers[name] ?? "").trim()}\n`);
  const hash = String(headers["x-amz-content-sha256"] ?? sha256(body));
  const canonical = [method, path, query, signed.join(""), names, hash].join("\n");
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", String(headers["x-amz-date"]), scope, sha256(canonical)].join("\n");
  const key = [region, service, "aws4_request"].reduce(hmac, hmac(`AWS4${secretAccessKey}`, day));
  return hash === sha256(body) && signature === hmac(key, text).toString("hex");
}
