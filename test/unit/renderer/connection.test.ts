import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Host, Line } from "../../../src/renderer/src/host/host.ts";
import { Refused } from "../../../src/renderer/src/host/refused.ts";
import { createConnection } from "../../../src/renderer/src/rpc/connection.ts";

/** A host whose lines the test opens, refuses and cuts. */
function scriptedHost(reconnects: boolean) {
  let admit = () => {};
  const tries: PromiseWithResolvers<Line>[] = [];
  const host: Host = {
    reconnects,
    remedy: "",
    onAdmission: (listener) => {
      admit = listener;
    },
    onCommand: () => () => {},
    open: () => {
      const attempt = Promise.withResolvers<Line>();
      tries.push(attempt);
      return attempt.promise;
    },
  };
  const accept = async () => {
    const { promise: lost, resolve: cut } = Promise.withResolvers<string>();
    const link = {} as Line["link"];
    tries.at(-1)?.resolve({ link, lost });
    await vi.advanceTimersByTimeAsync(0);
    return { link, cut };
  };
  return { host, tries, accept, admit: () => admit() };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the line to the engine", () => {
  it("opens at once, and what waits for it gets it", async () => {
    const { host, accept } = scriptedHost(false);
    const connection = createConnection(host);
    const waiting = connection.link();
    const { link } = await accept();
    expect(await waiting).toBe(link);
    expect(connection.state()).toEqual({ phase: "open" });
  });

  it("says why it was lost, and calls fail at once meanwhile", async () => {
    const { host, accept } = scriptedHost(false);
    const connection = createConnection(host);
    const { cut } = await accept();
    cut("killed");
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.state()).toEqual({
      phase: "lost",
      reason: "killed",
      retriesAlone: false,
      refused: false,
    });
    await expect(connection.link()).rejects.toThrow("killed");
  });

  it("waits to be asked where the host cannot reconnect by itself", async () => {
    const { host, tries, accept } = scriptedHost(false);
    const connection = createConnection(host);
    (await accept()).cut("killed");
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries).toHaveLength(1);
    connection.retry();
    expect(tries).toHaveLength(2);
    const { link } = await accept();
    expect(await connection.link()).toBe(link);
  });

  it("tries again by itself where it can, less and less often, at most every five seconds", async () => {
    const { host, tries } = scriptedHost(true);
    createConnection(host);
    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      tries.at(-1)?.reject(new Error("refused"));
      const before = tries.length;
      let waited = 0;
      while (tries.length === before) {
        await vi.advanceTimersByTimeAsync(100);
        waited += 100;
      }
      waits.push(waited);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 5000, 5000]);
  });

  it("asks no more once it was refused, until it may be let in", async () => {
    const { host, tries, accept, admit } = scriptedHost(true);
    const connection = createConnection(host);
    tries[0]?.reject(new Refused("unknown"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tries).toHaveLength(1);
    expect(connection.state()).toEqual({
      phase: "lost",
      reason: "unknown",
      retriesAlone: false,
      refused: true,
    });
    admit();
    const { link } = await accept();
    expect(await connection.link()).toBe(link);
    admit();
    expect(tries, "an open line is let be").toHaveLength(2);
  });

  it("heeds no attempt that was overtaken by another", async () => {
    const { host, tries, accept, admit } = scriptedHost(true);
    const connection = createConnection(host);
    tries[0]?.reject(new Error("away"));
    await vi.advanceTimersByTimeAsync(500);
    admit();
    expect(tries).toHaveLength(3);
    await accept();
    tries[1]?.reject(new Refused("unknown"));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(connection.state()).toEqual({ phase: "open" });
    expect(tries).toHaveLength(3);
  });

  it("tells every listener of every change until it leaves", async () => {
    const { host, accept } = scriptedHost(false);
    const connection = createConnection(host);
    const phases: string[] = [];
    const leave = connection.subscribe(() => phases.push(connection.state().phase));
    const { cut } = await accept();
    cut("x");
    await vi.advanceTimersByTimeAsync(0);
    leave();
    connection.retry();
    expect(phases).toEqual(["open", "lost"]);
  });
});
