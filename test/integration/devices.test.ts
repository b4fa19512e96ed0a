/** Energies measured on a provider of this machine: by the engine, by the command line, and by a process that is killed on the way. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import { REMOTE_BACKENDS, type RemoteName } from "#shared/quantum/backend-names.ts";
import { jobIds } from "#shared/quantum/circuit-ids.ts";
import type { DeviceAccess } from "#shared/quantum/devices.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { SamplingSettings } from "#shared/quantum/vqe.ts";
import {
  SIMULATED_BUCKET as bucket,
  SIMULATED_REGION as region,
  serveBraket,
} from "../../src/qpu-server/braket-server.ts";
import type { Fault, ServerStep } from "../../src/qpu-server/faults.ts";
import { SIMULATED_INSTANCE, serveIbm } from "../../src/qpu-server/ibm-server.ts";
import { type IonqServer, type IonqServerOptions, serveIonq } from "../../src/qpu-server/ionq-server.ts";
import { ansatz } from "../fixtures/ansatz.ts";

const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const resources = fileURLToPath(new URL("../../resources", import.meta.url));
/** Planted: nothing that is written or printed may hold it. */
const KEY = "planted-id:planted-key-51c0ffee";
const LIMITS = { job_usd: 1e4, campaign_usd: 1e5, day_usd: 1e5, account_usd: 1e6 };

const folder = mkdtempSync(join(tmpdir(), "ansatz-devices-"));
afterAll(() => rmSync(folder, { recursive: true }));
const xyz = join(folder, "h2.xyz");
writeFileSync(xyz, "2\nsecret-molecule\nH 0 0 0\nH 0 0 0.74\n");

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const openEngine = (notebook = ":memory:") =>
  createEngine({
    paths: { notebook, resources },
    clock: () => new Date(),
    logger: silent,
    threads: 1,
    deviceSecrets: async () => KEY,
  });

const request = (symbols: string[], length: number, sampling: object): EnergyRequest => ({
  geometry: { symbols, coordinates_angstrom: [0, 0, 0, 0, 0, length] },
  charge: 0,
  multiplicity: 1,
  basis: "sto-3g",
  method: "vqe",
  ansatz: "uccsd",
  activeSpace: { nelec: 2, norb: symbols.includes("Li") ? 3 : 2 },
  maxIterations: 200,
  backend: "ionq",
  sampling: SamplingSettings.parse(sampling),
  seed: 5,
});

/** A device without errors of each provider, on this machine. */
const IDEAL: Readonly<
  Record<
    RemoteName,
    {
      qpu: string;
      serve: () => Promise<
        AsyncDisposable & { jobs: readonly { id: string }[]; place: Omit<DeviceAccess, "limits"> }
      >;
    }
  >
> = {
  ionq: {
    qpu: "simulator",
    serve: async () => {
      const server = await serveIonq({ key: KEY });
      return { ...server, place: { baseUrl: server.baseUrl } };
    },
  },
  ibm: {
    qpu: "ibm_ideal",
    serve: async () => {
      const server = await serveIbm({ key: KEY });
      const { baseUrl, tokenUrl } = server;
      const ibm = { instance: SIMULATED_INSTANCE, tokenUrl, program: "executor", isPrivate: false } as const;
      return { ...server, place: { baseUrl, ibm } };
    },
  },
  braket: {
    qpu: "iqm/Garnet",
    serve: async () => {
      const ideal = { name: "iqm/Garnet", qubits: 20, task_usd: 0.3, shot_usd: 0.00145 };
      const server = await serveBraket({ key: KEY, qpus: [ideal] });
      const { baseUrl } = server;
      return { ...server, place: { baseUrl, braket: { region, bucket, s3Url: baseUrl } } };
    },
  },
};

async function measured(asked: EnergyRequest, options: Partial<IonqServerOptions> = {}) {
  await using server = await serveIonq({ key: KEY, ...options });
  await using engine = await openEngine();
  engine.devices.enable("ionq", { baseUrl: server.baseUrl, limits: LIMITS });
  const result = await engine.molecules.energy(asked);
  return {
    vqe: result.vqe!,
    casci: result.casci!,
    ledger: engine.devices.ledger(),
    charged: server.charged(),
  };
}

