/** Messages that are no calls, over every transport: each is dropped or answered, none ends anything or prints a stack. */
import { createORPCClient } from "@orpc/client";
import { type MessagePortMainLike, RPCLink } from "@orpc/client/message-port";
import type { ContractRouterClient } from "@orpc/contract";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createRouter } from "#rpc/router.ts";
import { type Channel, createChannelServer } from "#rpc/serve-channel.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { Contract } from "#shared/contract/contract.ts";
import { rpcSerializers } from "#shared/host/rpc-serializers.ts";
import { createRelay, type RelayedPort, type RelayMessage, relayPorts } from "../../src/main/relay.ts";
import { BUG_CAMPAIGN, createFakeEngine, KNOWN_CAMPAIGN } from "../contract/fake-engine.ts";

/** What a client's first call looks like on the wire; the attacks take its number or its shape. */
const FIRST = { i: "0", p: { u: "/campaigns/list", b: {} } };
const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));
const file = (head: object) => bytes(JSON.stringify(head), [0xff], "PK");

const NONSENSE: [string, unknown][] = [
  ["nothing", undefined],
  ["null", null],
  ["a number", 7],
  ["an object, which no client of ours sends", FIRST],
  ["an array", [1]],
  ["no text", ""],
  ["half a text", "{"],
  ["JSON null", "null"],
  ["JSON of another shape", "[1]"],
  ["an id alone", '{"i":"0"}'],
  ["an id that is an object", '{"i":{},"p":{"u":"/campaigns/list"}}'],
  ["an id without end", JSON.stringify({ ...FIRST, i: "x".repeat(1e6) })],
  ["a payload that is null", '{"i":"0","p":null}'],
  ["an address that is a number", '{"i":"0","p":{"u":1}}'],
  ["an address elsewhere", '{"i":"0","p":{"u":"http://192.0.2.1/"}}'],
  ["an address with a host in it", '{"i":"0","p":{"u":"//192.0.2.1/x"}}'],
  ["headers that are text", '{"i":"0","p":{"u":"/campaigns/list","h":"x"}}'],
  ["a header that is an object", '{"i":"0","p":{"u":"/campaigns/list","h":{"content-type":{}}}}'],
  [
    "a stream that nobody asked for",
    '{"i":"0","p":{"u":"/campaigns/list","h":{"content-type":"text/event-stream"}}}',
  ],
  ["a method", '{"i":"0","p":{"u":"/campaigns/list","m":"TRACE"}}'],
  ["an event without a stream", '{"i":"0","t":3,"p":{"e":"message"}}'],
  ["an event without a payload", '{"i":"0","t":3}'],
  ["an unknown type", '{"i":"0","t":99,"p":{}}'],
  ["the end of a call that never was", '{"i":"0","t":4}'],
  ["an unknown procedure", '{"i":"0","p":{"u":"/campaigns/steal","b":{}}}'],
  ["the prototype as procedure", '{"i":"0","p":{"u":"/__proto__/constructor","b":{}}}'],
  ["a prototype in the input", '{"i":"0","p":{"u":"/campaigns/get","b":{"json":{"__proto__":{"id":1}}}}}'],
  [
    "a path of types into the prototype",
    '{"i":"0","p":{"u":"/campaigns/get","b":{"json":{},"meta":[[1,"__proto__","x"]]}}}',
  ],
  ["a body that is text", '{"i":"0","p":{"u":"/campaigns/get","b":"x"}}'],
  [
    "a very deep body",
    `{"i":"0","p":{"u":"/campaigns/get","b":{"json":${"[".repeat(50_000)}${"]".repeat(50_000)}}}}`,
  ],
  ["no bytes", bytes()],
  ["bytes that are not UTF-8", bytes([0xfe, 0xfe])],
  ["a file without a head", bytes([0xff], "PK")],
  ["a file with a broken head", bytes('{"i":', [0xff], "PK")],
  [
    "a form that is none",
    file({ i: "0", p: { u: "/models/import", h: { "content-type": "multipart/form-data; boundary=x" } } }),
  ],
  [
    "a form without a boundary",
    file({ i: "0", p: { u: "/models/import", h: { "content-type": "multipart/form-data" } } }),
  ],
  [
    "a file with a broken name",
    file({
      i: "0",
      p: { u: "/models/import", h: { "content-disposition": "attachment; filename*=utf-8''%E0%A4%A" } },
    }),
  ],
];

