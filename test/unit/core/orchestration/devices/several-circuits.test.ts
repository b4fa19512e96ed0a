/** Circuits that are measured together: in few jobs, found again however they were sent, and never taken for one another. */
import { describe, expect, it } from "vitest";
import { measuredBefore } from "#core/orchestration/devices/measured-before.ts";
import type { JobAnswer } from "#core/quantum/measurement/at-hand.ts";
import { REMOTE_BACKENDS, type RemoteName } from "#shared/quantum/backend-names.ts";
import { jobIds } from "#shared/quantum/circuit-ids.ts";
import type { Fault, ServerStep } from "../../../../../src/qpu-server/faults.ts";
import { asked, isRight, openProviderHouse, SERVED } from "./device-house.ts";

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
});
