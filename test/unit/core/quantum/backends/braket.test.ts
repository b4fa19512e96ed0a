import { describe, expect, it } from "vitest";
import { braketProgram, openBraket } from "#core/quantum/backends/braket.ts";
import { braketCounts } from "#core/quantum/backends/braket-results.ts";
import { BraketCapabilities, verbatimTarget } from "#core/quantum/backends/braket-target.ts";
import { fittedCircuit } from "#core/quantum/backends/fit-circuit.ts";
import { type PreparedJob, type Provider, ProviderError } from "#core/quantum/backends/provider.ts";
import { type Circuit, simulate } from "#core/quantum/circuit/circuit.ts";
import { nativeQasm3 } from "#core/quantum/transpile/native-qasm3.ts";
import { readBraketProgram } from "../../../../../src/qpu-server/braket-program.ts";
import {
  type BraketServerOptions,
  SIMULATED_BUCKET as bucket,
  SIMULATED_REGION as region,
  serveBraket,
} from "../../../../../src/qpu-server/braket-server.ts";
import type { Fault, ServerStep } from "../../../../../src/qpu-server/faults.ts";
import { readProgram } from "../../../../../src/qpu-server/qasm3-program.ts";
import { stateOverlap } from "../transpile/state-overlap.ts";
import { asymmetric, countsOfOne, everyGate } from "./circuits.ts";

const KEY = "an-id:a secret that is told to nobody/+=";
const started = async (options: Partial<BraketServerOptions> = {}, key = KEY) => {
  let now = Date.parse("2026-11-30T12:00:00Z");
  const clock = () => new Date(now);
  const server = await serveBraket({ key: KEY, clock, ...options });
  const { baseUrl } = server;
  const braket = { region, bucket, s3Url: baseUrl } as const;
  return {
    server,
    braket: openBraket({ baseUrl, braket, secret: () => key, clock }),
    advance(ms: number): void {
      now += ms;
    },
  };
};
const run = (circuit: Circuit, shots = 500, parameters = new Float64Array(circuit.nParameters)) => ({
  ...{ circuit, parameters, shots, seed: 11 },
});
const GARNET = { device: "iqm/Garnet", attempt: 0 };
/** Makes the task of a circuit. */
const written = async (braket: Provider, job: PreparedJob) => braket.write(job, await braket.target?.(job));
const send = async (braket: Provider, job: PreparedJob) => braket.send(job, await written(braket, job));
const at = (step: ServerStep, fault: Fault) => (request: { step: ServerStep }) =>
  request.step === step ? fault : undefined;
const IDEAL = { name: "iqm/Garnet", qubits: 20, task_usd: 0.3, shot_usd: 0.00145 };

