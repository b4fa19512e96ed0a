import { describe, expect, it } from "vitest";
import type { Fault, ServerStep } from "../../../../../src/qpu-server/faults.ts";
import { asked, GENEROUS, isRight, KEY, openHouse } from "./device-house.ts";

/** Forte's least price of a job. */
const MINIMUM_USD = 25.7899;
const RISING = ["job_usd", "campaign_usd", "day_usd", "account_usd"] as const;
/** One job, up to a limit; generous beyond it. */
const upTo = (limit: (typeof RISING)[number]) =>
  Object.fromEntries(
    RISING.map((name, k) => [name, k <= RISING.indexOf(limit) ? MINIMUM_USD : GENEROUS[name]]),
  ) as typeof GENEROUS;
const CAMPAIGN = { campaign: "c" };

const at =
  (step: ServerStep, faults: readonly Fault[]) =>
  (request: { step: ServerStep; count: number }): Fault | undefined =>
    request.step === step ? faults[request.count] : undefined;

/** Stops a calculation when it first asks how its job is. */
const stopAtPoll =
  (stop: AbortController) =>
  ({ step }: { step: ServerStep }): undefined => {
    if (step === "poll") stop.abort();
  };

const always =
  (step: ServerStep, fault: Fault) =>
  (request: { step: ServerStep }): Fault | undefined =>
    request.step === step ? fault : undefined;

