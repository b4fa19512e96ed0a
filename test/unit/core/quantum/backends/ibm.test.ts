import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { fittedCircuit } from "#core/quantum/backends/fit-circuit.ts";
import { openIbm } from "#core/quantum/backends/ibm.ts";
import { IBM_FORMS } from "#core/quantum/backends/ibm-forms.ts";
import { type PreparedJob, type Provider, ProviderError } from "#core/quantum/backends/provider.ts";
import { type Circuit, simulate, x } from "#core/quantum/circuit/circuit.ts";
import { heavyHexLadder, linearMap } from "#core/quantum/circuit/coupling-map.ts";
import { nativeQasm3 } from "#core/quantum/transpile/native-qasm3.ts";
import type { IbmSettings } from "#shared/quantum/devices.ts";
import type { Fault, ServerStep } from "../../../../../src/qpu-server/faults.ts";
import {
  type IbmServerOptions,
  SIMULATED_INSTANCE,
  serveIbm,
} from "../../../../../src/qpu-server/ibm-server.ts";
import { readProgram } from "../../../../../src/qpu-server/qasm3-program.ts";
import { asymmetric, countsOfOne, everyGate, otherOrder } from "./circuits.ts";

const KEY = "the key that is told to nobody";
const started = async (options: Partial<IbmServerOptions> = {}, settings: Partial<IbmSettings> = {}) => {
  let now = Date.parse("2026-11-30T12:00:00Z");
  const clock = () => new Date(now);
  const server = await serveIbm({ key: KEY, clock, ...options });
  const { baseUrl, tokenUrl } = server;
  const instance = SIMULATED_INSTANCE;
  const ibm = { instance, tokenUrl, program: "executor", isPrivate: false, ...settings } as const;
  return {
    server,
    ibm: openIbm({ baseUrl, ibm, secret: () => KEY, clock }),
    advance(ms: number): void {
      now += ms;
    },
  };
};
const run = (circuit: Circuit, shots = 500, parameters = new Float64Array(circuit.nParameters)) => ({
  ...{ circuit, parameters, shots, seed: 11 },
});
const IDEAL = { device: "ibm_ideal", attempt: 0 };
/** Makes the job of a circuit. */
const written = async (ibm: Provider, job: PreparedJob) => ibm.write(job, await ibm.target?.(job));
const send = async (ibm: Provider, job: PreparedJob) => ibm.send(job, await written(ibm, job));
const at = (step: ServerStep, fault: Fault) => (request: { step: ServerStep }) =>
  request.step === step ? fault : undefined;

describe("IBM's programs", () => {
  const dialect = {
    gates: { rz: "rz", sx: "sx", x: "x", cz: "cz" },
    includes: true,
    isPhysical: true,
  } as const;

  it.each([linearMap(3), heavyHexLadder(4)])("measure on $name as the circuit does", (map) => {
    const parameters = Float64Array.of(0.37, 1.1);
    const text = nativeQasm3(
      fittedCircuit({ circuit: everyGate, parameters, target: { set: "ibm-cz", map } }),
    );
    const { circuit, measured, qubits } = readProgram(text, dialect);
    // Every gate on two qubits is where the device couples them.
    for (const gate of circuit.gates.filter(({ qubits: on }) => on.length === 2)) {
      const pair = gate.qubits.map((q) => qubits[q]);
      expect(map.edges.some((edge) => edge.every((q) => pair.includes(q)))).toBe(true);
    }
    const [ours, theirs] = [simulate(everyGate, parameters), simulate(circuit)];
    const read = new Float64Array(8);
    for (const [state, re] of theirs.re.entries()) {
      const bits = measured.reduce((sum, q, bit) => sum + (((state >> q) & 1) << bit), 0);
      read[bits]! += re ** 2 + theirs.im[state]! ** 2;
    }
    for (const [k, re] of ours.re.entries()) expect(read[k]).toBeCloseTo(re ** 2 + ours.im[k]! ** 2, 12);
  });
});