describe("an energy on a device", () => {
  it.each(
    REMOTE_BACKENDS.flatMap((backend) => [
      { backend, name: "H₂", symbols: ["H", "H"], length: 0.74, statedError_hartree: 0.006 },
      { backend, name: "LiH", symbols: ["Li", "H"], length: 1.595, statedError_hartree: 0.01 },
    ]),
  )("of $name on $backend is the exact one within its stated error", async (row) => {
    const { backend, symbols, length, statedError_hartree } = row;
    const { qpu, serve } = IDEAL[backend];
    await using server = await serve();
    await using engine = await openEngine();
    engine.devices.enable(backend, { ...server.place, limits: LIMITS });
    const asked = request(symbols, length, { qpu, statedError_hartree, sqdStrings: 2 });
    const { vqe, casci } = await engine.molecules.energy({ ...asked, backend });
    expect(Math.abs(vqe!.noiseless_hartree! - casci!.energy_hartree)).toBeLessThan(1e-6);
    expect(Math.abs(vqe!.energy_hartree - casci!.energy_hartree)).toBeLessThan(4 * vqe!.statedError_hartree!);
    expect(vqe!.sqd!.energy_hartree).toBeGreaterThan(casci!.energy_hartree - 1e-9);
    // A pilot, the energy and the strings: of several settings each, in as few jobs as the provider allows.
    const [pilot, energy, strings] = vqe!.jobs!.map(({ id }) => ({
      settings: id.split(" ").length,
      jobs: jobIds(id).length,
    }));
    expect(vqe!.jobs).toHaveLength(3);
    expect(strings).toEqual({ settings: 1, jobs: 1 });
    expect(pilot!.settings).toBeGreaterThan(1);
    expect(pilot!.jobs).toBe(backend === "braket" ? pilot!.settings : 1);
    if (backend === "ibm") expect(energy!.jobs).toBe(1);
    if (backend === "ionq") expect(energy!.jobs).toBeLessThanOrEqual(4);
    const used = vqe!.jobs!.flatMap(({ id }) => jobIds(id));
    expect(used.sort()).toEqual(server.jobs.map(({ id }) => id).sort());
    expect(vqe!.jobs!.some(({ fallback }) => fallback !== undefined)).toBe(false);
  });

  it("with the device's misreadings taken out is closer than without, and paid as billed", async () => {
    const noise = {
      depolarizing1: 0,
      depolarizing2: 0,
      amplitudeDamping: 0,
      readout01: 0.05,
      readout10: 0.05,
    };
    const rates = { oneQubitGate: 0.000_164_5, twoQubitGate: 0.001_121, minimum: 25.7899 };
    const backends = [
      {
        backend: "qpu.forte-1",
        qubits: 36,
        status: "available" as const,
        entangler: "zz" as const,
        rates,
        noise,
      },
    ];
    const sampling = { qpu: "qpu.forte-1", shots: 40_000 };
    const raw = await measured(request(["H", "H"], 0.74, sampling), { backends });
    const mended = await measured(request(["H", "H"], 0.74, { ...sampling, mitigation: ["readout"] }), {
      backends,
    });
    const error = ({ vqe, casci }: typeof raw) => vqe.energy_hartree - casci.energy_hartree;
    expect(error(raw)).toBeGreaterThan(4 * raw.vqe.statedError_hartree!);
    expect(Math.abs(error(mended))).toBeLessThan(4 * mended.vqe.statedError_hartree!);
    const settled = mended.ledger.reduce((sum, row) => sum + row.settled_usd!, 0);
    expect(settled).toBeCloseTo(mended.charged, 3);
    expect(settled).toBeGreaterThan(0);
  });

  it("of a device that loses shots is used, with the larger error and the number that was lost", async () => {
    const energyWith = async (lostShare: number) => {
      const ideal = { name: "iqm/Garnet", qubits: 20, task_usd: 0.3, shot_usd: 0.00145, lostShare };
      await using server = await serveBraket({ key: KEY, qpus: [ideal] });
      await using engine = await openEngine();
      const { baseUrl } = server;
      engine.devices.enable("braket", {
        ...{ baseUrl, limits: LIMITS, braket: { region, bucket, s3Url: baseUrl } },
      });
      const asked = request(["H", "H"], 0.74, { qpu: "iqm/Garnet", shots: 6000 });
      const { vqe, casci } = await engine.molecules.energy({ ...asked, backend: "braket" });
      const settled = engine.devices.ledger().reduce((sum, row) => sum + row.settled_usd!, 0);
      expect(settled).toBeCloseTo(server.charged(), 4);
      expect(Math.abs(vqe!.energy_hartree - casci!.energy_hartree)).toBeLessThan(
        4 * vqe!.statedError_hartree!,
      );
      return vqe!;
    };
    const [whole, some] = [await energyWith(0), await energyWith(0.8)];
    expect(whole.jobs!.map(({ lostShots }) => lostShots)).toEqual([undefined, undefined]);
    const lost = some.jobs!.map(({ lostShots = 0 }) => lostShots);
    expect(lost.every((n) => n > 0)).toBe(true);
    // All that were asked for, but for what is left over as they are shared among settings.
    expect(Math.abs(some.shots! + lost[0]! + lost[1]! - whole.shots!)).toBeLessThan(10);
    expect(some.statedError_hartree).toBeGreaterThan(whole.statedError_hartree!);
  });

  it("is the local sampler's where the device fails, the same each time, and says so and why", async () => {
    const faults = ({ step }: { step: ServerStep }): Fault | undefined =>
      step === "submit" ? { kind: "fails", code: "QuotaExhaustedError" } : undefined;
    const asked = request(["H", "H"], 0.74, { statedError_hartree: 0.01 });
    const [first, second] = [await measured(asked, { faults }), await measured(asked, { faults })];
    expect(first.vqe.energy_hartree).toBe(second.vqe.energy_hartree);
    expect(Math.abs(first.vqe.energy_hartree - first.casci.energy_hartree)).toBeLessThan(
      4 * first.vqe.statedError_hartree!,
    );
    for (const { fallback } of first.vqe.jobs!)
      expect(fallback).toMatch(/not enough credit \(QuotaExhaustedError\)/);
    expect(first.charged).toBe(0);
  });

  it("is asked for by a window as by the command line, with a key that nothing writes down", async () => {
    await using server = await serveIonq({ key: KEY });
    const notebook = join(folder, "window.sqlite");
    await using engine = await createEngine({
      ...{ paths: { notebook, resources }, clock: () => new Date(), logger: silent, threads: 1 },
    });
    const standing = async () => (await engine.qpu.providers()).find(({ provider }) => provider === "ionq");
    expect(await standing()).toMatchObject({ access: null, hasKey: false, jobs: 0 });
    const access = { baseUrl: server.baseUrl, limits: LIMITS };
    const trial = { provider: "ionq", device: "simulator", shots: 1000 } as const;
    await engine.qpu.enable({ provider: "ionq", access });
    const { body, bytes, destination, sha256, measuredAt } = await engine.qpu.previewTrial(trial);
    expect([bytes, destination, measuredAt]).toEqual([Buffer.byteLength(body), server.baseUrl, null]);
    const approved = { ...trial, sha256 };
    await expect(engine.qpu.sendTrial(approved)).rejects.toThrow(/There is no key of ionq/);
    await engine.qpu.enable({ provider: "ionq", access, key: KEY });
    expect(server.requests).toEqual([]);
    const { counts } = await engine.qpu.sendTrial(approved);
    expect(server.requests.find(({ step }) => step === "submit")?.body).toBe(body);
    expect(Object.keys(counts).sort()).toEqual(["00", "11"]);
    expect(counts["00"]! + counts["11"]!).toBe(1000);
    expect(await standing()).toMatchObject({ hasKey: true, jobs: 1, committed: { account_usd: 0 } });
    const [sent] = await engine.qpu.jobs();
    expect(await engine.qpu.previewTrial(trial)).toMatchObject({ measuredAt: sent!.endedAt });
    expect(await engine.qpu.jobs()).toEqual(engine.devices.jobs());
    expect((await engine.qpu.egress()).map(({ purpose }) => purpose)).toEqual(["estimate", "submit"]);
    expect(readFileSync(notebook).includes(KEY)).toBe(false);
  });

  it("is refused before anything is sent where nobody enabled the provider", async () => {
    await using engine = await openEngine();
    const asked = request(["H", "H"], 0.74, { statedError_hartree: 0.01 });
    await expect(engine.molecules.energy(asked)).rejects.toMatchObject({
      code: "backend-unavailable",
      message: expect.stringMatching(/ionq is not enabled/),
    });
  });
});