describe("a job on a device", () => {
  it("is measured, in the right order of bits, and paid as billed", async () => {
    await using house = await openHouse({ queue_ms: 90_000, run_ms: 2000 });
    const answer = await house.desk.measure(asked("qpu.forte-1", [1, 2]), CAMPAIGN);
    if (answer.by !== "device") throw new Error(answer.reason);
    expect(answer.shots.map(({ length }) => length)).toEqual([200, 200]);
    expect(isRight(asked("qpu.forte-1", [1, 2]), answer)).toBe(true);
    const [{ id } = { id: "" }] = house.server.jobs;
    expect([...answer.id.split(" ")].sort()).toEqual([`${id}#1`, `${id}#2`]);
    expect(answer.calibration).toMatchObject({ readout01: expect.closeTo(0.0025, 9) });
    const ledger = house.desk.ledger();
    // Nobody says whether the least price is paid for a job or a circuit: reserved is the dearer.
    expect(ledger.map(({ settled_usd, reserved_usd }) => [settled_usd, reserved_usd])).toEqual([
      [MINIMUM_USD, 2 * MINIMUM_USD],
    ]);
    expect(house.server.charged()).toBeCloseTo(MINIMUM_USD, 9);
    expect(house.desk.jobs()).toMatchObject([{ circuits: 2, state: "done" }]);
  });

  it("is told in words of a provider that does not have the device", async () => {
    await using house = await openHouse();
    await expect(house.desk.status("ionq", "qpu.none")).rejects.toMatchObject({
      ...{ name: "DomainError", code: "backend-unavailable" },
      message: expect.stringMatching(/^ionq, qpu\.none: there is no such job or backend/),
    });
  });

  it("is not sent again by whoever asks the same again", async () => {
    await using house = await openHouse();
    const first = await house.desk.measure(asked(), CAMPAIGN);
    const sent = house.server.requests.length;
    expect(await house.live().desk.measure(asked(), CAMPAIGN)).toEqual(first);
    expect(house.server.requests.length).toBe(sent);
    // Other shots are others.
    await house.desk.measure(asked("qpu.forte-1", [2]), CAMPAIGN);
    expect(house.server.jobs).toHaveLength(2);
  });

  it.each<[string, Parameters<typeof openHouse>[0], "device" | RegExp, number]>([
    [
      "429 with a pause",
      { faults: at("submit", [{ kind: "status", status: 429, retryAfter_s: 1 }]) },
      "device",
      1,
    ],
    ["429 without", { faults: at("submit", [{ kind: "status", status: 429 }]) }, "device", 1],
    [
      "429 without end",
      { faults: always("submit", { kind: "status", status: 429 }) },
      /too many requests/,
      0,
    ],
    ["402", { faults: at("submit", [{ kind: "status", status: 402 }]) }, /payment required/, 0],
    ["500 before the job was made", { faults: at("submit", [{ kind: "status", status: 500 }]) }, "device", 1],
    ["500 after it", { faults: at("submit", [{ kind: "status-after", status: 500 }]) }, "device", 1],
    ["500 without end", { faults: always("submit", { kind: "status", status: 500 }) }, /sent 3 times/, 0],
    [
      "503 at each step once",
      { faults: ({ count }) => (count === 0 ? { kind: "status", status: 503 } : undefined) },
      "device",
      1,
    ],
    ["a connection cut before", { faults: at("submit", [{ kind: "drop" }]) }, "device", 1],
    ["a connection cut after", { faults: at("submit", [{ kind: "drop-after" }]) }, "device", 1],
    ["half an id", { faults: at("submit", [{ kind: "half" }]) }, "device", 1],
    ["half results", { faults: at("results", [{ kind: "half" }, { kind: "garbled" }]) }, "device", 1],
    ["polls cut", { faults: at("poll", [{ kind: "drop" }, { kind: "half" }]) }, "device", 1],
    [
      "a job that fails",
      { faults: at("submit", [{ kind: "fails", code: "QuantumComputerError" }]) },
      /the device failed/,
      1,
    ],
    ["a job that never ends", { faults: at("submit", [{ kind: "stuck" }]) }, /late and was cancelled/, 1],
    ["a job that runs too long", { run_ms: 1e8 }, /late and could not be cancelled/, 1],
  ])("under %s", async (_, options, expected, jobs) => {
    await using house = await openHouse(options);
    const answer = await house.desk.measure(asked(), CAMPAIGN);
    if (expected === "device") expect(answer.by).toBe("device");
    else expect(answer).toEqual({ by: "simulator", reason: expect.stringMatching(expected) });
    expect(house.server.jobs).toHaveLength(jobs);
    const [row] = house.desk.ledger();
    const isRunning = options?.run_ms !== undefined;
    expect(row?.settled_usd).toBe(expected === "device" ? MINIMUM_USD : isRunning ? null : 0);
    expect(house.server.charged()).toBeCloseTo(expected === "device" ? MINIMUM_USD : 0, 9);
  });

  it("that could not be cancelled is not sent again, and paid once", async () => {
    await using house = await openHouse({ run_ms: 1e8 });
    expect((await house.desk.measure(asked(), CAMPAIGN)).by).toBe("simulator");
    house.advance(1e8);
    expect((await house.live().desk.measure(asked(), CAMPAIGN)).by).toBe("device");
    expect(house.server.jobs).toHaveLength(1);
    expect(house.desk.ledger()[0]?.settled_usd).toBe(MINIMUM_USD);
  });

  it("that came to nothing is sent anew under another name", async () => {
    await using house = await openHouse({ faults: at("submit", [{ kind: "fails", code: "SystemCancel" }]) });
    expect((await house.desk.measure(asked(), CAMPAIGN)).by).toBe("simulator");
    expect((await house.desk.measure(asked(), CAMPAIGN)).by).toBe("device");
    const names = house.server.jobs.map(({ body }) => body.name);
    expect(new Set(names).size).toBe(2);
    expect(house.desk.jobs().map(({ state }) => state)).toEqual(["ended", "done"]);
  });

  it("stops for a person where the key has expired, and goes on with the same job", async () => {
    await using house = await openHouse({ queue_ms: 60_000, faults: at("poll", [{ kind: "expired" }]) });
    await expect(house.desk.measure(asked(), CAMPAIGN)).rejects.toMatchObject({
      code: "backend-unavailable",
      message: expect.stringMatching(/does not authenticate.*[^.]\. Nothing is lost/),
    });
    house.renew();
    expect((await house.live().desk.measure(asked(), CAMPAIGN)).by).toBe("device");
    expect(house.server.jobs).toHaveLength(1);
  });

  it("whose bill does not say what it cost is an alarm, not nothing", async () => {
    await using house = await openHouse({ faults: at("submit", [{ kind: "unbilled" }]) });
    expect((await house.desk.measure(asked(), CAMPAIGN)).by).toBe("device");
    const [row] = house.desk.ledger();
    expect(row).toMatchObject({ settled_usd: null, reserved_usd: MINIMUM_USD });
    expect(row?.alarms).toEqual(["the bill does not say what the job cost"]);
    await house.desk.refresh("ionq");
    expect(house.desk.ledger()[0]?.alarms).toHaveLength(1);
  });

  it("goes on at the provider when the calculation is stopped", async () => {
    await using house = await openHouse({ queue_ms: 1e6 });
    const stop = new AbortController();
    const running = house.desk.measure(asked(), { ...CAMPAIGN, signal: stop.signal });
    setTimeout(() => stop.abort(), 20);
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    house.advance(1e6);
    expect((await house.live().desk.measure(asked(), CAMPAIGN)).by).toBe("device");
    expect(house.server.jobs).toHaveLength(1);
  });
});

