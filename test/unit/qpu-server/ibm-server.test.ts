import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type IbmServerOptions, SIMULATED_INSTANCE, serveIbm } from "../../../src/qpu-server/ibm-server.ts";

const KEY = "a key of the test";
const VERSION = "2026-04-15";
/** X on $1, and CZ between Hadamards on $2: |q2 q1 q0⟩ = |110⟩. */
const H = "rz(pi/2) $2; sx $2; rz(1.5707963267948966) $2;";
const measured = `OPENQASM 3.0;
include "stdgates.inc";
bit[3] c;
x $1; ${H} cz $1, $2; ${H}
c[0] = measure $0; c[1] = measure $1; c[2] = measure $2;`;
const sampler = {
  program_id: "sampler",
  backend: "ibm_ideal",
  tags: ["t"],
  params: { version: 2, pubs: [[measured, [], 100]], options: {}, support_qiskit: false },
};

/** A client that knows nothing but HTTP. */
async function started(options: Partial<IbmServerOptions> = {}) {
  const server = await serveIbm({ key: KEY, ...options });
  const grant = "grant_type=urn:ibm:params:oauth:grant-type:apikey";
  const body = `${grant}&apikey=${encodeURIComponent(KEY)}`;
  const granted = await (await fetch(server.tokenUrl, { method: "POST", body })).json();
  const ask = async (
    method: string,
    path: string,
    document?: unknown,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(`${server.baseUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${granted.access_token}`,
        "service-crn": SIMULATED_INSTANCE,
        "ibm-api-version": VERSION,
        ...headers,
      },
      ...(document !== undefined && { body: JSON.stringify(document) }),
    });
    const text = await response.text();
    return { status: response.status, document: text === "" ? undefined : JSON.parse(text) };
  };
  return { server, granted, ask };
}