describe("the Braket driver", () => {
  it("writes programs that prepare the same state as the circuit, in gates that every device's compiler knows", () => {
    const parameters = Float64Array.of(0.37, 1.1);
    const gates = {
      ...({ x: "x", y: "y", z: "z", h: "h", s: "s", si: "sdg", v: "sx", vi: "sxdg" } as const),
      ...({ rx: "rx", ry: "ry", rz: "rz", cnot: "cx" } as const),
    };
    const text = braketProgram(everyGate, parameters);
    const { circuit, measured } = readProgram(text, { gates, includes: false, isPhysical: false });
    expect(measured).toEqual([0, 1, 2]);
    expect(stateOverlap(simulate(everyGate, parameters), simulate(circuit))).toBeCloseTo(1, 12);
  });

  it.each([false, true])("keeps the order of bits, of probabilities: %s", async (tellsProbabilities) => {
    const { server, braket } = await started({ qpus: [{ ...IDEAL, tellsProbabilities }] });
    await using _ = server;
    const job = braket.prepare([run(asymmetric, 700)], GARNET);
    const { id, tls } = await send(braket, job);
    expect(tls).toBeNull();
    expect(await braket.poll(id)).toEqual({ state: "done" });
    expect(await countsOfOne(braket, id, job)).toEqual(new Map([[6, 700]]));
    expect(await braket.bill(id)).toEqual({ value: 700, unit: "shots" });
  });

  it.each([false, true])(
    "takes the shots that were successful and paid for, of probabilities: %s",
    async (tellsProbabilities) => {
      const { server, braket } = await started({ qpus: [{ ...IDEAL, tellsProbabilities, lostShare: 0.5 }] });
      await using _ = server;
      const job = braket.prepare([run(asymmetric, 700)], GARNET);
      const { id } = await send(braket, job);
      expect(await countsOfOne(braket, id, job)).toEqual(new Map([[6, 350]]));
      expect(await braket.bill(id)).toEqual({ value: 350, unit: "shots" });
      const nearlyNone = braket.prepare([run(asymmetric, 3)], GARNET);
      const { id: other } = await send(braket, nearlyNone);
      await expect(braket.fetch(other, nearlyNone)).rejects.toMatchObject({
        remedy: "fall-back",
        message: "of 3 shots 1 were successful",
      });
    },
  );

  it("sends the circuit under a token that is its hash, in the very bytes that were written, and nothing else", async () => {
    const { server, braket } = await started();
    await using _ = server;
    const job = braket.prepare([run(asymmetric)], GARNET);
    const body = await braket.write(job);
    await braket.send(job, body);
    expect(server.requests.map((one) => one.body)).toEqual([body]);
    const { action, ...rest } = JSON.parse(body);
    expect(rest).toEqual({
      ...{ clientToken: job.name, deviceArn: "arn:aws:braket:eu-north-1::device/qpu/iqm/Garnet", shots: 500 },
      ...{ outputS3Bucket: bucket, outputS3KeyPrefix: "tasks", tags: { job: job.name } },
    });
    expect(Object.keys(JSON.parse(action)).sort()).toEqual(["braketSchemaHeader", "source"]);
    expect(job.name).toMatch(/^[0-9a-f]{64}$/);
    const others = [
      braket.prepare([run(asymmetric)], { ...GARNET, attempt: 1 }),
      braket.prepare([run(asymmetric, 501)], GARNET),
      braket.prepare([{ ...run(asymmetric), seed: 12 }], GARNET),
    ];
    expect(new Set([job, ...others].map(({ name }) => name)).size).toBe(4);
    // Sent again, it is the same task: nothing is paid twice.
    await braket.send(job, body);
    expect(server.jobs).toHaveLength(1);
  });

  it("sends nothing that differs from what was written, by a space even", async () => {
    const { server, braket } = await started();
    await using _ = server;
    const job = braket.prepare([run(asymmetric)], GARNET);
    const spaced = JSON.stringify(JSON.parse(await braket.write(job)), null, 1);
    await expect(braket.send(job, spaced)).rejects.toMatchObject({ remedy: "stop" });
    expect(server.requests).toEqual([]);
  });

  it("finds a task by its tag, on whichever page it is, and none where there is none", async () => {
    const { server, braket } = await started();
    await using _ = server;
    const job = braket.prepare([run(asymmetric)], GARNET);
    expect(await braket.find(job)).toBeNull();
    const { id } = await send(braket, job);
    for (let k = 1; k <= 101; k++)
      await send(braket, braket.prepare([run(asymmetric)], { ...GARNET, attempt: k }));
    expect(await braket.find(job)).toBe(id);
  });

  it("takes devices of its region from a list, and no others", async () => {
    const { server, braket } = await started();
    await using _ = server;
    const prepare = (device: string) => () => braket.prepare([run(asymmetric)], { device, attempt: 0 });
    expect(prepare("ionq/Forte-1")).toThrow(/expected iqm\/Garnet.*Forte-1 is in us-east-1/);
    expect(prepare("constructor")).toThrow(/got constructor/);
    expect(prepare("iqm/Emerald")).not.toThrow();
    await expect(braket.status("ionq/Forte-1")).rejects.toThrow(/expected iqm\/Garnet/);
    expect(server.requests).toEqual([]);
  });

  it("knows what a spending limit leaves before it sends", async () => {
    const { server, braket } = await started({ spendingLimit_usd: 2 });
    await using _ = server;
    const job = braket.prepare([run(asymmetric)], GARNET);
    expect(await braket.headroom?.([job], 1.5)).toBeUndefined();
    await send(braket, job);
    expect(await braket.headroom?.([job], 1.5)).toBe(
      "the spending limit at Amazon Braket leaves 0.98 USD, and it would cost 1.50",
    );
  });

  it("knows how many shots a task may have on a device before it sends", async () => {
    const { server, braket } = await started({ qpus: [{ ...IDEAL, shotsRange: [10, 600] }] });
    await using _ = server;
    const room = (shots: number) => braket.headroom?.([braket.prepare([run(asymmetric, shots)], GARNET)], 1);
    expect(await room(600)).toBeUndefined();
    expect(await room(601)).toBe("iqm/Garnet takes 10 to 600 shots a task, and 601 were asked for");
    expect(await room(9)).toMatch(/takes 10 to 600 shots/);
  });

  it("goes on with a key that may not look at limits", async () => {
    const { server, braket } = await started({ faults: at("limits", { kind: "status", status: 403 }) });
    await using _ = server;
    const job = braket.prepare([run(asymmetric)], GARNET);
    expect(await braket.headroom?.([job], 1.5)).toBeUndefined();
    const other = await started({ spendingLimit_usd: 2 }, "an-id:another secret");
    await using __ = other.server;
    await expect(other.braket.headroom?.([job], 1.5)).rejects.toMatchObject({ remedy: "stop" });
  });

  it("cancels what waits, and not what runs; a task that did not run costs nothing", async () => {
    const { server, braket, advance } = await started({ queue_ms: 1000, run_ms: 1000 });
    await using _ = server;
    const [first, second] = [0, 1].map((attempt) =>
      braket.prepare([run(asymmetric)], { ...GARNET, attempt }),
    );
    const [a, b] = [await send(braket, first!), await send(braket, second!)];
    expect(await braket.poll(a.id)).toMatchObject({ state: "waiting" });
    await braket.cancel(a.id);
    expect(await braket.poll(a.id)).toMatchObject({ state: "failed", remedy: "fall-back" });
    expect(await braket.bill(a.id)).toEqual({ value: 0, unit: "usd" });
    // One that may still run is not free.
    await expect(braket.bill(b.id)).rejects.toMatchObject({ remedy: "retry" });
    advance(1000);
    await expect(braket.bill(b.id)).rejects.toMatchObject({ remedy: "retry" });
    await expect(braket.cancel(b.id)).rejects.toMatchObject({ remedy: "look-up" });
  });

  it("reads the calibration and the state of a device", async () => {
    const { server, braket } = await started();
    await using _ = server;
    const misread = expect.closeTo(0.02, 12);
    expect(await braket.calibration("iqm/Garnet")).toEqual({
      ...{ id: "2026-11-30T06:00:00Z", readout01: misread, readout10: misread },
    });
    expect(await braket.status("iqm/Garnet")).toMatchObject({ status: "online", qubits: 20, queue_jobs: 0 });
  });

  it.each<[ServerStep, Fault, Partial<ProviderError>]>([
    ["submit", { kind: "status", status: 429, retryAfter_s: 3 }, { remedy: "retry", retryAfter_ms: 3000 }],
    ["submit", { kind: "status", status: 402 }, { remedy: "fall-back" }],
    ["submit", { kind: "status", status: 410 }, { remedy: "fall-back" }],
    ["submit", { kind: "status", status: 424 }, { remedy: "fall-back" }],
    ["submit", { kind: "status", status: 500 }, { remedy: "look-up" }],
    ["submit", { kind: "status-after", status: 503 }, { remedy: "look-up" }],
    ["submit", { kind: "drop-after" }, { remedy: "look-up" }],
    ["submit", { kind: "half" }, { remedy: "look-up" }],
    ["submit", { kind: "garbled" }, { remedy: "look-up" }],
    ["submit", { kind: "expired" }, { remedy: "stop" }],
  ])("says of a fault at %s, %j, what is done", async (step, fault, expected) => {
    const { server, braket } = await started({ faults: at(step, fault) });
    await using _ = server;
    const error = await send(braket, braket.prepare([run(asymmetric)], GARNET)).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ProviderError);
    expect(error).toMatchObject(expected);
    expect(String(error)).not.toMatch(/told to nobody/);
  });

  it("waits for a result that is not in the bucket yet, and is not let in by another secret", async () => {
    const { server, braket } = await started({ queue_ms: 1000 });
    await using _ = server;
    const job = braket.prepare([run(asymmetric)], GARNET);
    const { id } = await send(braket, job);
    await expect(braket.fetch(id, job)).rejects.toMatchObject({ remedy: "look-up" });
    const other = await started({}, "an-id:another secret");
    await using __ = other.server;
    await expect(send(other.braket, job)).rejects.toMatchObject({ remedy: "stop" });
    const malformed = await started({}, "no-colon");
    await using ___ = malformed.server;
    await expect(malformed.braket.poll(id)).rejects.toMatchObject({ remedy: "stop", message: /id:secret/ });
  });

  it("takes half of a result for none", () => {
    const whole = {
      braketSchemaHeader: { name: "braket.task_result.gate_model_task_result", version: "1" },
      measuredQubits: [1, 0],
      measurements: [
        [1, 0],
        [0, 1],
        [1, 0],
      ],
      additionalMetadata: { action: { source: "c = measure q;" } },
    };
    const asked = { qubits: 2, shots: 3 };
    // The first bit is of the first measured qubit, which is qubit 1.
    const counts = new Map([
      [2, 2],
      [1, 1],
    ]);
    expect(braketCounts(whole, asked)).toEqual(counts);
    const { measurements: _, ...rest } = whole;
    expect(braketCounts({ ...rest, measurementProbabilities: { "10": 2 / 3, "01": 1 / 3 } }, asked)).toEqual(
      counts,
    );
    for (const wrong of [
      { ...whole, measurements: [[1, 0]] },
      { ...whole, measurements: [[1], [0], [1]] },
      { ...whole, measuredQubits: [0] },
      { ...whole, measuredQubits: [0, 2] },
      { ...rest, measurementProbabilities: { "10": 0.5, "01": 0.5 } },
      { ...whole, additionalMetadata: {} },
      rest,
      null,
    ])
      expect(braketCounts(wrong, asked)).toBeUndefined();
    // Of a program on the device's own numbers, a row is of the qubits that it names.
    const source = "c[0] = measure $7;\nc[1] = measure $4;\n";
    const boxed = { ...whole, measuredQubits: [4, 7], additionalMetadata: { action: { source } } };
    expect(braketCounts(boxed, asked)).toEqual(counts);
    expect(braketCounts({ ...boxed, measuredQubits: [0, 1] }, asked)).toBeUndefined();
  });
});

