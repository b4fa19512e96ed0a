import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { startWebHost, type WebHost } from "../../../src/webhost/server.ts";
import { createFakeEngine } from "../../contract/fake-engine.ts";

let folder: string;
let host: WebHost;
let token: string;
const warnings: string[] = [];
const logger = {
  info: () => {},
  warn: (_: object, message: string) => void warnings.push(message),
  error: () => {},
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-webhost-"));
  const app = join(folder, "app");
  mkdirSync(app);
  writeFileSync(join(app, "index.html"), "<!doctype html><title>app</title>");
  writeFileSync(join(folder, "secret.json"), "{}");
  host = await startWebHost({ engine: createFakeEngine(), logger, appFolder: app, port: 0 });
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

/** The head of an upgrade, as a browser writes it. */
const upgrade = (origin: string, protocol: string): string =>
  [
    "GET / HTTP/1.1",
    `Host: 127.0.0.1:${host.port}`,
    `Origin: ${origin}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    `Sec-WebSocket-Protocol: ${protocol}`,
    "\r\n",
  ].join("\r\n");

/** Sends an upgrade over a bare connection; resolves with it when the server has answered. */
function sendUpgrade(head: string): Promise<{ socket: Socket; answer: string }> {
  const socket = connect(host.port, "127.0.0.1", () => socket.write(head));
  return new Promise((resolve, reject) => {
    socket.once("data", (data) => resolve({ socket, answer: data.toString() }));
    socket.once("error", reject);
  });
}

const ended = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    socket.on("close", () => resolve());
    socket.on("error", () => {});
    socket.resume();
  });

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

  it("lives on when a client that is refused resets its connection before the answer", async () => {
    for (let i = 0; i < 20; i++) {
      const socket = connect(host.port, "127.0.0.1");
      await new Promise<void>((resolve) => socket.on("connect", () => resolve()));
      socket.write(upgrade("http://evil.example", "ansatz"), () => socket.resetAndDestroy());
      await ended(socket);
    }
    expect((await get("/")).status).toBe(200);
  });

  it.each<[string, () => Buffer]>([
    ["an unmasked frame", () => Buffer.from([0x81, 0x02, 0x68, 0x69])],
    ["a reserved opcode", () => Buffer.from([0x83, 0x80, 0, 0, 0, 0])],
    ["a reserved bit", () => Buffer.from([0xf1, 0x80, 0, 0, 0, 0])],
    ["text that is not UTF-8", () => Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xc3, 0x28])],
    ["a fragmented ping", () => Buffer.from([0x09, 0x80, 0, 0, 0, 0])],
    ["a frame beyond the limit", () => Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0, 0])],
    ["a length of 2⁶³", () => Buffer.from([0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
  ])("cuts off a client that sends %s, and lives on", async (_, frame) => {
    warnings.length = 0;
    const { socket, answer } = await sendUpgrade(
      upgrade(`http://127.0.0.1:${host.port}`, `ansatz, ${token}`),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 101 /);
    socket.write(frame());
    await ended(socket);
    expect(warnings).toEqual(["a socket was cut off"]);
    expect(await connects({})).toBe(true);
  });

  it("answers other messages after one that is no call", async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/`, ["ansatz", token], {
      origin: `http://127.0.0.1:${host.port}`,
    });
    await new Promise<void>((resolve) => socket.on("open", () => resolve()));
    const silence = vi.spyOn(console, "error").mockImplementation(() => {});
    for (const text of ["", "{", "null", "[1]", '{"i":1}']) socket.send(text);
    socket.send(Buffer.from([0xff, 0xfe]));
    const pong = new Promise<void>((resolve) => socket.on("pong", () => resolve()));
    socket.ping();
    await pong;
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.close();
    expect(await connects({})).toBe(true);
    silence.mockRestore();
  });
});