describe("jobs side by side and at other addresses", () => {
  it("are one job where they ask for the same", async () => {
    await using house = await openHouse({ queue_ms: 5000 });
    const twice = asked("qpu.forte-1", [1, 1]);
    const answers = await Promise.all([
      house.desk.measure(twice, CAMPAIGN),
      house.desk.measure(asked(), CAMPAIGN),
    ]);
    expect(answers.map((one) => (one.by === "device" ? one.shots.length : one.reason))).toEqual([2, 1]);
    expect(house.server.jobs).toHaveLength(1);
    expect(house.desk.ledger()).toHaveLength(1);
  });

  it("go on for who waits where the one who began was stopped", async () => {
    const stop = new AbortController();
    await using house = await openHouse({ queue_ms: 60_000, faults: stopAtPoll(stop) });
    const first = house.desk.measure(asked(), { ...CAMPAIGN, signal: stop.signal });
    const second = house.desk.measure(asked(), CAMPAIGN);
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    expect((await second).by).toBe("device");
    expect(house.server.jobs).toHaveLength(1);
  });

  it("of another address are neither taken for this one's, nor asked about here, nor counted here", async () => {
    await using there = await openHouse();
    const stop = new AbortController();
    const limits = upTo("account_usd");
    await using house = await openHouse({ queue_ms: 1e6, limits, faults: stopAtPoll(stop) });
    await house.desk.measure(asked(), { ...CAMPAIGN, signal: stop.signal }).catch(() => undefined);
    expect(house.server.jobs).toHaveLength(1);
    house.desk.enable("ionq", { baseUrl: there.server.baseUrl, limits });
    await house.desk.refresh("ionq");
    expect(there.server.requests).toEqual([]);
    expect(house.desk.jobs().map(({ state }) => state)).toEqual(["sent"]);
    expect((await house.desk.measure(asked(), CAMPAIGN)).by).toBe("device");
    expect(there.server.jobs).toHaveLength(1);
  });
});

describe("a look at what is open", () => {
  it("says nothing of a job that still waits, and settles it when it is done", async () => {
    const stop = new AbortController();
    await using house = await openHouse({ queue_ms: 1e6, faults: stopAtPoll(stop) });
    await house.desk.measure(asked(), { ...CAMPAIGN, signal: stop.signal }).catch(() => undefined);
    await house.desk.refresh("ionq");
    expect(house.desk.ledger()[0]).toMatchObject({ settled_usd: null, alarms: [] });
    house.advance(1e7);
    await house.desk.refresh("ionq");
    expect(house.desk.ledger()[0]).toMatchObject({ settled_usd: MINIMUM_USD, alarms: [] });
  });

  it("looks twice before it says that a job was never made", async () => {
    for (let killAt = 0; killAt < 30; killAt++) {
      await using house = await openHouse();
      await house
        .live(killAt)
        .desk.measure(asked(), CAMPAIGN)
        .catch(() => undefined);
      // Killed between the notebook and the request.
      if (house.desk.jobs()[0]?.state !== "sending" || house.server.jobs.length > 0) continue;
      await house.desk.refresh("ionq");
      expect(house.server.requests.filter(({ step }) => step === "list")).toHaveLength(2);
      expect(house.desk.jobs()[0]).toMatchObject({ state: "ended", reason: "it was never made" });
      expect(house.desk.ledger()[0]?.settled_usd).toBe(0);
      return;
    }
    throw new Error("it was killed nowhere between the notebook and the request");
  });
});

describe("a calibration that cannot be read", () => {
  const faults = always("calibration", { kind: "status", status: 500 });

  it("is an alarm, and the counts are taken", async () => {
    await using house = await openHouse({ faults });
    expect(await house.desk.measure(asked(), CAMPAIGN)).toMatchObject({
      by: "device",
      calibration: { id: null, readout01: 0, readout10: 0 },
    });
    expect(house.desk.ledger()[0]?.alarms).toEqual([
      expect.stringMatching(/^the calibration cannot be read/),
    ]);
  });

  it("stops readout mitigation, which goes on with the same counts", async () => {
    let isDown = true;
    await using house = await openHouse({ faults: (request) => (isDown ? faults(request) : undefined) });
    const mitigated = { ...asked(), needsCalibration: true };
    await expect(house.desk.measure(mitigated, CAMPAIGN)).rejects.toMatchObject({
      code: "backend-unavailable",
      message: expect.stringMatching(/counts are kept/),
    });
    isDown = false;
    expect(await house.desk.measure(mitigated, CAMPAIGN)).toMatchObject({
      by: "device",
      calibration: { readout01: expect.closeTo(0.0025, 9) },
    });
    expect(house.server.jobs).toHaveLength(1);
    expect(house.server.requests.filter(({ step }) => step === "results")).toHaveLength(1);
  });
});

