import { describe, expect, it } from "vitest";
import type { Fault, ServerStep } from "../../../src/qpu-server/faults.ts";
import { type IonqServerOptions, serveIonq } from "../../../src/qpu-server/ionq-server.ts";

const KEY = "a key of the test";

/** X on qubit 1 of 3, and on qubit 2 where qubit 1 is set: |q2 q1 q0⟩ = |110⟩. */
const asymmetric = {
  type: "ionq.circuit.v1",
  name: "n",
  shots: 500,
  backend: "simulator",
  input: {
    qubits: 3,
    gateset: "qis",
    circuit: [
      { gate: "x", target: 1 },
      { gate: "cnot", control: 1, target: 2 },
    ],
  },
};

/** A client that knows nothing but HTTP. */
function clientOf(baseUrl: string, key = KEY) {
  return async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `apiKey ${key}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, document: await response.json() };
  };
}

const started = async (options: Partial<IonqServerOptions> = {}) => {
  const server = await serveIonq({ key: KEY, ...options });
  return { server, ask: clientOf(server.baseUrl) };
};

const once =
  (step: ServerStep, fault: Fault) =>
  (asked: { step: ServerStep; count: number }): Fault | undefined =>
    asked.step === step && asked.count === 0 ? fault : undefined;

describe("the IonQ server", () => {
  it("runs a circuit: qubit 0 is the lowest bit of a state's number", async () => {
    const { server, ask } = await started();
    await using _ = server;
    const made = await ask("POST", "/jobs", asymmetric);
    expect(made.status).toBe(201);
    expect(Object.keys(made.document).sort()).toEqual(["id", "session_id", "status"]);
    const job = await ask("GET", `/jobs/${made.document.id}`);
    expect(job.document).toMatchObject({ status: "completed", name: "n", failure: null, shots: 500 });
    const results = await ask("GET", `/jobs/${made.document.id}/results/probabilities`);
    expect(results.document).toEqual({ "6": expect.closeTo(1, 12) });
  });

  it.each([
    ["an unknown field", { ...asymmetric, smiles: "CCO" }],
    ["an unknown field of the input", { ...asymmetric, input: { ...asymmetric.input, molecule: "x" } }],
    [
      "an unknown field of a gate",
      { ...asymmetric, input: { ...asymmetric.input, circuit: [{ gate: "x", target: 0, n: 1 }] } },
    ],
    [
      "an unknown gate",
      { ...asymmetric, input: { ...asymmetric.input, circuit: [{ gate: "cz", target: 0, control: 1 }] } },
    ],
    [
      "a gate of both sets",
      { ...asymmetric, input: { qubits: 2, gateset: "native", circuit: [{ gate: "x", target: 0 }] } },
    ],
    [
      "a native gate in radian's word",
      {
        ...asymmetric,
        input: { qubits: 2, gateset: "native", circuit: [{ gate: "gpi", target: 0, rotation: 1 }] },
      },
    ],
    ["no shots", { ...asymmetric, shots: 0 }],
    ["metadata that is no text", { ...asymmetric, metadata: { k: 1 } }],
    ["an unknown backend", { ...asymmetric, backend: "qpu.none" }],
  ])("refuses %s, and makes nothing", async (_, body) => {
    const { server, ask } = await started();
    await using __ = server;
    const { status, document } = await ask("POST", "/jobs", body);
    expect(status).toBe(400);
    expect(document).toMatchObject({ statusCode: 400, error: "Bad Request" });
    expect(server.jobs).toHaveLength(0);
  });

  it("fails a job whose circuit cannot be run after it gave its id, and bills nothing", async () => {
    const { server, ask } = await started();
    await using _ = server;
    const input = { ...asymmetric.input, circuit: [{ gate: "x", target: 7 }] };
    const { document } = await ask("POST", "/jobs", { ...asymmetric, backend: "qpu.forte-1", input });
    const job = await ask("GET", `/jobs/${document.id}`);
    expect(job.document).toMatchObject({ status: "failed", failure: { code: "PreflightError" } });
    expect((await ask("GET", `/jobs/${document.id}/cost`)).document.cost).toEqual({ value: 0, unit: "usd" });
    expect(server.charged()).toBe(0);
  });

  it("fails a job in the native gates of another device", async () => {
    const { server, ask } = await started();
    await using _ = server;
    const circuit = [{ gate: "ms", targets: [0, 1], phases: [0, 0.25] }];
    const input = { qubits: 2, gateset: "native", circuit };
    const { document } = await ask("POST", "/jobs", { ...asymmetric, backend: "qpu.forte-1", input });
    expect((await ask("GET", `/jobs/${document.id}`)).document.failure).toEqual({
      code: "PreflightError",
      message: "ms: not of this device",
    });
  });

  it("queues by its clock, bills what ran, and lets only what waits be cancelled", async () => {
    let now = 0;
    const { server, ask } = await started({ clock: () => new Date(now), queue_ms: 1000, run_ms: 500 });
    await using _ = server;
    const device = { ...asymmetric, backend: "qpu.forte-1", shots: 100_000 };
    const [first, second] = [await ask("POST", "/jobs", device), await ask("POST", "/jobs", device)];
    const stateAt = async (at: number) => {
      now = at;
      return (await ask("GET", `/jobs/${first.document.id}`)).document.status;
    };
    expect(await stateAt(999)).toBe("submitted");
    expect((await ask("PUT", `/jobs/${second.document.id}/status/cancel`)).document.status).toBe("canceled");
    expect(await stateAt(1000)).toBe("started");
    expect((await ask("PUT", `/jobs/${first.document.id}/status/cancel`)).status).toBe(400);
    expect((await ask("GET", `/jobs/${first.document.id}/results/probabilities`)).status).toBe(404);
    expect(server.charged()).toBe(0);
    expect(await stateAt(1500)).toBe("completed");
    // 100,000 shots of one gate on one qubit and one on two.
    const cost = 100_000 * (0.000_164_5 + 0.001_121);
    expect(server.charged()).toBeCloseTo(cost, 9);
    const bill = (await ask("GET", `/jobs/${first.document.id}/cost`)).document;
    expect(bill.cost).toEqual({ value: expect.closeTo(cost, 9), unit: "usd" });
    expect((await ask("GET", `/jobs/${second.document.id}/cost`)).document.cost.value).toBe(0);
  });

  it("lists jobs newest first, page by page, without a filter by name", async () => {
    const { server, ask } = await started();
    await using _ = server;
    for (let k = 0; k < 30; k++) await ask("POST", "/jobs", { ...asymmetric, name: `n${k}` });
    const first = (await ask("GET", "/jobs?target=simulator")).document;
    const rest = (await ask("GET", `/jobs?target=simulator&next=${first.next}`)).document;
    const names = [...first.jobs, ...rest.jobs].map(({ name }: { name: string }) => name);
    expect(names).toEqual(Array.from({ length: 30 }, (_, k) => `n${29 - k}`));
    expect(rest.next).toBeNull();
    expect((await ask("GET", "/jobs?name=n3")).status).toBe(400);
  });

  it("refuses who has no key, and a key that has expired until there is a new one", async () => {
    const { server, ask } = await started({ faults: once("list", { kind: "expired" }) });
    await using _ = server;
    expect((await clientOf(server.baseUrl, "another")("GET", "/jobs")).status).toBe(401);
    expect((await ask("GET", "/jobs")).status).toBe(401);
    server.renew("a new one");
    expect((await ask("GET", "/jobs")).status).toBe(401);
    expect((await clientOf(server.baseUrl, "a new one")("GET", "/jobs")).status).toBe(200);
  });

  it.each<[Fault, "made" | "not made", number | null]>([
    [{ kind: "status", status: 429, retryAfter_s: 7 }, "not made", 429],
    [{ kind: "status", status: 429 }, "not made", 429],
    [{ kind: "status", status: 402 }, "not made", 402],
    [{ kind: "status", status: 500 }, "not made", 500],
    [{ kind: "status-after", status: 500 }, "made", 500],
    [{ kind: "drop" }, "not made", null],
    [{ kind: "drop-after" }, "made", null],
    [{ kind: "half" }, "made", null],
    [{ kind: "garbled" }, "made", null],
  ])("injects %j: the job is %s", async (fault, made, status) => {
    const { server, ask } = await started({ faults: once("submit", fault) });
    await using _ = server;
    const reply = await ask("POST", "/jobs", asymmetric).catch(() => null);
    expect(reply?.status ?? null).toBe(status);
    if (fault.kind === "status")
      expect(reply?.headers.get("retry-after")).toBe(fault.retryAfter_s ? "7" : null);
    expect(server.jobs).toHaveLength(made === "made" ? 1 : 0);
    expect((await ask("POST", "/jobs", asymmetric)).status).toBe(201);
  });

  it("has jobs that never end, jobs that fail, and bills without a cost", async () => {
    const kinds: Fault[] = [
      { kind: "stuck" },
      { kind: "fails", code: "QuotaExhaustedError" },
      { kind: "unbilled" },
    ];
    const { server, ask } = await started({
      faults: ({ step, count }) => (step === "submit" ? kinds[count] : undefined),
    });
    await using _ = server;
    const ids: string[] = [];
    for (const _kind of kinds) ids.push((await ask("POST", "/jobs", asymmetric)).document.id);
    const states = await Promise.all(ids.map(async (id) => (await ask("GET", `/jobs/${id}`)).document));
    expect(states.map(({ status }) => status)).toEqual(["submitted", "failed", "completed"]);
    expect(states[1].failure.code).toBe("QuotaExhaustedError");
    const bill = (await ask("GET", `/jobs/${ids[2]}/cost`)).document;
    expect(Object.keys(bill)).toEqual(["dry_run", "estimated_cost"]);
  });

  it("misreads as often as the device that it stands for, from shots", async () => {
    const { server, ask } = await started();
    await using _ = server;
    const shots = 20_000;
    const { document } = await ask("POST", "/jobs", { ...asymmetric, backend: "qpu.forte-1", shots });
    const { document: found } = await ask("GET", `/jobs/${document.id}/results/probabilities`);
    const counts = Object.values<number>(found).map((p) => p * shots);
    for (const count of counts) expect(Math.abs(count - Math.round(count))).toBeLessThan(1e-6);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBeCloseTo(shots, 6);
    // Three readings of 0.25 % each, 0.02 % and 0.4 % of Pauli errors of which two thirds and four fifths show.
    expect(1 - found["6"]).toBeGreaterThan(0.006);
    expect(1 - found["6"]).toBeLessThan(0.016);
  });
});

describe("a job of several circuits", () => {
  const { input: _, ...rest } = asymmetric;
  const x = (target: number) => [{ gate: "x", target }];
  const several = (input: object) => ({ ...rest, type: "ionq.multi-circuit.v1", input });
  const two = several({
    gateset: "qis",
    qubits: 2,
    circuits: [{ name: "a", circuit: x(0) }, { circuit: x(1) }],
  });

  it("has a child for each, in their order, and results by the ids of these, in another", async () => {
    const { server, ask } = await started();
    await using _ = server;
    const { id } = (await ask("POST", "/jobs", two)).document;
    const job = (await ask("GET", `/jobs/${id}`)).document;
    expect(job).toMatchObject({ status: "completed", type: "ionq.multi-circuit.v1", stats: { circuits: 2 } });
    const [first, second] = job.child_job_ids;
    const artifact = job.results["ionq.result.probabilities-aggregate.json.v1"].id;
    const all = (await ask("GET", `/jobs/${id}/artifacts/${artifact}`)).document;
    expect(Object.entries(all)).toEqual([
      [second, { "2": 1 }],
      [first, { "1": 1 }],
    ]);
    expect((await ask("GET", `/jobs/${first}`)).document).toMatchObject({
      parent_job_id: id,
      type: "ionq.circuit.v1",
    });
    expect((await ask("GET", `/jobs/${first}/results/probabilities`)).document).toEqual({ "1": 1 });
    // Each kind of result at its own door.
    for (const path of [
      `${id}/results/probabilities`,
      `${first}/artifacts/${artifact}`,
      `${id}/artifacts/other`,
    ])
      expect((await ask("GET", `/jobs/${path}`)).status).toBe(404);
    const children = (await ask("GET", `/jobs?parent_job_id=${id}`)).document.jobs;
    expect(children.map((one: { id: string }) => one.id).sort()).toEqual([first, second].sort());
    expect((await ask("GET", "/jobs")).document.jobs).toHaveLength(3);
  });

  it("takes the qubits and the gates of each circuit, or else its own", async () => {
    const { server, ask } = await started();
    await using _ = server;
    const native = { gateset: "native", circuit: [{ gate: "gpi", target: 2, phase: 0 }], qubits: 3 };
    const mixed = several({ gateset: "qis", qubits: 1, circuits: [{ circuit: x(0) }, native] });
    const { id } = (await ask("POST", "/jobs", mixed)).document;
    const { child_job_ids: children } = (await ask("GET", `/jobs/${id}`)).document;
    const { document } = await ask("GET", `/jobs/${id}/artifacts/probabilities-aggregate`);
    expect(children.map((child: string) => Object.keys(document[child]))).toEqual([["1"], ["4"]]);
  });

  it.each([
    [
      "a circuit beside circuits",
      several({ gateset: "qis", qubits: 1, circuits: [{ circuit: x(0) }], circuit: [] }),
    ],
    [
      "an unknown field of a circuit",
      several({ gateset: "qis", qubits: 1, circuits: [{ circuit: x(0), of: "CCO" }] }),
    ],
    ["a gate of another set", several({ gateset: "native", qubits: 1, circuits: [{ circuit: x(0) }] })],
    ["a circuit without qubits", several({ gateset: "qis", circuits: [{ circuit: x(0) }] })],
    [
      "more than 5,000 circuits",
      several({ gateset: "qis", qubits: 1, circuits: Array(5001).fill({ circuit: [] }) }),
    ],
    [
      "more than 150,000 gates together",
      several({
        gateset: "qis",
        qubits: 1,
        circuits: Array(2).fill({ circuit: Array(75_001).fill(x(0)[0]) }),
      }),
    ],
    ["several circuits as one", { ...two, type: "ionq.circuit.v1" }],
  ])("refuses %s, and makes nothing", async (_, body) => {
    const { server, ask } = await started();
    await using __ = server;
    expect((await ask("POST", "/jobs", body)).status).toBe(400);
    expect(server.jobs).toHaveLength(0);
  });

  it("is done where a circuit failed, whose result alone is not there, nor its cost", async () => {
    const { server, ask } = await started({
      faults: once("submit", { kind: "part-fails", code: "SystemCancel" }),
    });
    await using _ = server;
    const { id } = (await ask("POST", "/jobs", { ...two, backend: "qpu.forte-1", shots: 100_000 })).document;
    const job = (await ask("GET", `/jobs/${id}`)).document;
    expect(job).toMatchObject({ status: "completed", failure: null });
    const failed = (await ask("GET", `/jobs?parent_job_id=${id}&status=failed`)).document.jobs;
    expect(failed).toMatchObject([{ id: job.child_job_ids[1], failure: { code: "SystemCancel" } }]);
    expect(server.charged()).toBeCloseTo(Math.max(25.7899, 100_000 * 0.000_164_5), 9);
  });

  it("costs its circuits together, and the least price once", async () => {
    const { server, ask } = await started();
    await using _ = server;
    await ask("POST", "/jobs", { ...two, backend: "qpu.forte-1", shots: 1000 });
    expect(server.charged()).toBeCloseTo(25.7899, 9);
    await ask("POST", "/jobs", { ...two, backend: "qpu.forte-1", shots: 1_000_000 });
    expect(server.charged()).toBeCloseTo(25.7899 + 2 * 164.5, 9);
  });
});
