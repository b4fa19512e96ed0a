/** Every way by which a script in a page could reach another program, tried at a listener on the loopback address. */
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { Page } from "playwright-core";

export interface Listener extends AsyncDisposable {
  readonly port: number;
  /** How often something arrived since it was asked last. */
  heard(): { udp: number; tcp: number };
}

/** Listens to UDP and to TCP at the same port of 127.0.0.1. */
export async function listen(): Promise<Listener> {
  let [udp, tcp] = [0, 0];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    tcp++;
    sockets.add(socket);
    socket.on("error", () => {});
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const datagrams = createSocket("udp4", () => void udp++);
  datagrams.bind(port, "127.0.0.1");
  await once(datagrams, "listening");
  return {
    port,
    heard() {
      const counts = { udp, tcp };
      [udp, tcp] = [0, 0];
      return counts;
    },
    async [Symbol.asyncDispose]() {
      datagrams.close();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Each runs in the page; `port` is the listener's. None of them need wait for an answer. */
const WAYS_OUT: Record<string, (port: number) => unknown> = {
  "WebRTC over UDP and TCP": (port) => {
    const servers = [
      { urls: `stun:127.0.0.1:${port}` },
      { urls: `turn:127.0.0.1:${port}?transport=udp`, username: "a", credential: "b" },
      { urls: `turn:127.0.0.1:${port}?transport=tcp`, username: "a", credential: "b" },
    ];
    const line = new RTCPeerConnection({ iceServers: servers });
    line.createDataChannel("x");
    return line.setLocalDescription();
  },
  "WebRTC to a peer": async (port) => {
    const line = new RTCPeerConnection();
    line.createDataChannel("x");
    await line.setLocalDescription();
    const description = line.localDescription?.sdp.replace("a=setup:actpass", "a=setup:active") ?? "";
    await line.setRemoteDescription({ type: "answer", sdp: description });
    for (const protocol of ["udp 1 127.0.0.1", "tcp 1 127.0.0.1"]) {
      const [kind, priority, host] = protocol.split(" ");
      const tail = kind === "tcp" ? " tcptype passive" : "";
      const candidate = `candidate:1 1 ${kind} ${priority} ${host} ${port} typ host${tail}`;
      await line.addIceCandidate({ candidate, sdpMid: "0" });
    }
  },
  "WebRTC of a new frame": (port) => {
    const frame = document.body.appendChild(document.createElement("iframe"));
    const { RTCPeerConnection: Line } = frame.contentWindow as unknown as typeof globalThis;
    const line = new Line({
      iceServers: [
        { urls: `stun:127.0.0.1:${port}` },
        { urls: `turn:127.0.0.1:${port}?transport=tcp`, username: "a", credential: "b" },
      ],
    });
    line.createDataChannel("x");
    return line.setLocalDescription();
  },
  WebTransport: (port) => new WebTransport(`https://127.0.0.1:${port}/`).ready,
  fetch: (port) => fetch(`http://127.0.0.1:${port}/`, { mode: "no-cors" }),
  "a fetch by name": (port) => fetch(`http://localhost:${port}/`, { mode: "no-cors" }),
  "a beacon": (port) => navigator.sendBeacon(`http://127.0.0.1:${port}/`, "x"),
  "a WebSocket": (port) => void new WebSocket(`ws://127.0.0.1:${port}/`),
  "an event source": (port) => void new EventSource(`http://127.0.0.1:${port}/`),
  "an image": (port) => {
    new Image().src = `http://127.0.0.1:${port}/`;
  },
  "links that load ahead": (port) => {
    const kinds = ["preconnect", "dns-prefetch", "prefetch", "preload", "modulepreload", "prerender"];
    for (const rel of [...kinds, "icon", "stylesheet", "manifest"]) {
      const link = document.createElement("link");
      Object.assign(link, { rel, as: "fetch", crossOrigin: "", href: `http://127.0.0.1:${port}/${rel}` });
      document.head.append(link);
    }
  },
  "speculation rules": (port) => {
    const rules = document.createElement("script");
    rules.type = "speculationrules";
    const urls = [`http://127.0.0.1:${port}/`];
    rules.textContent = JSON.stringify({ prefetch: [{ source: "list", urls, eagerness: "immediate" }] });
    document.head.append(rules);
  },
  "a font": (port) => new FontFace("x", `url(http://127.0.0.1:${port}/)`).load(),
  "a worker": (port) => {
    const text = `fetch("http://127.0.0.1:${port}/", { mode: "no-cors" })`;
    return void new Worker(URL.createObjectURL(new Blob([text])));
  },
  "a frame": (port) => {
    const frame = document.createElement("iframe");
    frame.src = `http://127.0.0.1:${port}/`;
    document.body.append(frame);
  },
  "a form": (port) => {
    const form = document.createElement("form");
    Object.assign(form, { action: `http://127.0.0.1:${port}/`, target: "_blank" });
    document.body.append(form);
    form.submit();
  },
  "a ping": (port) => {
    const link = document.createElement("a");
    Object.assign(link, { href: "#", ping: `http://127.0.0.1:${port}/` });
    document.body.append(link);
    link.click();
  },
  "a window": (port) => void window.open(`http://127.0.0.1:${port}/`),
};

/** Long enough for a datagram or a connection on one machine; what is slower than this was measured to be nothing. */
const WAIT_MS = 1_000;

/** Tried alone, for each may end the page; all the others go at once. */
const ALONE = Object.keys(WAYS_OUT).filter((way) => way.startsWith("WebRTC"));
export const ATTEMPTS: [name: string, ways: string[]][] = [
  ...ALONE.map((way): [string, string[]] => [way, [way]]),
  ["any other way", Object.keys(WAYS_OUT).filter((way) => !ALONE.includes(way))],
];

/** Tries these ways out in the page; what the listener heard of it. */
export async function tryWaysOut(page: Page, listener: Listener, ways: readonly string[]) {
  listener.heard();
  for (const way of ways) {
    // Refusals of any kind are what is wanted, and a browser may end the page for what it tried.
    const text = `Promise.resolve((${WAYS_OUT[way]})(${listener.port}))`;
    const call = page.evaluate(`(async () => { void ${text}.catch(() => {}); })().catch(() => {})`);
    await call.catch(() => {});
  }
  await setTimeout(WAIT_MS);
  return listener.heard();
}