describe("the IBM server", () => {
  it("gives a token for a key and an hour, and none for another key", async () => {
    const { server, granted } = await started();
    await using _ = server;
    expect(granted).toMatchObject({ token_type: "Bearer", expires_in: 3600, refresh_token: "not_supported" });
    const wrong = await fetch(server.tokenUrl, { method: "POST", body: "grant_type=x&apikey=y" });
    expect(wrong.status).toBe(400);
  });

  it("runs a circuit: bit 0 of the register is the lowest", async () => {
    const { server, ask } = await started();
    await using _ = server;
    const made = await ask("POST", "/jobs", sampler);
    expect([made.status, made.document.backend]).toEqual([200, "ibm_ideal"]);
    const job = await ask("GET", `/jobs/${made.document.id}`);
    expect(job.document.state).toEqual({ status: "Completed" });
    const { document } = await ask("GET", `/jobs/${made.document.id}/results`);
    expect(new Set(document.results[0].data.c.samples)).toEqual(new Set(["0x6"]));
  });

  it.each([
    ["an unknown field", { ...sampler, molecule: "CCO" }],
    ["an unknown field of the parameters", { ...sampler, params: { ...sampler.params, smiles: "CCO" } }],
    ["an unknown program", { ...sampler, program_id: "estimate" }],
    ["no shots", { ...sampler, params: { ...sampler.params, pubs: [[measured, [], 0]] } }],
    ["more seconds than a job may take", { ...sampler, cost: 10_801 }],
    ["more tags than a job may have", { ...sampler, tags: Array.from({ length: 9 }, String) }],
    [
      "a program for an executor of another schema",
      { ...sampler, program_id: "executor", params: { schema_version: "v1.0" } },
    ],
  ])("refuses %s, and makes nothing", async (_, body) => {
    const { server, ask } = await started();
    await using __ = server;
    const { status, document } = await ask("POST", "/jobs", body);
    expect(status).toBe(400);
    expect(document.errors[0].message).toBeTruthy();
    expect(server.jobs).toHaveLength(0);
  });

  it.each([
    ["a gate of another set", "h $0;"],
    ["a gate on qubits that are not coupled", "cz $0, $4;"],
    ["a qubit that is not there", "x $12;"],
    ["a register of qubits", "qubit[2] q;"],
  ])("fails %s after it gave an id", async (_, statement) => {
    const { server, ask } = await started();
    await using __ = server;
    const program = `OPENQASM 3.0;\nbit[1] c;\n${statement}\nc[0] = measure $0;`;
    const params = { ...sampler.params, pubs: [[program, [], 10]] };
    const { document } = await ask("POST", "/jobs", { ...sampler, params });
    const job = await ask("GET", `/jobs/${document.id}`);
    expect(job.document.state).toMatchObject({ status: "Failed", reason_code: 1002 });
    expect(server.charged()).toBe(0);
  });

  it("tells what a job used as each dated version does", async () => {
    const { server, ask } = await started();
    await using _ = server;
    const { document } = await ask("POST", "/jobs", sampler);
    const metrics = async (version: string) =>
      (await ask("GET", `/jobs/${document.id}/metrics`, undefined, { "ibm-api-version": version })).document;
    expect(await metrics("2026-02-15")).toMatchObject({ bss: { seconds: 1.03 }, usage: { seconds: 2 } });
    const march = await metrics("2026-03-15");
    expect(march.bss).toBeUndefined();
    expect(march.usage).toEqual({
      status: "completed",
      qpu_charge_time_seconds: 1.03,
      circuits_execution_time_ns: 1_030_000_000,
    });
    const april = await metrics("2026-04-15");
    expect(april.usage).toEqual({ status: "completed", qpu_charge_time_seconds: 1.03 });
    expect(april.circuits_execution_time_ns).toBe(1_030_000_000);
    expect((await ask("GET", "/jobs", undefined, { "ibm-api-version": "2027-01-01" })).status).toBe(400);
  });

  it("lets nobody in without a token, or for another instance", async () => {
    const { server, ask } = await started();
    await using _ = server;
    expect((await ask("GET", "/jobs", undefined, { authorization: "Bearer x" })).status).toBe(401);
    expect((await ask("GET", "/jobs", undefined, { "service-crn": "crn:another" })).status).toBe(403);
  });

  it("stops a job at its limit of seconds, and deletes a private result that was read", async () => {
    const { server, ask } = await started();
    await using _ = server;
    const long = await ask("POST", "/jobs", { ...sampler, cost: 1 });
    expect((await ask("GET", `/jobs/${long.document.id}`)).document.state.reason_code).toBe(1305);
    const { document } = await ask("POST", "/jobs", { ...sampler, private: true });
    expect(document.private).toBe(true);
    const path = `/jobs/${document.id}/results`;
    expect([(await ask("GET", path)).status, (await ask("GET", path)).status]).toEqual([200, 404]);
  });

  it("runs several circuits a job, each with its result in its place, and of the executor so often as its shape says", async () => {
    const { server, ask } = await started();
    await using _ = server;
    const other = measured.replace("x $1;", "x $0; x $1;");
    const pubs = [
      [measured, [], 100],
      [other, [], 50],
    ];
    const made = await ask("POST", "/jobs", { ...sampler, params: { ...sampler.params, pubs } });
    const { results } = (await ask("GET", `/jobs/${made.document.id}/results`)).document;
    const samples = results.map((one: { data: { c: { samples: string[] } } }) => one.data.c.samples);
    expect(samples).toEqual([Array(100).fill("0x6"), Array(50).fill("0x7")]);
    const item = (shape: number[], own: number[]) => ({
      item_type: "circuit",
      circuit_arguments: { data: deflateSync(Buffer.alloc(0)).toString("base64"), shape: own, dtype: "f64" },
      shape,
    });
    const executor = (...items: object[]) => ({
      ...sampler,
      program_id: "executor",
      params: {
        schema_version: "v2.0",
        quantum_program: { shots: 10, circuits: { data: [measured, other] }, items },
        options: {},
      },
    });
    const again = await ask("POST", "/jobs", executor(item([], [0]), item([3], [3, 0])));
    const { data } = (await ask("GET", `/jobs/${again.document.id}/results`)).document;
    const shapes = data.map((one: { results: { c: { shape: number[] } } }) => one.results.c.shape);
    expect(shapes).toEqual([
      [10, 3],
      [3, 10, 3],
    ]);
    // One start, and 150 and 40 shots.
    expect(server.jobs.map(({ seconds }) => seconds)).toEqual([1.045, expect.closeTo(1.012, 9)]);
    for (const wrong of [executor(item([], [0])), executor(item([], [0]), item([2], [3, 0]))])
      expect((await ask("POST", "/jobs", wrong)).status).toBe(400);
  });

  it("fails a job of more than five million executions", async () => {
    const { server, ask } = await started();
    await using _ = server;
    const pubs = [1, 2].map(() => [measured, [], 2_500_001]);
    const { document } = await ask("POST", "/jobs", { ...sampler, params: { ...sampler.params, pubs } });
    expect((await ask("GET", `/jobs/${document.id}`)).document.state).toMatchObject({ reason_code: 1002 });
  });
});