const keys = { ANSATZ_IONQ_KEY: KEY, ANSATZ_IBM_KEY: KEY, ANSATZ_BRAKET_KEY: KEY };
// The first command takes them out of it, for this process.
Object.assign(process.env, keys);

describe("the command line", () => {
  it("enables, estimates, shows, sends, and keeps the books, and the key is nowhere", async () => {
    await using server = await serveIonq({ key: KEY });
    const notebook = join(folder, "books.sqlite");
    const circuit = join(folder, "circuit.json");
    writeFileSync(circuit, '{"qubits":3,"gates":[{"kind":"x","qubits":[1]},{"kind":"cx","qubits":[1,2]}]}');
    const said: string[] = [];
    const json = async (...args: string[]) => {
      const { stdout, stderr } = await ansatz(...args, "--notebook", notebook, "--json");
      said.push(stdout, stderr);
      return JSON.parse(stdout);
    };
    const refused = await json("qpu", "submit", "ionq", circuit, "--yes");
    expect(refused.error).toMatchObject({ code: "backend-unavailable" });
    const enabled = await json("qpu", "enable", "ionq", "--job-limit", "200", "--base-url", server.baseUrl);
    expect(enabled).toMatchObject({ provider: "ionq", limits: { job_usd: 200, day_usd: 2000 } });
    const estimate = await json("qpu", "estimate", "ionq", circuit, "--qpu", "qpu.forte-1", "--shots", "100");
    expect(estimate).toMatchObject({ cost_usd: 25.7899, gates: { one: 10, two: 1 } });
    expect(server.requests).toEqual([]);
    const shown = await json("qpu", "submit", "ionq", circuit, "--shots", "100");
    expect(shown).toMatchObject({ sent: false });
    expect(server.requests).toEqual([]);
    const sent = await json("qpu", "submit", "ionq", circuit, "--shots", "100", "--yes");
    expect(sent).toMatchObject({ sent: true, counts: { "110": 100 } });
    expect(server.requests.find(({ step }) => step === "submit")?.body).toBe(shown.body);
    const energy = await json(
      "energy",
      xyz,
      "--active-space",
      "2e,2o",
      "--backend",
      "ionq",
      "--stated-error",
      "0.02",
    );
    expect(energy.jobs).toHaveLength(2);
    expect(Math.abs(energy.vqe_hartree - energy.casci_hartree)).toBeLessThan(4 * energy.statedError_hartree);
    const { jobs } = await json("qpu", "jobs", "--refresh");
    expect(jobs.map(({ vendorId }: { vendorId: string }) => vendorId)).toEqual(
      server.jobs.map(({ id }) => id),
    );
    const { ledger, open_usd } = await json("qpu", "ledger");
    expect([ledger.length, open_usd]).toEqual([jobs.length, 0]);
    const { egress } = await json("qpu", "egress");
    expect(egress.filter(({ purpose }: { purpose: string }) => purpose === "submit")).toHaveLength(
      jobs.length,
    );
    const { backends } = await json("qpu", "backends", "--ask", "qpu.forte-1");
    expect(backends[0]).toMatchObject({ provider: "ionq", status: { status: "available", qubits: 36 } });
    expect((await json("qpu", "disable", "ionq")).enabled).toBe(false);
    // What was asked of whom, and not of what.
    expect(JSON.stringify(server.requests)).not.toMatch(/secret-molecule|sto-3g|0\.74/);
    expect(said.join("")).not.toContain(KEY);
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes(KEY)).toBe(false);
  }, 240_000);
});

