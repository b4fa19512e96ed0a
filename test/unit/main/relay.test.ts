import type { MessagePortMainLike } from "@orpc/client/message-port";
import { describe, expect, it } from "vitest";
import { createRelay, type RelayMessage } from "../../../src/main/relay.ts";

describe("ports over a plain channel", () => {
  it("are kept apart, answer under their own number, and end one by one", () => {
    const sent: RelayMessage[] = [];
    const heard: unknown[] = [];
    const ports: MessagePortMainLike[] = [];
    const relay = createRelay({
      send: (message) => sent.push(message),
      accept: (port) => {
        const name = ports.push(port);
        port.on("message", (event) => heard.push([name, event?.data]));
        port.on("close", () => heard.push([name, "closed"]));
      },
    });
    relay({ port: 7, data: "a" });
    relay({ port: 9, data: "b" });
    relay({ port: 7, data: "c" });
    relay({ port: 7, closed: true });
    ports[1]?.postMessage("answer");
    expect(heard).toEqual([
      [1, "a"],
      [2, "b"],
      [1, "c"],
      [1, "closed"],
    ]);
    expect(sent).toEqual([{ port: 9, data: "answer" }]);
  });
});
