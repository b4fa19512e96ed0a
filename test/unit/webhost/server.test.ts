import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startWebHost, type WebHost } from "../../../src/webhost/server.ts";
import { createFakeEngine } from "../../contract/fake-engine.ts";

let folder: string;
let host: WebHost;
let token: string;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-webhost-"));
  const app = join(folder, "app");
  mkdirSync(app);
  writeFileSync(join(app, "index.html"), "<!doctype html><title>app</title>");
  writeFileSync(join(folder, "secret.json"), "{}");
  host = await startWebHost({ engine: createFakeEngine(), logger: quiet, appFolder: app, port: 0 });
  token = host.url.split("#token=")[1] ?? "";
});
afterAll(async () => {
  await host[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

/** A raw request: fetch would tidy the path and would not let us name another Host. */
function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const sent = request({ host: "127.0.0.1", port: host.port, path, headers, method }, (response) => {
        let body = "";
        response.on("data", (chunk) => {
          body += chunk;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
        );
      });
      sent.on("error", reject);
      sent.end();
    },
  );
}

function connects(options: { origin?: string; token?: string; host?: string }): Promise<boolean> {
  const headers = options.host ? { Host: options.host } : {};
  const socket = new WebSocket(`ws://127.0.0.1:${host.port}/`, ["ansatz", options.token ?? token], {
    headers,
    origin: options.origin ?? `http://127.0.0.1:${host.port}`,
  });
  return new Promise((resolve) => {
    socket.on("open", () => {
      socket.close();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}

describe("the web host", () => {
  it("listens on the loopback address with a token of 256 bits in the fragment", () => {
    expect(host.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=[0-9a-f]{64}$/);
  });

  it("serves the page under a strict policy", async () => {
    const page = await get("/");
    expect(page.status).toBe(200);
    expect(page.headers["content-security-policy"]).toContain("default-src 'none'");
    expect(page.headers["content-security-policy"]).not.toMatch(/unsafe|\*/);
    expect(page.headers["x-content-type-options"]).toBe("nosniff");
  });

  it.each([
    "/../secret.json",
    "/..%2fsecret.json",
    "/%2e%2e/secret.json",
    "/..%5csecret.json",
    "//secret.json",
    "/index.html%00.js",
    "/%zz",
  ])("gives nothing outside the app's folder for %s", async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it("refuses other methods", async () => {
    expect((await get("/", {}, "POST")).status).toBe(405);
  });

  it("refuses a request that came under another name (DNS rebinding)", async () => {
    expect((await get("/", { Host: `evil.example:${host.port}` })).status).toBe(421);
  });

  it("lets in a page of its own that brings the token", async () => {
    expect(await connects({})).toBe(true);
    expect(await connects({ origin: `http://localhost:${host.port}` })).toBe(true);
  });

  it.each([
    ["a wrong token", () => ({ token: "0".repeat(64) })],
    ["a token of another length", () => ({ token: token.slice(1) })],
    ["a foreign page", () => ({ origin: "http://evil.example" })],
    ["another port's page", () => ({ origin: "http://127.0.0.1:1" })],
    ["an opaque origin", () => ({ origin: "null" })],
    ["a rebound name", () => ({ host: `evil.example:${host.port}` })],
  ])("refuses a socket with %s", async (_, options) => {
    expect(await connects(options())).toBe(false);
  });
});
