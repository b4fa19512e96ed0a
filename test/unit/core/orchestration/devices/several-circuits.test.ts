/** Circuits that are measured together: in few jobs, found again however they were sent, and never taken for one another. */
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { measuredBefore } from "#core/orchestration/devices/measured-before.ts";
import { openIonq } from "#core/quantum/backends/ionq.ts";
import type { Money, Provider, SentJob } from "#core/quantum/backends/provider.ts";
import { OPEN_PROVIDER } from "#core/quantum/backends/registry.ts";
import type { JobAnswer } from "#core/quantum/measurement/at-hand.ts";
import { REMOTE_BACKENDS, type RemoteName } from "#shared/quantum/backend-names.ts";
import { jobIds } from "#shared/quantum/circuit-ids.ts";
import type { Fault, ServerStep } from "../../../../../src/qpu-server/faults.ts";
import type { ServerOptions } from "../../../../../src/qpu-server/provider-server.ts";
import { asked, GENEROUS, isRight, openHouseOf, openProviderHouse, SERVED } from "./device-house.ts";

const CAMPAIGN = { campaign: "c" };
const of = (provider: RemoteName, seeds: readonly number[]) =>
  asked(SERVED[provider].device, seeds, provider);
const idOf = (answer: JobAnswer): string => (answer.by === "device" ? answer.id : answer.reason);
const once =
  (step: ServerStep, fault: Fault, times = 1) =>
  (request: { step: ServerStep; count: number }): Fault | undefined =>
    request.step === step && request.count < times ? fault : undefined;

/** Of eight circuits of which two need four times the shots of the others. */
const JOBS: Readonly<Record<RemoteName, number>> = { ionq: 2, ibm: 1, braket: 8 };
const EIGHT = [1, 2, 3, 4, 5, 6, 7, 8];
const TURNED = [8, 3, 1, 6, 2, 7, 5, 4];