describe("limits", () => {
  it.each([
    ["job_usd", /limit of a job/],
    ["campaign_usd", /limit of this campaign or calculation/],
    ["day_usd", /limit of today/],
    ["account_usd", /limit of the account/],
  ] as const)("%s refuses before anything is sent", async (limit, says) => {
    await using house = await openHouse({ limits: upTo(limit) });
    const ask = (seeds: number[], campaign: string) =>
      house.desk.measure(asked("qpu.forte-1", seeds), { campaign });
    if (limit !== "job_usd") expect((await ask([1], "c")).by).toBe("device");
    if (limit === "account_usd") house.advance(86_400_000);
    const sent = house.server.requests.length;
    const [seeds, campaign] =
      limit === "job_usd" ? [[1, 2], "c"] : [[3], limit === "campaign_usd" ? "c" : "d"];
    expect(await ask(seeds, campaign)).toEqual({ by: "simulator", reason: expect.stringMatching(says) });
    expect(house.server.requests).toHaveLength(sent);
    if (limit === "job_usd") expect(house.desk.egress()).toEqual([]);
  });

  it.each([
    [{ job_usd: 100, day_usd: 1 }, /that of a day to be at least that of a campaign or calculation/],
    [
      { job_usd: 100, campaign_usd: 99 },
      /that of a campaign or calculation to be at least that of a job, 100 USD/,
    ],
    [{ account_usd: 1 }, /that of the account to be at least that of a day/],
  ])("that contradict each other are refused: %j", async (limits, says) => {
    await using house = await openHouse();
    const { baseUrl } = house.server;
    expect(() => house.desk.enable("ionq", { baseUrl, limits: { ...GENEROUS, ...limits } })).toThrow(says);
    expect(house.desk.access("ionq")?.limits).toEqual(GENEROUS);
  });

  it("of a day begin anew with the next", async () => {
    await using house = await openHouse({ limits: upTo("day_usd") });
    const ask = (seed: number, campaign: string) =>
      house.desk.measure(asked("qpu.forte-1", [seed]), { campaign });
    expect((await ask(1, "c")).by).toBe("device");
    expect((await ask(2, "d")).by).toBe("simulator");
    house.advance(86_400_000);
    expect((await ask(2, "d")).by).toBe("device");
  });

  it("hold for the provider's quote where that is dearer than the table", async () => {
    const dear = { oneQubitGate: 1, twoQubitGate: 1, minimum: 0 };
    const backends = [{ backend: "qpu.forte-1", qubits: 36, status: "available" as const, rates: dear }];
    await using house = await openHouse({ backends, limits: { ...GENEROUS, job_usd: 399 } });
    const answer = await house.desk.measure(asked(), CAMPAIGN);
    expect(answer).toEqual({ by: "simulator", reason: expect.stringMatching(/would cost 2200.00 USD/) });
    expect(house.server.jobs).toHaveLength(0);
  });

  it("refuse a quote in another unit", async () => {
    await using house = await openHouse({ quote: async () => ({ value: 3, unit: "credit" }) });
    const answer = await house.desk.measure(asked(), CAMPAIGN);
    expect(answer).toEqual({ by: "simulator", reason: expect.stringMatching(/3 credit.*limits are in usd/) });
    expect(house.desk.ledger()).toEqual([]);
    expect(house.server.jobs).toEqual([]);
  });

  it("refuse a device whose price nobody knows", async () => {
    await using house = await openHouse();
    const answer = await house.desk.measure(asked("qpu.unknown-9"), CAMPAIGN);
    expect(answer).toEqual({ by: "simulator", reason: expect.stringMatching(/no price of qpu.unknown-9/) });
    expect(house.server.requests).toEqual([]);
  });
});