describe("the IBM driver", () => {
  it.each([
    ["executor", "ibm_ideal"],
    ["executor", "ibm_loopback"],
    ["sampler", "ibm_ideal"],
    ["sampler", "ibm_loopback"],
  ] as const)("keeps the order of bits in the form of the %s on %s", async (program, device) => {
    const { server, ibm } = await started({}, { program });
    await using _ = server;
    const job = ibm.prepare([run(asymmetric, 2000)], { device, attempt: 0 });
    const { id } = await send(ibm, job);
    expect(await ibm.poll(id)).toEqual({ state: "done" });
    const counts = await countsOfOne(ibm, id, job);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(2000);
    expect(counts.get(6)! / 2000).toBeGreaterThan(0.95);
  });

  it("runs circuits on a device that entangles by ecr, each in the direction of its coupling", async () => {
    const eagle = { name: "ibm_eagle", map: heavyHexLadder(3), entangler: "ecr" } as const;
    const { server, ibm } = await started({ devices: [eagle] });
    await using _ = server;
    const parameters = Float64Array.of(0.37, 1.1);
    const job = ibm.prepare([run(everyGate, 20_000, parameters)], { device: "ibm_eagle", attempt: 0 });
    const { id } = await send(ibm, job);
    // The server refuses an ecr against its coupling.
    expect(await ibm.poll(id)).toEqual({ state: "done" });
    const counts = await countsOfOne(ibm, id, job);
    const exact = simulate(everyGate, parameters);
    for (const [state, re] of exact.re.entries()) {
      const probability = re ** 2 + exact.im[state]! ** 2;
      const deviation = Math.sqrt((probability * (1 - probability)) / 20_000);
      expect(Math.abs((counts.get(state) ?? 0) / 20_000 - probability)).toBeLessThan(5 * deviation + 1e-9);
    }
  });

  it("leaves a device with other instructions to someone else", async () => {
    const other = { name: "ibm_other", map: linearMap(3), entangler: "rzz" as "cz" };
    const { server, ibm } = await started({ devices: [other] });
    await using _ = server;
    const job = ibm.prepare([run(asymmetric)], { device: "ibm_other", attempt: 0 });
    await expect(ibm.target?.(job)).rejects.toMatchObject({
      remedy: "fall-back",
      message: "ibm_other has the instructions rzz, id, rz, sx, x: expected rz, sx, x, and cz or ecr",
    });
  });

  it("has circuits fitted where it is told, and asks the device before", async () => {
    const { server } = await started();
    await using _ = server;
    const { baseUrl, tokenUrl } = server;
    const ibm = openIbm({
      ...{ baseUrl, secret: () => KEY, clock: () => new Date() },
      ibm: { instance: SIMULATED_INSTANCE, tokenUrl, program: "executor", isPrivate: false },
      fitCircuit: ({ target: { set, map } }) => ({
        qubits: map!.qubits,
        set,
        gates: [],
        measured: [2, 0, 1],
      }),
    });
    const body = await written(ibm, ibm.prepare([run(asymmetric)], IDEAL));
    const [program] = JSON.parse(body).params.quantum_program.circuits.data;
    expect(program).toContain("c[0] = measure $2;\nc[1] = measure $0;\nc[2] = measure $1;");
  });

  it("sends the circuit under an opaque tag and with a limit of seconds, and nothing else", async () => {
    const { server, ibm } = await started({}, { program: "sampler", isPrivate: true });
    await using _ = server;
    const job = ibm.prepare([run(asymmetric)], IDEAL);
    const { params, ...rest } = JSON.parse(await written(ibm, job));
    expect(rest).toEqual({
      program_id: "sampler",
      backend: "ibm_ideal",
      tags: [job.name],
      cost: 5,
      private: true,
    });
    expect(Object.keys(params).sort()).toEqual(["options", "pubs", "support_qiskit", "version"]);
    expect(params.pubs[0][0]).toMatch(/^OPENQASM 3\.0;\ninclude "stdgates.inc";\nbit\[3\] c;\nx \$/);
    expect(job.name).toMatch(/^[0-9a-f]{64}$/);
    const others = [
      ibm.prepare([run(asymmetric)], { ...IDEAL, attempt: 1 }),
      ibm.prepare([run(asymmetric, 501)], IDEAL),
      ibm.prepare([{ ...run(asymmetric), seed: 12 }], IDEAL),
      ibm.prepare([run(asymmetric)], { device: "ibm_loopback", attempt: 0 }),
    ];
    expect(new Set([job, ...others].map(({ name }) => name)).size).toBe(5);
    expect(ibm.prepare([run(asymmetric)], IDEAL)).toEqual(job);
  });

  it("finds a job by its tag, and none where there is none", async () => {
    const { server, ibm } = await started();
    await using _ = server;
    const job = ibm.prepare([run(asymmetric)], IDEAL);
    expect(await ibm.find(job)).toBeNull();
    const { id } = await send(ibm, job);
    await send(ibm, ibm.prepare([run(asymmetric)], { ...IDEAL, attempt: 1 }));
    expect(await ibm.find(job)).toBe(id);
  });

  it("bills the seconds that were used, waits where they are still counted, and tells no price", async () => {
    let isCounting = true;
    const { server, ibm } = await started({ isCounting: () => isCounting });
    await using _ = server;
    const job = ibm.prepare([run(asymmetric, 10_000)], IDEAL);
    expect([job.question, job.most_s]).toEqual([null, 11]);
    const { id } = await send(ibm, job);
    await expect(ibm.bill(id)).rejects.toMatchObject({ remedy: "retry" });
    isCounting = false;
    expect(await ibm.bill(id)).toEqual({ value: expect.closeTo(4, 9), unit: "s" });
  });

  it("says that a bill tells nothing where it has no usage", async () => {
    const { server, ibm } = await started({ faults: at("submit", { kind: "unbilled" }) });
    await using _ = server;
    const { id } = await send(ibm, ibm.prepare([run(asymmetric)], IDEAL));
    expect(await ibm.bill(id)).toBeNull();
  });

  it("knows what is left of the instance's limit before it sends", async () => {
    const { server, ibm } = await started({ limit_s: 15 });
    await using _ = server;
    const job = ibm.prepare([run(asymmetric, 5000)], IDEAL);
    expect(await ibm.headroom?.([job], 0)).toBeUndefined();
    expect(await ibm.headroom?.([job, job], 0)).toBe(
      "of the instance's 15 seconds 0 are used, and 16 may be needed",
    );
    await send(ibm, ibm.prepare([run(asymmetric, 50_000)], IDEAL));
    expect(await ibm.headroom?.([job], 0)).toMatch(/used up/);
  });

  it("cancels what waits, and not what has ended", async () => {
    const { server, ibm, advance } = await started({ queue_ms: 1000 });
    await using _ = server;
    const [first, second] = [0, 1].map((attempt) => ibm.prepare([run(asymmetric)], { ...IDEAL, attempt }));
    const [a, b] = [await send(ibm, first!), await send(ibm, second!)];
    expect(await ibm.poll(a.id)).toMatchObject({ state: "waiting" });
    await ibm.cancel(a.id);
    expect(await ibm.poll(a.id)).toEqual({
      state: "failed",
      reason: "it was cancelled",
      remedy: "fall-back",
    });
    expect(await ibm.bill(a.id)).toEqual({ value: 0, unit: "s" });
    advance(1000);
    await expect(ibm.cancel(b.id)).rejects.toBeInstanceOf(ProviderError);
  });

  it("reads the calibration and the state of a device", async () => {
    const { server, ibm } = await started();
    await using _ = server;
    expect(await ibm.calibration("ibm_loopback")).toEqual({
      id: "2026-11-30T06:00:00Z",
      readout01: 0.004,
      readout10: 0.008,
    });
    expect(await ibm.status("ibm_loopback")).toMatchObject({ status: "active", qubits: 12, queue_jobs: 0 });
  });

  it("keeps a token for its hour, renews it then, and once where it was refused before", async () => {
    const { server, ibm, advance } = await started();
    await using _ = server;
    const tokens = () => server.requests.filter(({ step }) => step === "token").length;
    const job = ibm.prepare([run(asymmetric)], IDEAL);
    await ibm.find(job);
    advance(3_500_000);
    await ibm.find(job);
    expect(tokens()).toBe(1);
    advance(50_000);
    await ibm.find(job);
    expect(tokens()).toBe(2);
    server.endTokens();
    const { id } = await send(ibm, job);
    expect(tokens()).toBe(3);
    expect(server.jobs.map((one) => one.id)).toEqual([id]);
    server.renew("another key");
    server.endTokens();
    await expect(ibm.find(job)).rejects.toMatchObject({ remedy: "stop" });
  });

  it.each<[ServerStep, Fault, string]>([
    ["submit", { kind: "status", status: 429, retryAfter_s: 3 }, "retry"],
    ["submit", { kind: "status", status: 409 }, "fall-back"],
    ["submit", { kind: "status", status: 500 }, "look-up"],
    ["submit", { kind: "status-after", status: 503 }, "look-up"],
    ["submit", { kind: "drop-after" }, "look-up"],
    ["submit", { kind: "half" }, "look-up"],
    ["submit", { kind: "garbled" }, "look-up"],
    ["submit", { kind: "expired" }, "stop"],
    // Nothing is made by asking for a token.
    ["token", { kind: "status", status: 500 }, "retry"],
    ["token", { kind: "drop" }, "retry"],
    ["token", { kind: "garbled" }, "retry"],
  ])("says of a fault at %s, %j, what is done", async (step, fault, remedy) => {
    const { server, ibm } = await started({ faults: at(step, fault) });
    await using _ = server;
    const error = await send(ibm, ibm.prepare([run(asymmetric)], IDEAL)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject({ remedy });
    expect(String(error)).not.toContain(KEY);
  });

  it("writes a circuit for a device that tells no errors", async () => {
    const { server, ibm } = await started({ faults: at("calibration", { kind: "status", status: 404 }) });
    await using _ = server;
    await send(ibm, ibm.prepare([run(asymmetric)], IDEAL));
    expect(server.jobs).toHaveLength(1);
  });

  it("asks for no token without a key", async () => {
    const { server } = await started();
    await using _ = server;
    const { baseUrl, tokenUrl } = server;
    const ibm = { instance: SIMULATED_INSTANCE, tokenUrl, program: "executor", isPrivate: false } as const;
    const keyless = openIbm({ baseUrl, ibm, secret: () => "", clock: () => new Date() });
    await expect(keyless.status("ibm_ideal")).rejects.toMatchObject({ remedy: "stop", message: /no key/ });
    expect(server.requests).toEqual([]);
  });

  it("leaves a device to someone else that is too small, and says why a job failed", async () => {
    const { server, ibm } = await started({ faults: at("submit", { kind: "fails", code: "1305" }) });
    await using _ = server;
    const large = ibm.prepare([run({ qubits: 13, nParameters: 0, gates: [] })], IDEAL);
    await expect(ibm.target?.(large)).rejects.toMatchObject({ remedy: "fall-back" });
    const { id } = await send(ibm, ibm.prepare([run(asymmetric)], IDEAL));
    expect(await ibm.poll(id)).toEqual({
      state: "failed",
      reason: "it ran longer than it was allowed to (1305): injected",
      remedy: "fall-back",
    });
  });

  it("takes half of a result for none", () => {
    const asked = [{ qubits: 2, shots: 4 }];
    // 01, 10, 10, 00, the lowest bit first.
    const tensor = (bytes: number[], shape = [4, 2]) => ({
      data: [
        {
          results: {
            c: { data: deflateSync(Buffer.from(bytes)).toString("base64"), shape, dtype: "bool" },
          },
        },
      ],
    });
    expect(IBM_FORMS.executor.counts(tensor([0b00101001]), asked)).toEqual([
      new Map([
        [1, 1],
        [2, 2],
        [0, 1],
      ]),
    ]);
    for (const wrong of [tensor([1, 2]), tensor([1], [2, 2]), { data: [] }, null, tensor([])])
      expect(IBM_FORMS.executor.counts(wrong, asked)).toBeUndefined();
    const samples = (list: string[]) => ({ results: [{ data: { c: { samples: list } } }] });
    expect(IBM_FORMS.sampler.counts(samples(["0x1", "0x2", "0x2", "0x0"]), asked)).toEqual([
      new Map([
        [1, 1],
        [2, 2],
        [0, 1],
      ]),
    ]);
    for (const wrong of [["0x1"], ["0x1", "0x2", "0x2", "0x4"], ["1", "1", "1", "1"]])
      expect(IBM_FORMS.sampler.counts(samples(wrong), asked)).toBeUndefined();
  });

  it("reads a private result once", async () => {
    const { server, ibm } = await started({}, { isPrivate: true });
    await using _ = server;
    const job = ibm.prepare([run(asymmetric)], IDEAL);
    const { id } = await send(ibm, job);
    expect((await countsOfOne(ibm, id, job)).get(6)).toBe(500);
    await expect(ibm.fetch(id, job)).rejects.toMatchObject({ remedy: "fall-back" });
  });
});

describe("a job of several circuits at IBM", () => {
  /** With other shots each: 200 shared, and up to four times over. */
  const three = [
    { ...run(asymmetric, 400), seed: 1 },
    { ...run(otherOrder, 800), seed: 2 },
    { ...run({ ...asymmetric, gates: [x(0)] }, 200), seed: 3 },
  ];

  it.each(["executor", "sampler"] as const)(
    "keeps the order of bits and of circuits in the form of the %s",
    async (program) => {
      const { server, ibm } = await started({}, { program });
      await using _ = server;
      const job = ibm.prepare(three, IDEAL);
      // Twice 2 s and 0.35 ms for each of 1,400 shots.
      expect(job).toMatchObject({ shots: 1400, most_s: 5 });
      const { id } = await send(ibm, job);
      expect(server.jobs).toHaveLength(1);
      expect(await ibm.poll(id)).toEqual({ state: "done" });
      expect(await ibm.fetch(id, job)).toEqual([
        new Map([[6, 400]]),
        new Map([[3, 800]]),
        new Map([[1, 200]]),
      ]);
      expect(await ibm.bill(id)).toEqual({ value: expect.closeTo(1 + 1400 * 300e-6, 9), unit: "s" });
    },
  );

  it("says how often each is run over the shots that they share", async () => {
    const { server, ibm } = await started();
    await using _ = server;
    const { quantum_program } = JSON.parse(await written(ibm, ibm.prepare(three, IDEAL))).params;
    expect(quantum_program.shots).toBe(200);
    expect(quantum_program.items.map(({ shape }: { shape: number[] }) => shape)).toEqual([[2], [4], []]);
    expect(quantum_program.circuits.data).toHaveLength(3);
  });

  it("takes a result that lacks a circuit, or has another's shape, for none", () => {
    const asked = [
      { qubits: 1, shots: 8 },
      { qubits: 1, shots: 16 },
    ];
    const item = (bytes: number[], shape: number[]) => ({
      results: { c: { data: deflateSync(Buffer.from(bytes)).toString("base64"), shape, dtype: "bool" } },
    });
    const [first, second] = [item([0b1], [8, 1]), item([0b11, 0b1], [2, 8, 1])];
    const { counts } = IBM_FORMS.executor;
    expect(counts({ data: [first, second] }, asked)).toEqual([
      new Map([
        [1, 1],
        [0, 7],
      ]),
      new Map([
        [1, 3],
        [0, 13],
      ]),
    ]);
    for (const data of [[first], [second, first], [first, second, first], [first, item([1, 1], [16, 1])], []])
      expect(counts({ data }, asked)).toBeUndefined();
    const pub = (samples: string[]) => ({ data: { c: { samples } } });
    const [two, one] = [pub(["0x1", "0x0"]), pub(["0x0"])];
    const both = [
      { qubits: 1, shots: 2 },
      { qubits: 1, shots: 1 },
    ];
    expect(IBM_FORMS.sampler.counts({ results: [two, one] }, both)).toHaveLength(2);
    for (const results of [[two], [one, two], [two, one, one]])
      expect(IBM_FORMS.sampler.counts({ results }, both)).toBeUndefined();
  });
});