/** Two ends of a channel in one process. */
function channel() {
  const listeners: ((data: unknown) => void)[] = [];
  const closers: (() => void)[] = [];
  const client: { message?: (event?: { data: unknown }) => void } = {};
  const heard: unknown[] = [];
  const server: Channel = {
    send: (data) => {
      heard.push(data);
      queueMicrotask(() => client.message?.({ data }));
    },
    onMessage: (listener) => void listeners.push(listener),
    onClose: (listener) => void closers.push(listener),
  };
  const port: MessagePortMainLike = {
    on: (event, listener) => {
      client[event as "message"] = listener;
    },
    postMessage: (data: unknown) => send(data),
  };
  const send = (data: unknown) => {
    for (const listener of listeners) listener(data);
  };
  return { server, port, send, heard, close: () => closers[0]?.() };
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("messages that are no calls", () => {
  const printed: string[] = [];
  const unhandled: unknown[] = [];
  const onUnhandled = (reason: unknown) => void unhandled.push(reason);
  const warnings: object[] = [];
  const bugs: object[] = [];
  const logger = {
    info: () => {},
    warn: (data: object) => void warnings.push(data),
    error: (data: object) => void bugs.push(data),
  };
  let restore: () => void;

  beforeEach(() => {
    for (const list of [printed, unhandled, warnings, bugs]) list.length = 0;
    process.on("unhandledRejection", onUnhandled);
    const spies = (["error", "warn", "log"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...text) => void printed.push(text.join(" "))),
    );
    restore = () => {
      for (const spy of spies) spy.mockRestore();
    };
  });
  afterEach(() => {
    process.off("unhandledRejection", onUnhandled);
    restore();
  });

  const connect = () => {
    const ends = channel();
    createChannelServer(createRouter(createFakeEngine(), logger), logger)(ends.server);
    const client: ContractRouterClient<Contract> = createORPCClient(
      new RPCLink({ port: ends.port, customJsonSerializers: rpcSerializers }),
    );
    return { ...ends, client };
  };

  it.each(NONSENSE)(
    "are survived in silence, and the next call is answered, after %s",
    async (_, message) => {
      const { client, send } = connect();
      send(message);
      await settle();
      expect(await client.campaigns.list()).toEqual([]);
      expect(unhandled).toEqual([]);
      expect(printed).toEqual([]);
      expect(bugs).toEqual([]);
      for (const warning of warnings) expect(JSON.stringify(warning)).not.toMatch(/\bat .*:\d+/);
      expect(Object.prototype).not.toHaveProperty("x");
      expect(Object.prototype).not.toHaveProperty("id");
    },
  );

  it("answer whoever waits where they carry a number, and are logged a few times alone", async () => {
    const { send, heard } = connect();
    send('{"i":"q","p":null}');
    await settle();
    expect(heard.map(String).map((text) => JSON.parse(text))).toEqual([
      {
        i: "q",
        p: {
          s: 400,
          b: {
            json: {
              defined: false,
              code: "BAD_REQUEST",
              status: 400,
              message: "The message was refused: expected a call or the end of one.",
            },
          },
        },
      },
    ]);
    for (let i = 0; i < 100; i++) send("{");
    expect(warnings).toHaveLength(5);
  });

  it("cannot take the number of a call that runs", async () => {
    const { client, send, heard } = connect();
    await client.campaigns.start(CampaignSettings.parse({ name: "Numbers" }));
    heard.length = 0;
    const leave = new AbortController();
    const events = await client.campaigns.events({ id: KNOWN_CAMPAIGN }, { signal: leave.signal });
    const first = events.next().catch(() => "left");
    const [opened] = heard.map((text) => JSON.parse(String(text)));
    heard.length = 0;
    send(JSON.stringify({ ...FIRST, i: opened.i }));
    await settle();
    expect(String(heard[0])).toContain("expected a number that no running call has");
    expect(heard).toHaveLength(1);
    leave.abort();
    expect(await first).toBe("left");
    await settle();
    expect(warnings).toEqual([{ refusal: "expected a number that no running call has" }]);
    expect(await client.campaigns.list()).toHaveLength(1);
  });

  it("leave the numbers of ended calls free", async () => {
    const { send, heard } = connect();
    for (let round = 0; round < 3; round++) {
      send(JSON.stringify(FIRST));
      await settle();
    }
    expect(heard.map((text) => JSON.parse(String(text)).i)).toEqual(["0", "0", "0"]);
  });

  it("of a stream that breaks tell the client nothing of the inside", async () => {
    const { client } = connect();
    const reading = (async () => {
      for await (const _ of await client.campaigns.events({ id: BUG_CAMPAIGN })) break;
    })();
    const error = await reading.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(String(error)).not.toContain("secret");
    expect(unhandled).toEqual([]);
    expect(printed).toEqual([]);
  });
});