describe("a device of Amazon Braket that takes verbatim boxes", () => {
  const parameters = Float64Array.of(0.37, 1.1);
  /** A chain 3–5–6–8, a qubit that nothing is coupled to, and one without number 4 and 7. */
  const chain = (nativeGateSet: readonly string[], fidelities: readonly number[], pragmas = ["verbatim"]) => {
    const pairs = ["3-5", "6-5", "6-8"];
    const one = (fidelity: number) => ({
      oneQubitFidelity: [{ fidelityType: { name: "READOUT" }, fidelity }],
    });
    return BraketCapabilities.parse({
      action: { "braket.ir.openqasm.program": { supportedPragmas: pragmas } },
      paradigm: {
        qubitCount: 5,
        nativeGateSet,
        connectivity: { connectivityGraph: { "1": [], "3": ["5"], "5": ["3", "6"], "6": ["8"] } },
      },
      standardized: {
        oneQubitProperties: { "3": one(0.9), "5": one(0.99), "6": one(0.99), "8": one(0.98) },
        twoQubitProperties: Object.fromEntries(
          pairs.map((at, k) => [at, { twoQubitGateFidelity: [{ gateName: "CZ", fidelity: fidelities[k] }] }]),
        ),
      },
    });
  };

  it.each([
    ["iqm/Garnet", ["cz", "prx"]],
    ["rigetti/Cepheus-1-108Q", ["RX", "RZ", "CZ"]],
  ])("%s: gets its own gates, on qubits that it couples, in a box", (name, gates) => {
    const target = verbatimTarget(name, chain(gates, [0.9, 0.99, 0.98]))!;
    expect(target.numbers).toEqual([3, 5, 6, 8]);
    expect(target.errors?.edges.map((error) => Number(error.toFixed(3)))).toEqual([0.1, 0.01, 0.02]);
    const source = nativeQasm3(fittedCircuit({ circuit: everyGate, parameters, target }));
    const graph = { "3": ["5"], "5": ["6"], "6": ["8"], "8": [] };
    const { circuit, measured, qubits } = readBraketProgram(source, name, { names: [], graph });
    // The worst coupling and the worst reading are left out.
    expect(qubits).toEqual([5, 6, 8]);
    const [ours, theirs] = [simulate(everyGate, parameters), simulate(circuit)];
    const read = new Float64Array(8);
    for (const [state, re] of theirs.re.entries()) {
      const bits = measured.reduce((sum, q, bit) => sum + (((state >> q) & 1) << bit), 0);
      read[bits]! += re ** 2 + theirs.im[state]! ** 2;
    }
    for (const [k, re] of ours.re.entries()) expect(read[k]).toBeCloseTo(re ** 2 + ours.im[k]! ** 2, 12);
    // Not without the box, nor where the device couples others.
    expect(() => readBraketProgram(source, name, { names: [], graph: { ...graph, "6": [] } })).toThrow(
      /does not couple/,
    );
    expect(() => readBraketProgram(source, "aqt/Ibex-Q1", undefined)).toThrow(/takes no such box/);
  });

  it("is left to its compiler where it takes no box, or has other gates", () => {
    const fidelities = [0.9, 0.99, 0.98];
    expect(verbatimTarget("d", chain(["cz", "prx"], fidelities, []))).toBeUndefined();
    expect(verbatimTarget("d", chain(["rx", "rz", "iswap"], fidelities))).toBeUndefined();
  });

  it("runs there what was fitted to it, and reads the right bits", async () => {
    const { server, braket } = await started({ qpus: [IDEAL] });
    await using _ = server;
    const job = braket.prepare([run(everyGate, 20_000, parameters)], GARNET);
    const body = await written(braket, job);
    const { source } = JSON.parse(JSON.parse(body).action);
    expect(source).toMatch(/#pragma braket verbatim\nbox \{\n(prx|cz)/);
    const { id } = await braket.send(job, body);
    const counts = await countsOfOne(braket, id, job);
    const exact = simulate(everyGate, parameters);
    for (const [state, re] of exact.re.entries()) {
      const probability = re ** 2 + exact.im[state]! ** 2;
      const deviation = Math.sqrt((probability * (1 - probability)) / 20_000);
      expect(Math.abs((counts.get(state) ?? 0) / 20_000 - probability)).toBeLessThan(5 * deviation + 1e-9);
    }
  });

  it("does not do a circuit of more qubits than it couples", async () => {
    const { server, braket } = await started({ qpus: [{ ...IDEAL, qubits: 2 }] });
    await using _ = server;
    await expect(braket.target?.(braket.prepare([run(asymmetric)], GARNET))).rejects.toMatchObject({
      remedy: "fall-back",
      message: "iqm/Garnet has 2 coupled qubits, and 3 are needed",
    });
  });
});
