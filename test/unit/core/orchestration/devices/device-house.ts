/** A desk over the IonQ server of this machine, on a clock that runs when somebody waits, in a process that can be killed anywhere. */
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { createDeviceDesk } from "#core/orchestration/devices/desk.ts";
import { openIonq } from "#core/quantum/backends/ionq.ts";
import { createPolicies, POLICIES } from "#core/quantum/backends/policies.ts";
import type { Provider } from "#core/quantum/backends/provider.ts";
import { type Circuit, cx, x } from "#core/quantum/circuit/circuit.ts";
import type { JobAsked } from "#core/quantum/measurement/at-hand.ts";
import type { DeviceLimits } from "#shared/quantum/devices.ts";
import { type IonqServerOptions, serveIonq } from "../../../../../src/qpu-server/ionq-server.ts";

export const resources = fileURLToPath(new URL("../../../../../resources", import.meta.url));
export const KEY = "planted-key-7f3a91c2";
export const GENEROUS: DeviceLimits = { job_usd: 1e4, campaign_usd: 1e5, day_usd: 1e5, account_usd: 1e6 };

/** |q2 q1 q0⟩ = |110⟩. */
export const asymmetric: Circuit = { qubits: 3, nParameters: 0, gates: [x(1), cx(1, 2)] };

export const asked = (
  device = "qpu.forte-1",
  seeds: readonly number[] = [1],
  deadline_s = 3600,
): JobAsked => ({
  backend: "ionq",
  device,
  deadline_s,
  runs: seeds.map((seed) => ({ circuit: asymmetric, parameters: new Float64Array(), shots: 200, seed })),
});

/** What ends a process between two of its steps. */
export class Killed extends Error {}

/** Counts the steps of a process and ends it at one. */
function lifeline(killAt: number | undefined) {
  let steps = 0;
  let isDead = false;
  return {
    step(): void {
      if (steps++ === killAt) isDead = true;
      if (isDead) throw new Killed("killed");
    },
    steps: () => steps,
  };
}

const mortalNotebook = (notebook: Notebook, step: () => void): Notebook => ({
  ...notebook,
  transaction(work) {
    step();
    const done = notebook.transaction(work);
    step();
    return done;
  },
});

const mortalProvider = (provider: Provider, step: () => void): Provider =>
  new Proxy(provider, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function" || name === "prepare") return value;
      return async (...args: unknown[]) => {
        step();
        const done: unknown = await value.apply(target, args);
        step();
        return done;
      };
    },
  });

interface HouseOptions extends Partial<IonqServerOptions> {
  readonly limits?: DeviceLimits;
  /** In place of the server's own. */
  readonly quote?: Provider["quote"];
}

export async function openHouse(options: HouseOptions = {}) {
  const { limits = GENEROUS, quote, ...served } = options;
  let now = Date.parse("2026-11-30T12:00:00Z");
  let key = KEY;
  const clock = () => new Date(now);
  const server = await serveIonq({ key: KEY, clock, ...served });
  const notebook = openNotebook({ path: ":memory:", mode: "create", clock, program: "test 1" });
  /** A process over the same notebook and server. */
  const live = (killAt?: number) => {
    const life = lifeline(killAt);
    const desk = createDeviceDesk({
      notebook: mortalNotebook(notebook, life.step),
      resources,
      clock,
      secrets: async () => key,
      open: { ionq: (access) => mortalProvider({ ...openIonq(access), ...(quote && { quote }) }, life.step) },
      policies: () =>
        createPolicies({ ...POLICIES, firstPause_ms: 1, longestPause_ms: 3, tries: 3, failures: 1000 }),
      async pause(ms, signal) {
        signal?.throwIfAborted();
        now += ms;
        await setImmediate();
      },
    });
    return { desk, steps: life.steps };
  };
  const { desk } = live();
  desk.enable("ionq", { baseUrl: server.baseUrl, limits });
  return {
    server,
    notebook,
    live,
    desk,
    advance(ms: number): void {
      now += ms;
    },
    /** A new key, known to both sides. */
    renew(): void {
      key = `${KEY}-renewed`;
      server.renew(key);
    },
    async [Symbol.asyncDispose]() {
      notebook[Symbol.dispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}