describe("qpu compare", () => {
  it("measures one energy on every provider and here, side by side, and says what each cost and why one did not", async () => {
    const notebook = join(folder, "compare.sqlite");
    const enable = (provider: string, limit: string, ...place: string[]) =>
      ansatz("qpu", "enable", provider, "--job-limit", limit, ...place, "--notebook", notebook);
    await using ionq = await serveIonq({ key: KEY });
    await using ibm = await serveIbm({ key: KEY });
    await using braket = await serveBraket({ key: KEY });
    await enable("ionq", "10", "--base-url", ionq.baseUrl);
    const token = ["--token-url", ibm.tokenUrl, "--instance", SIMULATED_INSTANCE];
    await enable("ibm", "200", "--base-url", ibm.baseUrl, ...token);
    const bucketAt = ["--s3-url", braket.baseUrl, "--region", region, "--bucket", bucket];
    await enable("braket", "200", "--base-url", braket.baseUrl, ...bucketAt);
    const on = "sampler,ionq:simulator,ionq:qpu.forte-1,ibm:ibm_ideal,braket:iqm/Garnet";
    const asked = ["--active-space", "2e,2o", "--shots", "4000", "--notebook", notebook, "--json"];
    const compared = await ansatz("qpu", "compare", xyz, "--on", on, ...asked);
    const { rows } = JSON.parse(compared.stdout);
    const by = (backend: string, device: string | null) =>
      rows.find(
        (row: { backend: string; device: string }) => row.backend === backend && row.device === device,
      );
    for (const row of rows)
      expect(row).toMatchObject({ failure: null, outcome: "converged", isSettled: true });
    for (const row of [by("sampler", null), by("ionq", "simulator"), by("ibm", "ibm_ideal")])
      expect(Math.abs(row.error_hartree)).toBeLessThan(4 * row.statedError_hartree);
    expect(by("sampler", null)).toMatchObject({ cost_usd: 0, jobs: 0, queue_jobs: null, longestJob_s: null });
    // A limit of 10 USD is below Forte's least price: the local sampler did it, and it says so.
    expect(by("ionq", "qpu.forte-1").fallback[0]).toMatch(/limit of a job is 10.00 USD/);
    expect(by("ibm", "ibm_ideal")).toMatchObject({ fallback: [], queue_jobs: 0 });
    expect(by("ibm", "ibm_ideal").cost_usd).toBeCloseTo(ibm.charged(), 3);
    expect(by("braket", "iqm/Garnet").cost_usd).toBeCloseTo(braket.charged(), 3);
    expect(by("braket", "iqm/Garnet").cost_usd).toBeGreaterThan(0);
    expect(compared.stdout + compared.stderr).not.toContain(KEY);
    const refused = await ansatz("qpu", "compare", xyz, "--on", "ionq,ibm", ...asked);
    expect(refused.stdout).toMatch(/expected ibm:DEVICE/);
  }, 240_000);

  it("counts what was paid for circuits whose energy the local sampler measured in the end", async () => {
    const notebook = join(folder, "paid.sqlite");
    const faults = ({ step, count }: { step: string; count: number }): Fault | undefined =>
      step === "submit" && count === 1 ? { kind: "fails", code: "QuantumComputerError" } : undefined;
    await using ionq = await serveIonq({ key: KEY, faults });
    const limits = ["--job-limit", "5000", "--base-url", ionq.baseUrl, "--notebook", notebook];
    await ansatz("qpu", "enable", "ionq", ...limits);
    const asked = ["--active-space", "2e,2o", "--shots", "4000", "--notebook", notebook, "--json"];
    const compared = await ansatz("qpu", "compare", xyz, "--on", "sampler,ionq:qpu.forte-1", ...asked);
    const [, row] = JSON.parse(compared.stdout).rows;
    expect(row.fallback[0]).toMatch(/the device failed/);
    expect(ionq.charged()).toBeGreaterThan(0);
    expect(row.cost_usd).toBeCloseTo(ionq.charged(), 3);
  }, 240_000);
});

