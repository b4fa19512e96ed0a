/** A desk over a provider of this machine, on a clock that runs when somebody waits, in a process that can be killed anywhere. */
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { createDeviceDesk } from "#core/orchestration/devices/desk.ts";
import { JOB_LIMITS } from "#core/quantum/backends/job-limits.ts";
import { createPolicies, POLICIES } from "#core/quantum/backends/policies.ts";
import type { Provider, ProviderAccess } from "#core/quantum/backends/provider.ts";
import { OPEN_PROVIDER } from "#core/quantum/backends/registry.ts";
import { type Circuit, cx, x } from "#core/quantum/circuit/circuit.ts";
import type { JobAnswer, JobAsked } from "#core/quantum/measurement/at-hand.ts";
import type { RemoteName } from "#shared/quantum/backend-names.ts";
import type { DeviceAccess, DeviceLimits } from "#shared/quantum/devices.ts";
import {
  SIMULATED_BUCKET as bucket,
  SIMULATED_REGION as region,
  serveBraket,
} from "../../../../../src/qpu-server/braket-server.ts";
import { SIMULATED_INSTANCE, serveIbm } from "../../../../../src/qpu-server/ibm-server.ts";
import { type IonqServerOptions, serveIonq } from "../../../../../src/qpu-server/ionq-server.ts";
import type { ProviderServer, ServerOptions } from "../../../../../src/qpu-server/provider-server.ts";
import type { QueuedJob } from "../../../../../src/qpu-server/queue.ts";

export const resources = fileURLToPath(new URL("../../../../../resources", import.meta.url));
/** Of the form that AWS's keys have; others take any. */
export const KEY = "planted-id:planted-key-7f3a91c2";
export const GENEROUS: DeviceLimits = { job_usd: 1e4, campaign_usd: 1e5, day_usd: 1e5, account_usd: 1e6 };

/** |q2 q1 q0⟩ = |110⟩, |011⟩ and |001⟩: no order of bits and no exchange of circuits hides. */
const CIRCUITS: readonly { circuit: Circuit; state: number }[] = [
  { circuit: { qubits: 3, nParameters: 0, gates: [x(0)] }, state: 1 },
  { circuit: { qubits: 3, nParameters: 0, gates: [x(1), cx(1, 2)] }, state: 6 },
  { circuit: { qubits: 3, nParameters: 0, gates: [x(0), cx(0, 1)] }, state: 3 },
];
const ofSeed = (seed: number) => CIRCUITS[seed % CIRCUITS.length]!;
const SHOTS = 200;

export const asked = (
  device = "qpu.forte-1",
  seeds: readonly number[] = [1],
  backend: RemoteName = "ionq",
): JobAsked => ({
  backend,
  device,
  deadline_s: 3600,
  runs: seeds.map((seed) => {
    const { circuit } = ofSeed(seed);
    // Every fourth needs more than the others.
    const shots = seed % 4 === 3 ? 4 * SHOTS : SHOTS;
    return { circuit, parameters: new Float64Array(), shots, seed };
  }),
});

/** Whether the shots of each run are those of its circuit, but for a device's errors. */
export const isRight = ({ runs }: JobAsked, answer: JobAnswer): boolean =>
  answer.by === "device" &&
  answer.shots.length === runs.length &&
  runs.every(({ seed, shots }, k) => {
    const right = answer.shots[k]!.filter((state) => state === ofSeed(seed).state).length;
    return answer.shots[k]!.length === shots && right > 0.85 * shots;
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

interface Served extends ProviderServer {
  readonly jobs: readonly QueuedJob[];
  charged(): number;
  /** How it is enabled. */
  readonly place: Omit<DeviceAccess, "limits">;
}

const ionqServed = async (options: IonqServerOptions) => {
  const server = await serveIonq(options);
  return { ...server, place: { baseUrl: server.baseUrl } };
};

/** Each provider, on its own device, with errors. */
export const SERVED: Readonly<
  Record<RemoteName, { device: string; serve: (options: ServerOptions) => Promise<Served> }>
> = {
  ionq: { device: "qpu.forte-1", serve: ionqServed },
  ibm: {
    device: "ibm_loopback",
    serve: async (options) => {
      const server = await serveIbm(options);
      const { baseUrl, tokenUrl } = server;
      const instance = SIMULATED_INSTANCE;
      return {
        ...server,
        place: { baseUrl, ibm: { instance, tokenUrl, program: "executor", isPrivate: false } },
      };
    },
  },
  braket: {
    device: "iqm/Garnet",
    serve: async (options) => {
      const server = await serveBraket(options);
      const { baseUrl } = server;
      return { ...server, place: { baseUrl, braket: { region, bucket, s3Url: baseUrl } } };
    },
  },
};

/** Two circuits on a provider's own device. */
export const twoCircuits = (backend: RemoteName): JobAsked => asked(SERVED[backend].device, [1, 2], backend);

/** The same, with a third that needs other shots where a job takes several: IonQ's are then two jobs, IBM's one. */
export const severalCircuits = (backend: RemoteName): JobAsked =>
  JOB_LIMITS[backend].circuits === 1
    ? twoCircuits(backend)
    : asked(SERVED[backend].device, [1, 3, 2], backend);

interface HouseOptions extends Partial<IonqServerOptions> {
  readonly limits?: DeviceLimits;
  /** In place of the server's own. */
  readonly quote?: Provider["quote"];
  /** With the table of prices; default: the program's own. */
  readonly resources?: string;
}

export const openHouse = (options: HouseOptions = {}) => openHouseOf("ionq", ionqServed, options);

/** A house of any provider. */
export const openProviderHouse = (name: RemoteName, options: Omit<HouseOptions, "backends"> = {}) =>
  openHouseOf(name, SERVED[name].serve, options);

export async function openHouseOf<Server extends Served>(
  name: RemoteName,
  serve: (options: ServerOptions) => Promise<Server>,
  options: HouseOptions,
) {
  const { limits = GENEROUS, quote, resources: folder = resources, ...served } = options;
  let now = Date.parse("2026-11-30T12:00:00Z");
  let key = KEY;
  const clock = () => new Date(now);
  const server = await serve({ key: KEY, clock, ...served });
  const notebook = openNotebook({ path: ":memory:", mode: "create", clock, program: "test 1" });
  /** A process over the same notebook and server. */
  const live = (killAt?: number) => {
    const life = lifeline(killAt);
    const desk = createDeviceDesk({
      notebook: mortalNotebook(notebook, life.step),
      resources: folder,
      clock,
      secrets: async () => key,
      open: {
        ...OPEN_PROVIDER,
        [name]: (access: ProviderAccess) =>
          mortalProvider({ ...OPEN_PROVIDER[name](access), ...(quote && { quote }) }, life.step),
      },
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
  desk.enable(name, { ...server.place, limits });
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
