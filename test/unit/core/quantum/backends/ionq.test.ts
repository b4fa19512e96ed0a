import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { fittedCircuit } from "#core/quantum/backends/fit-circuit.ts";
import { openIonq } from "#core/quantum/backends/ionq.ts";
import { ionqCircuit, ionqNativeCircuit } from "#core/quantum/backends/ionq-circuits.ts";
import { ionqCounts, ionqCountsOfChildren } from "#core/quantum/backends/ionq-results.ts";
import { type PreparedJob, type Provider, ProviderError } from "#core/quantum/backends/provider.ts";
import { type Circuit, cx, rotation, simulate, x } from "#core/quantum/circuit/circuit.ts";
import { uniformNumbers } from "#shared/random.ts";
import type { Fault, ServerStep } from "../../../../../src/qpu-server/faults.ts";
import { billedGates, simulatedCircuit } from "../../../../../src/qpu-server/ionq-circuit.ts";
import type { CircuitInput } from "../../../../../src/qpu-server/ionq-schema.ts";
import { type IonqServerOptions, serveIonq } from "../../../../../src/qpu-server/ionq-server.ts";
import { stateOverlap } from "../transpile/state-overlap.ts";
import { asymmetric, countsOfOne, everyGate, otherOrder } from "./circuits.ts";

const KEY = "the key that is told to nobody";
const openAt = (baseUrl: string) => openIonq({ baseUrl, secret: () => KEY, clock: () => new Date() });
const started = async (options: Partial<IonqServerOptions> = {}) => {
  const server = await serveIonq({ key: KEY, ...options });
  return { server, ionq: openAt(server.baseUrl) };
};
/** Makes the job of a circuit. */
const written = async (ionq: Provider, job: PreparedJob) => ionq.write(job, await ionq.target?.(job));
const send = async (ionq: Provider, job: PreparedJob) => ionq.send(job, await written(ionq, job));
const run = (circuit: Circuit, shots = 500, parameters = new Float64Array()) => ({
  circuit,
  parameters,
  shots,
  seed: 11,
});
const SIMULATOR = { device: "simulator", attempt: 0 };
describe("IonQ's circuits", () => {
  it("are the same state as ours but for a phase of the whole", () => {
    const parameters = Float64Array.of(0.37, 1.1);
    const circuit = ionqCircuit(everyGate, parameters);
    const input = { qubits: 3, gateset: "qis", circuit } as unknown as CircuitInput;
    const [ours, theirs] = [simulate(everyGate, parameters), simulate(simulatedCircuit(input))];
    expect(stateOverlap(ours, theirs)).toBeCloseTo(1, 12);
  });

  it("name only gates of the vendor's set", () => {
    const names = new Set(ionqCircuit(everyGate, new Float64Array(2)).map(({ gate }) => gate));
    expect([...names].sort()).toEqual(["cnot", "h", "rx", "ry", "rz", "s", "si", "v", "vi", "x", "y", "z"]);
  });

  it.each([
    ["ionq-zz", "zz"],
    ["ionq-ms", "ms"],
  ] as const)("measure in the gates of %s as ours do", (set, entangler) => {
    const parameters = Float64Array.of(0.37, 1.1);
    const native = ionqNativeCircuit(fittedCircuit({ circuit: everyGate, parameters, target: { set } }));
    const names = new Set(native.map(({ gate }) => gate));
    expect(names).toContain(entangler);
    expect(["gpi", "gpi2", entangler]).toEqual(expect.arrayContaining([...names]));
    const input = { qubits: 3, gateset: "native", circuit: native } as unknown as CircuitInput;
    const [ours, theirs] = [simulate(everyGate, parameters), simulate(simulatedCircuit(input, entangler))];
    for (const [k, re] of ours.re.entries())
      expect(theirs.re[k]! ** 2 + theirs.im[k]! ** 2).toBeCloseTo(re ** 2 + ours.im[k]! ** 2, 12);
  });
});