describe("qpu check", () => {
  it("sends one tiny circuit to each device under a cap, and tells how its answer moved", async () => {
    const notebook = join(folder, "check.sqlite");
    const record = join(folder, "checks.jsonl");
    await using ionq = await serveIonq({ key: KEY });
    await using braket = await serveBraket({ key: KEY });
    const enable = (provider: string, ...place: string[]) =>
      ansatz("qpu", "enable", provider, "--job-limit", "100", ...place, "--notebook", notebook);
    await enable("ionq", "--base-url", ionq.baseUrl);
    const bucketAt = ["--s3-url", braket.baseUrl, "--region", region, "--bucket", bucket];
    await enable("braket", "--base-url", braket.baseUrl, ...bucketAt);
    const check = (cap: string) =>
      ansatz(
        ...["qpu", "check", "--on", "ionq:qpu.forte-1,braket:iqm/Garnet", "--cap", cap],
        ...["--shots", "500", "--record", record, "--notebook", notebook, "--json"],
      );
    const { error } = JSON.parse((await check("20")).stdout);
    expect(error.message).toMatch(
      /would cost 26\.81 USD together, expected at most 20\.00\. Nothing was sent/,
    );
    expect([...ionq.requests, ...braket.requests]).toEqual([]);
    const first = JSON.parse((await check("60")).stdout);
    for (const one of first.checks) {
      expect(one.right).toBeGreaterThan(0.85);
      expect(one).toMatchObject({ shots: 500, drift: null });
    }
    const second = JSON.parse((await check("60")).stdout);
    for (const { drift } of second.checks) {
      expect(drift.checks).toBe(1);
      expect(Math.abs(drift.deviations)).toBeLessThan(5);
    }
    // Each time anew.
    expect([ionq.jobs.length, braket.jobs.length]).toEqual([2, 2]);
    expect(readFileSync(record, "utf8").trim().split("\n")).toHaveLength(4);
    const paid = [...first.checks, ...second.checks].reduce((sum, one) => sum + one.cost_usd, 0);
    expect(paid).toBeCloseTo(ionq.charged() + braket.charged(), 4);
    // Also where another record is begun.
    await ansatz(
      ...["qpu", "check", "--on", "braket:iqm/Garnet", "--cap", "60", "--shots", "500"],
      ...["--record", `${record}.other`, "--notebook", notebook, "--json"],
    );
    expect(braket.jobs).toHaveLength(3);
  }, 240_000);
});