describe("circuits that are measured together", () => {
  it.each(REMOTE_BACKENDS)(
    "%s: are as few jobs as it allows, each circuit with its own counts, in whatever order they are asked for",
    async (provider) => {
      await using house = await openProviderHouse(provider, { queue_ms: 5000 });
      const { desk, server } = house;
      const answer = await desk.measure(of(provider, EIGHT), CAMPAIGN);
      expect(isRight(of(provider, EIGHT), answer)).toBe(true);
      expect(server.jobs).toHaveLength(JOBS[provider]);
      expect(jobIds(idOf(answer)).sort()).toEqual(server.jobs.map(({ id }) => id).sort());
      expect(desk.jobs().reduce((sum, { circuits }) => sum + circuits, 0)).toBe(8);
      const settled = desk.ledger().reduce((sum, row) => sum + row.settled_usd!, 0);
      expect(settled).toBeCloseTo(server.charged(), 4);
      // What leaves is a request a job.
      const submitted = desk.egress().filter(({ purpose }) => purpose === "submit");
      expect(submitted).toHaveLength(JOBS[provider]);
      const requests = server.requests.length;
      const turned = await house.live().desk.measure(of(provider, TURNED), CAMPAIGN);
      expect(isRight(of(provider, TURNED), turned)).toBe(true);
      expect(server.requests).toHaveLength(requests);
      // From the notebook alone, by what a result keeps of it.
      const receipt = { id: idOf(turned), calibrationId: null };
      expect(measuredBefore(house.notebook.db, [receipt])).toEqual([turned]);
      expect(measuredBefore(house.notebook.db, [{ ...receipt, id: `${receipt.id} unknown#1` }])).toEqual([]);
    },
  );

  it.each(REMOTE_BACKENDS)(
    "%s: are found where each was a job of its own, done or open, and only the others are sent",
    async (provider) => {
      let stop: AbortController | undefined;
      const faults = ({ step }: { step: ServerStep }): undefined => {
        if (step === "poll") stop?.abort();
      };
      await using house = await openProviderHouse(provider, { queue_ms: 1e6, faults });
      const { desk, server } = house;
      // One is done, and one was left open.
      await desk.measure(of(provider, [1]), CAMPAIGN);
      stop = new AbortController();
      const { signal } = stop;
      await expect(desk.measure(of(provider, [5]), { ...CAMPAIGN, signal })).rejects.toMatchObject({
        name: "AbortError",
      });
      stop = undefined;
      expect(desk.jobs().map(({ state }) => state)).toEqual(["done", "sent"]);
      const answer = await house.live().desk.measure(of(provider, [1, 2, 4, 5]), CAMPAIGN);
      expect(isRight(of(provider, [1, 2, 4, 5]), answer)).toBe(true);
      expect(server.jobs).toHaveLength(provider === "braket" ? 4 : 3);
      const names = server.jobs.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      const sent = server.requests.length;
      expect(await house.live().desk.measure(of(provider, [1, 2, 4, 5]), CAMPAIGN)).toEqual(answer);
      expect(server.requests).toHaveLength(sent);
    },
  );

  it("take what an earlier version asked for with shots of its own, and send only the others", async () => {
    await using house = await openProviderHouse("ionq");
    const three = of("ionq", [1, 2, 5]);
    const [first, ...others] = three.runs;
    const older = { ...three, runs: [{ ...first!, shots: 137 }] };
    const before = await house.desk.measure(older, CAMPAIGN);
    const now = { ...three, runs: [...others, { ...first!, shotsAlone: 137 }] };
    const answer = await house.live().desk.measure(now, CAMPAIGN);
    if (before.by !== "device" || answer.by !== "device") throw new Error("not measured");
    expect(answer.shots.map(({ length }) => length)).toEqual([200, 200, 137]);
    expect(answer.shots[2]).toEqual(before.shots[0]);
    expect(answer).not.toHaveProperty("lostShots");
    expect(house.server.jobs).toHaveLength(2);
    // Once there is a job of all, it is theirs.
    const anew = of("ionq", [4, 8]);
    const all = await house.desk.measure(anew, CAMPAIGN);
    await house.desk.measure({ ...anew, runs: [{ ...anew.runs[0]!, shots: 150 }] }, CAMPAIGN);
    const again = { ...anew, runs: anew.runs.map((one) => ({ ...one, shotsAlone: 150 })) };
    expect(await house.desk.measure(again, CAMPAIGN)).toEqual(all);
  });

  it.each([
    ["executor", 4 * 200],
    ["sampler", 137],
  ] as const)(
    "have shots that they can share at IBM's %s only where they must",
    async (program, expected) => {
      const serve = async (options: ServerOptions) => {
        const { place, ...server } = await SERVED.ibm.serve(options);
        return { ...server, place: { ...place, ibm: { ...place.ibm!, program } } };
      };
      await using house = await openHouseOf("ibm", serve, {});
      const two = of("ibm", [1, 3]);
      const runs = two.runs.map((run, k) => (k === 1 ? { ...run, shotsAlone: 137 } : run));
      const answer = await house.desk.measure({ ...two, runs }, CAMPAIGN);
      if (answer.by !== "device") throw new Error(answer.reason);
      expect(answer.shots.map(({ length }) => length)).toEqual([200, expected]);
      expect(answer).not.toHaveProperty("lostShots");
      expect(house.desk.jobs()).toMatchObject([{ state: "done", circuits: 2 }]);
      const again = await house.live().desk.measure({ ...two, runs }, CAMPAIGN);
      expect(again).toEqual(answer);
      expect(house.server.jobs).toHaveLength(1);
    },
  );

  it("are sent anew, all of them, where one of a job failed; what ran is paid", async () => {
    const fault: Fault = { kind: "part-fails", code: "QuantumComputerError" };
    await using house = await openProviderHouse("ionq", { faults: once("submit", fault) });
    const three = of("ionq", [1, 2, 5]);
    expect(await house.desk.measure(three, CAMPAIGN)).toEqual({
      by: "simulator",
      reason: expect.stringMatching(/the device failed while the job ran \(QuantumComputerError\)/),
    });
    expect(house.server.charged()).toBeGreaterThan(0);
    expect(house.desk.ledger()[0]?.settled_usd).toBeCloseTo(house.server.charged(), 4);
    expect(isRight(three, await house.desk.measure(three, CAMPAIGN))).toBe(true);
    expect(house.desk.jobs()).toMatchObject([
      { state: "ended", circuits: 3 },
      { state: "done", circuits: 3 },
    ]);
  });

  it.each(["ionq", "ibm"] as const)(
    "%s: a result that lacks a circuit is read again, and is none",
    async (provider) => {
      await using patient = await openProviderHouse(provider, { faults: once("results", { kind: "short" }) });
      const three = of(provider, [1, 2, 5]);
      expect(isRight(three, await patient.desk.measure(three, CAMPAIGN))).toBe(true);
      await using house = await openProviderHouse(provider, {
        faults: once("results", { kind: "short" }, 100),
      });
      expect(await house.desk.measure(three, CAMPAIGN)).toMatchObject({ by: "simulator" });
      // It was made and is paid for: neither sent again nor forgotten.
      expect(house.desk.jobs()).toMatchObject([{ state: "sent" }]);
      await house.desk.refresh(provider);
      expect(house.desk.ledger()[0]?.settled_usd).toBeCloseTo(house.server.charged(), 4);
      expect(house.server.jobs).toHaveLength(1);
    },
  );

  it("of which one has fewer shots than were asked for tell how many are lost, once a job", async () => {
    await using house = await openProviderHouse("ionq");
    const answer = await house.desk.measure(of("ionq", [1, 2, 1]), CAMPAIGN);
    expect(answer).not.toHaveProperty("lostShots");
    const { db } = house.notebook;
    const done = db.one(db.sql.selectFrom("device_event").selectAll().where("kind", "=", "done"));
    const body = JSON.parse(done!.body);
    body.circuits[0][0][1] -= 7;
    const { id: _, ...event } = done!;
    house.notebook.transaction(() => db.insert("device_event", { ...event, body: JSON.stringify(body) }));
    const fewer = await house.live().desk.measure(of("ionq", [1, 2, 1]), CAMPAIGN);
    expect(fewer).toMatchObject({ by: "device", lostShots: 7 });
  });

  it.each(["job_usd", "account_usd"] as const)(
    "are not sent under limits that are lower than when they were reserved: %s",
    async (limit) => {
      const faults = once("submit", { kind: "status", status: 401 });
      await using house = await openProviderHouse("ionq", { faults });
      const { desk, server } = house;
      await expect(desk.measure(of("ionq", [1, 2]), CAMPAIGN)).rejects.toThrow(/does not authenticate/);
      expect(desk.jobs()).toMatchObject([{ state: "sending" }]);
      const lower = { job_usd: 40, campaign_usd: 40, day_usd: 40, account_usd: 40 };
      const limits = limit === "job_usd" ? { ...GENEROUS, job_usd: 40 } : lower;
      desk.enable("ionq", { ...server.place, limits });
      expect(await house.live().desk.measure(of("ionq", [1, 2]), CAMPAIGN)).toEqual({
        by: "simulator",
        reason: "it would cost 51.58 USD and the limit of a job is 40.00 USD",
      });
      expect(server.jobs).toHaveLength(0);
      expect(desk.jobs()).toMatchObject([{ state: "ended" }]);
      expect(desk.ledger()).toMatchObject([{ settled_usd: 0 }]);
    },
  );

  /** A house of IonQ's with another driver. */
  const withDriver = async (change: (own: Provider) => Partial<Provider>) => {
    const open = vi.spyOn(OPEN_PROVIDER, "ionq");
    open.mockImplementation((access) => {
      const own = openIonq(access);
      return { ...own, ...change(own) };
    });
    onTestFinished(() => open.mockRestore());
    return openProviderHouse("ionq");
  };

  it("are looked up by name where the answer to a job has the id of another one", async () => {
    let first: SentJob | undefined;
    await using house = await withDriver((own) => ({
      async send(...job) {
        const sent = await own.send(...job);
        first ??= sent;
        return first;
      },
    }));
    // Of other shots, and so two jobs.
    const answer = await house.live().desk.measure(of("ionq", [1, 3]), CAMPAIGN);
    expect(isRight(of("ionq", [1, 3]), answer)).toBe(true);
    expect(jobIds(idOf(answer)).sort()).toEqual(house.server.jobs.map(({ id }) => id).sort());
    expect(house.server.jobs).toHaveLength(2);
  });

  it.each([-1e6, -1e-9, 1e300])("stay reserved under a bill of %d USD, and are counts", async (value) => {
    const bill: Money = { value, unit: "usd" };
    await using house = await withDriver(() => ({ bill: async () => bill }));
    const answer = await house.live().desk.measure(of("ionq", [1, 2]), CAMPAIGN);
    expect(isRight(of("ionq", [1, 2]), answer)).toBe(true);
    expect(house.desk.ledger()).toMatchObject([
      { settled_usd: null, alarms: [`the bill is no cost that can be counted: ${value} usd`] },
    ]);
  });
});