describe("the IonQ driver", () => {
  it("sends a device its own gates, never more than it says before", async () => {
    const ionq = openAt("https://api.ionq.co/v0.4");
    const random = uniformNumbers(7);
    const angle = () => ({ angle: 2 * Math.PI * random() });
    for (let k = 0; k < 30; k++) {
      const qubits = 2 + (k % 4);
      const pair = () => Math.floor(random() * (qubits - 1));
      const gates = Array.from({ length: 4 * k }, () => pair()).flatMap((q) => [
        ...[rotation("ry", q, angle()), rotation("rx", q + 1, angle()), rotation("rz", q, angle())],
        cx(q, q + 1),
      ]);
      const job = ionq.prepare([run({ qubits, nParameters: 0, gates })], {
        device: "qpu.forte-1",
        attempt: 0,
      });
      const { input } = JSON.parse(await written(ionq, job));
      expect(input.gateset).toBe("native");
      const counts = billedGates(input);
      const { gates: most } = job.circuits[0]!;
      expect(counts.two).toBeLessThanOrEqual(most.two);
      expect(counts.one).toBeLessThanOrEqual(most.one);
    }
  });

  it.each(["simulator", "qpu.forte-1"])("keeps the order of bits on %s", async (device) => {
    const { server, ionq } = await started();
    await using _ = server;
    const job = ionq.prepare([run(asymmetric, 2000)], { device, attempt: 0 });
    const { id } = await send(ionq, job);
    expect(await ionq.poll(id)).toEqual({ state: "done" });
    const counts = await countsOfOne(ionq, id, job);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(2000);
    expect(counts.get(6)! / 2000).toBeGreaterThan(0.97);
  });

  it("draws shots of an exact distribution as often as it says, the same each time", async () => {
    const { server, ionq } = await started();
    await using _ = server;
    const circuit: Circuit = {
      qubits: 2,
      nParameters: 1,
      gates: [rotation("ry", 0, { angle: 0, parameter: 0 })],
    };
    const shots = 40_000;
    const job = ionq.prepare(
      [run(circuit, shots, Float64Array.of(2 * Math.asin(Math.sqrt(0.3))))],
      SIMULATOR,
    );
    const { id } = await send(ionq, job);
    const counts = await countsOfOne(ionq, id, job);
    expect([...counts.keys()].sort()).toEqual([0, 1]);
    expect(Math.abs(counts.get(1)! - 0.3 * shots)).toBeLessThan(4 * Math.sqrt(shots * 0.3 * 0.7));
    expect(await countsOfOne(ionq, id, job)).toEqual(counts);
  });

  it("sends the circuit under an opaque name and nothing else", async () => {
    const ionq = openAt("https://api.ionq.co/v0.4");
    const job = ionq.prepare([run(asymmetric)], SIMULATOR);
    expect(JSON.parse(await ionq.write(job))).toEqual({
      type: "ionq.circuit.v1",
      backend: "simulator",
      shots: 500,
      name: job.name,
      input: {
        qubits: 3,
        gateset: "qis",
        circuit: [
          { gate: "x", target: 1 },
          { gate: "cnot", control: 1, target: 2 },
        ],
      },
    });
    expect(job.name).toMatch(/^[0-9a-f]{64}$/);
    const elsewhere = openAt("https://elsewhere.example/v0.4");
    const others = [
      elsewhere.prepare([run(asymmetric)], SIMULATOR),
      ionq.prepare([run(asymmetric)], { ...SIMULATOR, attempt: 1 }),
      ionq.prepare([run(asymmetric, 501)], SIMULATOR),
      ionq.prepare([{ ...run(asymmetric), seed: 12 }], SIMULATOR),
      ionq.prepare([run({ ...asymmetric, gates: [x(1)] })], SIMULATOR),
    ];
    expect(new Set([job, ...others].map(({ name }) => name)).size).toBe(6);
    expect(ionq.prepare([run(asymmetric)], SIMULATOR)).toEqual(job);
  });

  it("finds a job by its name, on whichever page it is, and none where there is none", async () => {
    const { server, ionq } = await started();
    await using _ = server;
    const job = ionq.prepare([run(asymmetric)], SIMULATOR);
    expect(await ionq.find(job)).toBeNull();
    const { id } = await send(ionq, job);
    for (let k = 1; k <= 60; k++)
      await send(ionq, ionq.prepare([run(asymmetric)], { ...SIMULATOR, attempt: k }));
    expect(await ionq.find(job)).toBe(id);
  });

  it("quotes, bills and cancels", async () => {
    const { server, ionq } = await started({ queue_ms: 3_600_000 });
    await using _ = server;
    const job = ionq.prepare([run(asymmetric, 100_000)], { device: "qpu.forte-1", attempt: 0 });
    expect(job.circuits[0]!.gates).toEqual({ one: 10, two: 1 });
    const quote = await ionq.quote(job);
    expect(quote).toEqual({
      value: expect.closeTo(100_000 * (10 * 0.000_164_5 + 0.001_121), 9),
      unit: "usd",
    });
    const { id, tls } = await send(ionq, job);
    expect(tls).toBeNull();
    expect(await ionq.poll(id)).toEqual({ state: "waiting", pollAfter_ms: 1000 });
    expect(await ionq.bill(id)).toBeNull();
    await ionq.cancel(id);
    expect(await ionq.poll(id)).toMatchObject({ state: "failed", remedy: "fall-back" });
    expect(await ionq.bill(id)).toEqual({ value: 0, unit: "usd" });
  });

  it("reads the calibration and the state of a device", async () => {
    const { server, ionq } = await started();
    await using _ = server;
    const { id, ...errors } = await ionq.calibration("qpu.forte-1");
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(errors).toEqual({ readout01: expect.closeTo(0.0025, 12), readout10: expect.closeTo(0.0025, 12) });
    expect(await ionq.calibration("simulator")).toEqual({ id: null, readout01: 0, readout10: 0 });
    expect(await ionq.status("qpu.forte-1")).toMatchObject({
      status: "available",
      qubits: 36,
      calibrationId: id,
    });
  });

  it.each<[Fault, Partial<ProviderError>]>([
    [
      { kind: "status", status: 429, retryAfter_s: 3 },
      { remedy: "retry", retryAfter_ms: 3000 },
    ],
    [
      { kind: "status", status: 429 },
      { remedy: "retry", retryAfter_ms: null },
    ],
    [{ kind: "status", status: 402 }, { remedy: "fall-back" }],
    [{ kind: "status", status: 500 }, { remedy: "look-up" }],
    [{ kind: "status-after", status: 500 }, { remedy: "look-up" }],
    [{ kind: "drop" }, { remedy: "look-up" }],
    [{ kind: "drop-after" }, { remedy: "look-up" }],
    [{ kind: "half" }, { remedy: "look-up" }],
    [{ kind: "garbled" }, { remedy: "look-up" }],
    [{ kind: "expired" }, { remedy: "stop" }],
  ])("says of %j what is done", async (fault, expected) => {
    const faults = ({ step }: { step: ServerStep }) => (step === "submit" ? fault : undefined);
    const { server, ionq } = await started({ faults });
    await using _ = server;
    const error = await send(ionq, ionq.prepare([run(asymmetric)], SIMULATOR)).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject(expected);
    expect(String(error)).not.toContain(KEY);
  });

  it("asks again where nobody heard it, and not at all over an open line to another machine", async () => {
    const { server } = await started();
    await server[Symbol.asyncDispose]();
    const closed = openAt(server.baseUrl);
    await expect(closed.poll("1")).rejects.toMatchObject({ remedy: "retry" });
    const open = openAt("http://api.ionq.co/v0.4");
    await expect(async () => open.poll("1")).rejects.toMatchObject({
      remedy: "stop",
      message: /expected https/,
    });
  });

  it("does not take half of a result for a result", () => {
    const one = { qubits: 2, shots: 100, run: { ...run(asymmetric), seed: 1 } };
    expect(ionqCounts({ "0": 0.25, "3": 0.75 }, one, "qpu.forte-1")).toEqual(
      new Map([
        [0, 25],
        [3, 75],
      ]),
    );
    for (const wrong of [
      { "0": 0.25 },
      {},
      { "4": 1 },
      { "0": "1" },
      { "-1": 1 },
      { "3": 0.5, "03": 0.5 },
      null,
      undefined,
    ])
      for (const device of ["qpu.forte-1", "simulator"])
        expect(() => ionqCounts(wrong, one, device)).toThrow(ProviderError);
  });

  it("repeats neither the key nor a job's name of what the provider says", async () => {
    const name = "a1".repeat(32);
    const answered = createServer((_, response) => {
      response.writeHead(400, { "content-type": "application/json" });
      response.end(JSON.stringify({ message: `apiKey ${KEY} asked for ${name}` }));
    });
    await once(answered.listen(0, "127.0.0.1"), "listening");
    const { port } = answered.address() as AddressInfo;
    const ionq = openAt(`http://127.0.0.1:${port}/v0.4`);
    const said = await ionq.poll("1").catch(String);
    answered.close();
    expect(said).toMatch(/apiKey … asked for …$/);
  });

  it("refuses more shots than a job may have", () => {
    const ionq = openAt("https://api.ionq.co/v0.4");
    expect(() => ionq.prepare([run(asymmetric, 1_000_001)], SIMULATOR)).toThrow(/at most 1000000/);
  });
});

