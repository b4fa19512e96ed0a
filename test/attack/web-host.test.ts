/** Another user of the machine at the web host: looks for its token, holds connections open, floods it. All on 127.0.0.1. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { Agent, get, type IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { startWebHost, type WebHost } from "../../src/webhost/server.ts";
import { createFakeEngine } from "../contract/fake-engine.ts";

const FLOOD = 600;
/** More than the host lets strangers have, and far less than a flood. */
const FEW = 70;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-attack-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command line of every process that this user may look at. */
function commandLines(): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        return [readFileSync(`/proc/${pid}/cmdline`, "utf8")];
      } catch {
        return []; // it has ended meanwhile
      }
    });
}

describe.skipIf(process.platform !== "linux")("the token", () => {
  it("is in no program's arguments, and goes to the browser in a file that its owner alone can read", async () => {
    const programs = join(folder, "bin");
    const record = join(folder, "opened");
    mkdirSync(programs);
    writeFileSync(
      join(programs, "xdg-open"),
      `#!/bin/sh\nprintf '%s\\n' "$@" > '${record}.part'\nmv '${record}.part' '${record}'\nsleep 3\n`,
    );
    chmodSync(join(programs, "xdg-open"), 0o755);
    const host: ChildProcess = spawn(
      process.execPath,
      ["src/webhost/main.ts", "--notebook", join(folder, "notebook.sqlite")],
      {
        stdio: ["ignore", "pipe", "inherit"],
        env: { ...process.env, PATH: `${programs}:${process.env.PATH}`, DISPLAY: ":99", TMPDIR: folder },
      },
    );
    try {
      const [text] = await once(host.stdout!, "data");
      const token = /#token=([0-9a-f]{64})/.exec(String(text))?.[1] ?? "";
      expect(token).not.toBe("");
      await vi.waitFor(() => expect(existsSync(record)).toBe(true), { timeout: 20_000 });
      const opened = readFileSync(record, "utf8").trim();
      expect(readFileSync(opened, "utf8")).toContain(`#token=${token}`);
      expect(statSync(opened).mode & 0o777).toBe(0o600);
      expect(statSync(dirname(opened)).mode & 0o777).toBe(0o700);
      const lines = commandLines();
      expect(lines.some((line) => line.includes(opened))).toBe(true);
      expect(lines.filter((line) => line.includes(token))).toEqual([]);
      host.kill();
      await once(host, "exit");
      expect(existsSync(opened)).toBe(false);
    } finally {
      host.kill("SIGKILL");
    }
  });
});

describe("the web host's connections", () => {
  let host: WebHost;
  let token: string;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    const app = join(folder, "app");
    mkdirSync(app);
    writeFileSync(join(app, "index.html"), "<!doctype html><title>app</title>");
    const logger = { info: () => {}, warn: () => {}, error: () => {} };
    host = await startWebHost({ engine: createFakeEngine(), logger, appFolder: app, port: 0 });
    token = host.url.split("#token=")[1] ?? "";
  });
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });
  afterAll(() => host[Symbol.asyncDispose]());

  /** Opens a connection that never closes its own side; resolves when it is there. */
  async function open(head: string): Promise<{ closed: Promise<unknown>; socket: Socket }> {
    const socket = connect({ host: "127.0.0.1", port: host.port, allowHalfOpen: true });
    sockets.push(socket);
    socket.on("error", () => {});
    const closed = once(socket.resume(), "end").catch(() => undefined);
    await once(socket, "connect");
    if (head) socket.write(head);
    return { closed, socket };
  }

  const upgrade = (offered: string): string =>
    [
      "GET / HTTP/1.1",
      `Host: 127.0.0.1:${host.port}`,
      `Origin: http://127.0.0.1:${host.port}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
      `Sec-WebSocket-Protocol: ansatz, ${offered}`,
      "\r\n",
    ].join("\r\n");

  /** Sockets of this process that end at the host's port on the host's side. */
  const descriptors = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;

  async function ownerGetsIn(): Promise<WebSocket> {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/`, ["ansatz", token], {
      origin: `http://127.0.0.1:${host.port}`,
    });
    await once(socket, "open");
    return socket;
  }

  it("that were refused are closed by the host, though the other side keeps them half open", async () => {
    const before = descriptors();
    const opened: Awaited<ReturnType<typeof open>>[] = [];
    for (let i = 0; i < FLOOD; i += 50)
      opened.push(...(await Promise.all(Array.from({ length: 50 }, () => open(upgrade("0".repeat(64)))))));
    await Promise.all(opened.map(({ closed }) => closed));
    // Ours are still open: each is one descriptor here. Of the host's own ends none is left.
    await vi.waitFor(() => expect(descriptors() - before).toBeLessThanOrEqual(FLOOD));
    const owner = await ownerGetsIn();
    owner.terminate();
  });

  it("are closed where they ask for a second file before they have taken the first", async () => {
    const size = 2 ** 20;
    writeFileSync(join(folder, "app", "big.js"), Buffer.alloc(size, 0x20));
    const ask = `GET /big.js HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\n\r\n`;
    const { closed, socket } = await open("");
    let taken = 0;
    socket.on("data", (chunk: Buffer) => (taken += chunk.length));
    socket.write(ask.repeat(200));
    await closed;
    expect(taken).toBeLessThan(3 * size);
  });

  it("may ask for one file after the other, as browsers do", async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const url = `http://127.0.0.1:${host.port}/`;
    for (let n = 0; n < 20; n++) {
      const [response] = (await once(get(url, { agent }), "response")) as [IncomingMessage];
      await once(response.resume(), "end");
      expect(response.statusCode).toBe(200);
    }
    agent.destroy();
  });

  it.each([
    ["that say nothing", ""],
    ["that never end their request", "GET / HTTP/1.1\r\nHost: "],
    ["that ask for a file and stay", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"],
    ["that announce a body", "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n"],
  ])("%s are limited in number, and the owner gets in", async (_, head) => {
    const owner = await ownerGetsIn();
    let ended = 0;
    for (let i = 0; i < FLOOD; i++) {
      const { closed } = await open(head);
      void closed.then(() => ended++);
    }
    const another = await ownerGetsIn();
    await vi.waitFor(() => expect(FLOOD - ended).toBeLessThanOrEqual(FEW));
    expect(owner.readyState, "a page that has shown its token stays").toBe(WebSocket.OPEN);
    owner.terminate();
    another.terminate();
  });
});