/** A port that remembers what it was told, and how many listen. */
function recordedPort() {
  const listeners = { message: [] as ((event: { data: unknown }) => void)[], close: [] as (() => void)[] };
  const told: unknown[] = [];
  const port: RelayedPort = {
    on: (event: "message" | "close", listener: (event: { data: unknown }) => void) =>
      listeners[event].push(listener as () => void),
    postMessage: (data) => void told.push(data),
    start: () => {},
    close: () => {
      for (const listener of listeners.close) listener();
    },
  };
  return { port, told, say: (data: unknown) => listeners.message[0]?.({ data }) };
}

describe("the relay to an engine outside Electron", () => {
  const STRAY: unknown[] = [
    ...[undefined, null, 7, "stop", [], {}, { port: 0 }, { port: "0", data: "a" }, { port: -1, data: "a" }],
    ...[
      { port: 0.5, data: "a" },
      { port: 0, data: {} },
      { port: 0, data: null },
      { port: 0, closed: false },
    ],
    ...[{ port: 0, data: "a", closed: true }, { data: "a" }, { port: Number.NaN, closed: true }],
  ];

  it("opens no port for a stray message and passes none on", () => {
    const heard: unknown[] = [];
    const accept = vi.fn((port) => port.on("message", ({ data }: { data: unknown }) => heard.push(data)));
    const relay = createRelay({ send: () => {}, accept });
    for (const message of STRAY) relay(message);
    relay({ port: 3, closed: true });
    expect(accept).not.toHaveBeenCalled();
    relay({ port: 0, data: "call" });
    for (const message of STRAY) relay(message);
    relay({ port: 0, data: "another" });
    expect(heard).toEqual(["call", "another"]);
  });

  it("sends no answer after the end of its port", () => {
    const sent: RelayMessage[] = [];
    const ports: { postMessage(data: unknown): void }[] = [];
    const relay = createRelay({ send: (message) => sent.push(message), accept: (port) => ports.push(port) });
    relay({ port: 0, data: "call" });
    ports[0]?.postMessage("answer");
    relay({ port: 0, closed: true });
    ports[0]?.postMessage("late");
    expect(sent).toEqual([{ port: 0, data: "answer" }]);
  });

  it("forgets a port that closes, on main's side, however often the page is loaded again", () => {
    const sent: RelayMessage[] = [];
    const relay = relayPorts((message) => sent.push(message));
    const ports = Array.from({ length: 100 }, () => recordedPort());
    for (const { port } of ports) {
      relay.connect(port);
      port.close();
    }
    const last = recordedPort();
    relay.connect(last.port);
    last.say("call");
    expect(sent.at(-1)).toEqual({ port: 100, data: "call" });
    for (const message of STRAY) relay.receive(message);
    relay.receive({ port: 99, data: "late" });
    relay.receive({ port: 100, data: "answer" });
    expect(ports.flatMap(({ told }) => told)).toEqual([]);
    expect(last.told).toEqual(["answer"]);
    relay.closeAll();
    relay.receive({ port: 100, data: "later" });
    expect(last.told).toEqual(["answer"]);
    expect(sent.filter((message) => "closed" in message)).toHaveLength(100);
  });
});