describe("a job of several circuits at IonQ", () => {
  const FORTE = { device: "qpu.forte-1", attempt: 0 };
  const one = (circuit: Circuit, seed: number) => ({ ...run(circuit), seed });
  const three = [one(asymmetric, 1), one(otherOrder, 2), one({ ...asymmetric, gates: [x(0)] }, 3)];

  it.each(["simulator", "qpu.forte-1"])("keeps the order of bits and of circuits on %s", async (device) => {
    const { server, ionq } = await started();
    await using _ = server;
    const job = ionq.prepare(three, { device, attempt: 0 });
    const { id } = await send(ionq, job);
    expect(server.jobs).toHaveLength(1);
    expect(await ionq.poll(id)).toEqual({ state: "done" });
    const counts = await ionq.fetch(id, job);
    expect(counts.map((of) => [...of.values()].reduce((sum, n) => sum + n, 0))).toEqual([500, 500, 500]);
    for (const [k, state] of [6, 3, 1].entries()) expect(counts[k]!.get(state)! / 500).toBeGreaterThan(0.95);
    // A child may have its name.
    expect(await ionq.find(job)).toBe(id);
  });

  it("sends circuits under one opaque name and nothing else, and asks for the price of all", async () => {
    const ionq = openAt("https://api.ionq.co/v0.4");
    const job = ionq.prepare(three.slice(0, 2), SIMULATOR);
    const cnot = (control: number, target: number) => ({ gate: "cnot", control, target });
    expect(JSON.parse(await ionq.write(job))).toEqual({
      ...{ type: "ionq.multi-circuit.v1", backend: "simulator", shots: 500, name: job.name },
      input: {
        qubits: 3,
        gateset: "qis",
        circuits: [
          { qubits: 3, circuit: [{ gate: "x", target: 1 }, cnot(1, 2)] },
          { qubits: 3, circuit: [{ gate: "x", target: 0 }, cnot(0, 1)] },
        ],
      },
    });
    expect(job).toMatchObject({ qubits: 3, shots: 1000 });
    expect(job.question).toBe(
      "backend=simulator&type=ionq.multi-circuit.v1&qubits=3&shots=500&1q_gates=2&2q_gates=2",
    );
    const { input } = JSON.parse(await written(ionq, ionq.prepare(three, FORTE)));
    expect(input).toMatchObject({
      gateset: "native",
      circuits: [{ qubits: 3 }, { qubits: 3 }, { qubits: 3 }],
    });
    const others = [
      ionq.prepare([three[1]!, three[0]!], SIMULATOR),
      ionq.prepare(three.slice(0, 1), SIMULATOR),
      ionq.prepare(three.slice(0, 2), { ...SIMULATOR, attempt: 1 }),
    ];
    expect(new Set([job, ...others].map(({ name }) => name)).size).toBe(4);
    // Never fewer shots than were asked for.
    expect(() => ionq.prepare([three[0]!, { ...three[1]!, shots: 1000 }], SIMULATOR)).toThrow(/one number/);
  });

  it("has failed where one of its circuits has, and says why", async () => {
    const faults = ({ step }: { step: ServerStep }): Fault | undefined =>
      step === "submit" ? { kind: "part-fails", code: "QuantumComputerError" } : undefined;
    const { server, ionq } = await started({ faults });
    await using _ = server;
    const job = ionq.prepare(three, FORTE);
    const { id } = await send(ionq, job);
    expect(await ionq.poll(id)).toEqual({
      state: "failed",
      reason: "the device failed while the job ran (QuantumComputerError): injected",
      remedy: "fall-back",
    });
    // Who reads it all the same is not given the others for it.
    await expect(ionq.fetch(id, job)).rejects.toMatchObject({ remedy: "look-up" });
  });

  it.each([
    ["canceled", "it was cancelled"],
    ["failed", expect.stringMatching(/NotEnoughQubits/)],
  ])(
    "has failed where one of its circuits is %s, wherever that stands in the list",
    async (ended, reason) => {
      const child = (id: string, status: string) => {
        const failure = status === "failed" ? { code: "NotEnoughQubits", message: "too few" } : null;
        return { id, status, failure, name: "n", parent_job_id: "whole" };
      };
      // By the document: a filter by state and by parent, and a parent that is completed whatever its children are.
      const children = [
        ...Array.from({ length: 30 }, (_, k) => child(`c${k}`, "completed")),
        child("c30", ended),
      ];
      const answered = createServer(({ url = "" }, response) => {
        const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
        const found = children.filter(
          (one) =>
            one.parent_job_id === searchParams.get("parent_job_id") &&
            one.status === searchParams.get("status"),
        );
        const whole = { id: "whole", status: "completed", child_job_ids: children.map(({ id }) => id) };
        const body = pathname.endsWith("/jobs/whole") ? whole : { jobs: found, next: null };
        response.writeHead(200, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      });
      await once(answered.listen(0, "127.0.0.1"), "listening");
      const { port } = answered.address() as AddressInfo;
      const status = await openAt(`http://127.0.0.1:${port}/v0.4`).poll("whole");
      answered.close();
      expect(status).toMatchObject({ state: "failed", reason });
    },
  );

  it("is not taken from what lacks a circuit, has one more, or does not say which is whose", () => {
    const { circuits } = openAt("https://api.ionq.co/v0.4").prepare(three, FORTE);
    const job = { circuits, device: "qpu.forte-1" };
    const [a, b, c] = [{ "6": 1 }, { "3": 1 }, { "1": 1 }];
    // In whatever order they stand.
    expect(ionqCountsOfChildren({ c, a, b }, ["a", "b", "c"], job)).toEqual([
      new Map([[6, 500]]),
      new Map([[3, 500]]),
      new Map([[1, 500]]),
    ]);
    for (const [document, children] of [
      [{ a, b }, ["a", "b", "c"]],
      [{ a, b }, ["a", "b"]],
      [{ a, b, c }, ["a", "b"]],
      [{ a, b, c, d: a }, ["a", "b", "c"]],
      [{ a, b, d: c }, ["a", "b", "c"]],
      [{ a, b, c }, ["a", "b", "b"]],
      [{ a, b, c: { "1": 0.5 } }, ["a", "b", "c"]],
      [{ a, b, c: null }, ["a", "b", "c"]],
      [a, ["a", "b", "c"]],
      [null, ["a", "b", "c"]],
    ] as [unknown, string[]][])
      expect(() => ionqCountsOfChildren(document, children, job)).toThrow(ProviderError);
  });
});