describe("the perimeter", () => {
  it("lets nothing out before a person enabled the provider, nor after they disabled it", async () => {
    await using house = await openHouse();
    house.desk.disable("ionq");
    await expect(house.desk.measure(asked(), CAMPAIGN)).rejects.toMatchObject({
      code: "backend-unavailable",
    });
    expect(house.server.requests).toEqual([]);
  });

  it.each([
    "http://api.ionq.co/v0.4",
    "https://me:secret@api.ionq.co/v0.4",
    "https://api.ionq.co/v0.4?key=1",
    "https://api.ionq.co/v0.4#",
    "ftp://127.0.0.1",
    "api.ionq.co",
  ])("is not opened to %s", async (baseUrl) => {
    await using house = await openHouse();
    expect(() => house.desk.enable("ionq", { baseUrl, limits: GENEROUS })).toThrow(/expected an address/);
    expect(house.desk.access("ionq")?.baseUrl).toBe(house.server.baseUrl);
  });

  it("sends the bytes that a person saw and no others", async () => {
    await using house = await openHouse();
    const [body = ""] = await house.desk.write(asked());
    const { createHash } = await import("node:crypto");
    const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");
    const other = await house.desk.measure(asked(), { ...CAMPAIGN, shown: hashOf(`${body} `) });
    expect(other).toMatchObject({
      by: "simulator",
      reason: expect.stringMatching(/no longer what was shown/),
    });
    expect(house.server.jobs).toEqual([]);
    expect(house.desk.jobs()).toMatchObject([{ state: "ended", vendorId: null }]);
    expect(house.desk.ledger()).toMatchObject([{ settled_usd: 0 }]);
    const [anew = ""] = await house.desk.write(asked());
    expect((await house.desk.measure(asked(), { ...CAMPAIGN, shown: hashOf(anew) })).by).toBe("device");
    expect(house.server.jobs).toHaveLength(1);
  });

  it("costs no more than a person said beside the limits, by the provider's own price too", async () => {
    await using house = await openHouse({ quote: async () => ({ value: 40, unit: "usd" }) });
    const most = { ...CAMPAIGN, most_usd: 30 };
    expect(await house.desk.measure(asked(), most)).toMatchObject({
      by: "simulator",
      reason: expect.stringMatching(/would cost 40\.00 USD and the limit of a job is 30\.00/),
    });
    expect(house.server.jobs).toEqual([]);
    expect(house.desk.ledger()).toEqual([]);
    expect((await house.desk.measure(asked(), { ...most, most_usd: 40 })).by).toBe("device");
  });

  it("writes down what left, with its hash, size, destination, purpose and approval", async () => {
    await using house = await openHouse({ faults: at("submit", [{ kind: "status", status: 500 }]) });
    await house.desk.measure(asked(), CAMPAIGN);
    const egress = house.desk.egress();
    expect(egress.map(({ purpose }) => purpose)).toEqual(["estimate", "submit", "submit"]);
    const { createHash } = await import("node:crypto");
    const question = "backend=qpu.forte-1&qubits=3&shots=200&1q_gates=10&2q_gates=1";
    expect(egress[0]?.sha256).toBe(createHash("sha256").update(question).digest("hex"));
    const bodies = house.server.requests.filter(({ step }) => step === "submit").map(({ body }) => body);
    const submits = egress.filter(({ purpose }) => purpose === "submit");
    expect(submits.map(({ sha256, bytes }) => [sha256, bytes])).toEqual(
      bodies.map((body) => [createHash("sha256").update(body).digest("hex"), Buffer.byteLength(body)]),
    );
    for (const row of submits) {
      expect(house.server.baseUrl).toContain(row.destination);
      expect(row.approval).toMatch(/^enabled at 2026-11-30T12:00:00.000Z, limits 10000/);
    }
  });

  it("sends circuits under opaque names, and no word of what they are of", async () => {
    await using house = await openHouse();
    await house.desk.measure(asked(), { campaign: "ethanol, secret project" });
    const everything = JSON.stringify(house.server.requests);
    expect(everything).not.toMatch(/ethanol|secret|project/);
    for (const { body } of house.server.jobs)
      expect(Object.keys(body).sort()).toEqual(["backend", "input", "name", "shots", "type"]);
  });

  it("keeps the key out of the notebook and of every message", async () => {
    await using house = await openHouse({
      faults: ({ step, count }) =>
        step === "poll" && count === 0
          ? { kind: "expired" }
          : count === 0
            ? { kind: "drop-after" }
            : undefined,
    });
    const said = await house.desk.measure(asked(), CAMPAIGN).catch(String);
    house.renew();
    const again = await house.desk.measure(asked(), CAMPAIGN);
    const bytes = house.notebook.db.guard((connection) => connection.serialize());
    expect(bytes.includes("reserved")).toBe(true);
    expect(bytes.includes(KEY)).toBe(false);
    expect(
      JSON.stringify([said, again, house.desk.jobs(), house.desk.ledger(), house.desk.egress()]),
    ).not.toContain(KEY);
  });
});