/** The command line on its way to an energy; killed before the n-th request is answered. */
async function killedAt(n: number, notebook: string): Promise<{ server: IonqServer; isKilled: boolean }> {
  let child: ChildProcess | undefined;
  let isKilled = false;
  let requests = 0;
  const faults = (): Fault | undefined => {
    if (isKilled || requests++ !== n) return undefined;
    isKilled = child?.kill("SIGKILL") ?? false;
    return { kind: "drop-after" };
  };
  const server = await serveIonq({ key: KEY, faults });
  const args = [
    "energy",
    xyz,
    "--active-space",
    "2e,2o",
    "--backend",
    "ionq",
    "--shots",
    "2000",
    "--notebook",
    notebook,
    "--json",
  ];
  await ansatz(
    "qpu",
    "enable",
    "ionq",
    "--job-limit",
    "200",
    "--base-url",
    server.baseUrl,
    "--notebook",
    notebook,
  );
  child = spawn(process.execPath, [MAIN, ...args], { env: { ...process.env, ...keys }, stdio: "ignore" });
  await once(child, "exit");
  return { server, isKilled };
}

describe("a program that is killed while it asks a device", () => {
  it.each([1, 3, 6, 11])(
    "at request %i goes on with the jobs that it sent",
    async (n) => {
      const notebook = join(folder, `killed-${n}.sqlite`);
      const { server, isKilled } = await killedAt(n, notebook);
      await using _ = server;
      expect(isKilled).toBe(true);
      const { stdout } = await ansatz(
        "energy",
        xyz,
        "--active-space",
        "2e,2o",
        "--backend",
        "ionq",
        "--shots",
        "2000",
        "--notebook",
        notebook,
        "--json",
      );
      const energy = JSON.parse(stdout);
      expect(energy.jobs).toHaveLength(2);
      const names = server.jobs.map(({ body }) => body.name);
      expect(new Set(names).size).toBe(names.length);
      const used = energy.jobs.flatMap(({ id }: { id: string }) => jobIds(id));
      expect([...used].sort()).toEqual(server.jobs.map(({ id }) => id).sort());
    },
    240_000,
  );
});
