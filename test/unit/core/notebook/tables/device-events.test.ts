import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Database, openDatabase } from "#core/notebook/file/database.ts";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import {
  addDeviceEvent,
  committedMoney,
  type DeviceEvent,
  deviceAccess,
  deviceEgress,
  deviceJob,
  deviceJobs,
  jobRow,
  ledgerRow,
} from "#core/notebook/tables/device-events.ts";
import { uniformNumbers } from "#shared/random.ts";

let now = "2026-11-30T12:00:00.000Z";
const open = (): Notebook =>
  openNotebook({ path: ":memory:", mode: "create", clock: () => new Date(now), program: "test 1" });
const add = (notebook: Notebook, event: DeviceEvent, at = now): void =>
  notebook.transaction(() => addDeviceEvent(notebook.db, new Date(at), event));

const reserved = (job: string, usd: number, campaign = "c", destination?: string): DeviceEvent => ({
  provider: "ionq",
  job,
  kind: "reserved",
  usd,
  body: {
    ...{ device: "qpu.forte-1", campaign, shots: 500, estimate: "table" },
    ...(destination && { destination }),
  },
});
const settled = (job: string, usd: number): DeviceEvent => ({
  provider: "ionq",
  job,
  kind: "settled",
  usd,
  body: {},
});

describe("what was asked of devices", () => {
  it("is a job that goes on, event by event", () => {
    using notebook = open();
    const { db } = notebook;
    const state = () => deviceJob(db, "a")?.state;
    expect(state()).toBeUndefined();
    add(notebook, reserved("a", 1.5));
    expect(state()).toBe("reserved");
    const body = { destination: "d", purpose: "submit" as const, sha256: "0", bytes: 7, approval: "then" };
    add(notebook, { provider: "ionq", job: "a", kind: "egress", body });
    expect(state()).toBe("sending");
    expect(deviceEgress(db)).toEqual([{ at: now, provider: "ionq", job: "a", ...body }]);
    const attached = { vendorId: "v", by: "sent" as const, tls: null };
    add(notebook, { provider: "ionq", job: "a", kind: "attached", body: attached });
    expect(deviceJob(db, "a")).toMatchObject({ state: "sent", vendorId: "v", settled_usd: null });
    const calibration = { id: null, readout01: 0, readout10: 0 };
    add(notebook, { provider: "ionq", job: "a", kind: "done", body: { counts: [[3, 500]], calibration } });
    add(notebook, { provider: "ionq", job: "a", kind: "alarm", body: { reason: "no cost" } });
    add(notebook, settled("a", 1.25));
    const job = deviceJob(db, "a")!;
    expect(jobRow(job)).toMatchObject({ state: "done", reason: null, device: "qpu.forte-1" });
    expect(ledgerRow(job)).toMatchObject({ reserved_usd: 1.5, settled_usd: 1.25, alarms: ["no cost"] });
    expect(job.result?.circuits).toEqual([[[3, 500]]]);
    expect(deviceJobs(db).map(({ job: name }) => name)).toEqual(["a"]);
  });

  it("reads events of the time when a job was one circuit", () => {
    using notebook = open();
    const { db } = notebook;
    const of = { at: now, provider: "ionq", job: "a", micro_usd: null };
    const reservation = {
      destination: "d",
      device: "qpu.forte-1",
      campaign: "c",
      shots: 500,
      estimate: "table",
    };
    const calibration = { id: "k", readout01: 0.01, readout10: 0.02 };
    const result = {
      counts: [
        [3, 499],
        [1, 1],
      ],
      calibration,
    };
    notebook.transaction(() => {
      db.insert("device_event", {
        ...of,
        kind: "reserved",
        micro_usd: 1e6,
        body: JSON.stringify(reservation),
      });
      db.insert("device_event", { ...of, kind: "done", body: JSON.stringify(result) });
    });
    expect(deviceJob(db, "a")).toMatchObject({ state: "done", circuits: 1, shots: 500 });
    expect(deviceJob(db, "a")?.result).toEqual({ circuits: [result.counts], calibration });
  });

  it("adds up what is committed: bills, and what no bill has settled, by campaign, day and provider", () => {
    using notebook = open();
    const { db } = notebook;
    const asked = { provider: "ionq", destination: "https://a", campaign: "c", day: "2026-11-30" };
    expect(committedMoney(db, asked)).toEqual({ campaign_usd: 0, day_usd: 0, account_usd: 0 });
    // One of an older notebook, without an address, counts for each.
    add(notebook, reserved("a", 10));
    add(notebook, reserved("b", 20, "c", "https://a"));
    add(notebook, reserved("g", 7, "c", "https://b"));
    add(notebook, settled("b", 0));
    add(notebook, reserved("d", 40, "another"));
    add(notebook, settled("d", 30.25));
    add(notebook, reserved("e", 100), "2026-11-29T23:59:59.999Z");
    add(notebook, { ...reserved("f", 1000), provider: "ibm" });
    expect(committedMoney(db, asked)).toEqual({ campaign_usd: 110, day_usd: 40.25, account_usd: 140.25 });
  });

  it("rounds money up to a millionth", () => {
    using notebook = open();
    add(notebook, reserved("a", 0.1 + 0.2));
    add(notebook, reserved("b", 1e-9 + 2e-6));
    expect(deviceJobs(notebook.db).map(({ reserved_usd }) => reserved_usd)).toEqual([0.3, 3e-6]);
  });

  it("is listed as a connection that never saw it lists it, whatever was added in between", () => {
    const folder = mkdtempSync(join(tmpdir(), "ansatz-device-events-"));
    const path = join(folder, "notebook.sqlite");
    const body = { destination: "d", purpose: "submit" as const, sha256: "0", bytes: 7, approval: "then" };
    const calibration = { id: null, readout01: 0, readout10: 0 };
    const eventsOf = (job: string): DeviceEvent[] => [
      { ...reserved(job, 1), provider: job === "e" ? "ibm" : "ionq" },
      { provider: "ionq", job, kind: "egress", body },
      { provider: "ionq", job: null, kind: "disabled", body: {} },
      { provider: "ionq", job, kind: "attached", body: { vendorId: `v${job}`, by: "sent", tls: null } },
      { provider: "ionq", job, kind: "done", body: { counts: [[1, 5]], calibration } },
      { provider: "ionq", job, kind: "alarm", body: { reason: "no cost" } },
      settled(job, 0.5),
      { provider: "ionq", job, kind: "ended", body: { reason: "it was late" } },
    ];
    {
      using notebook = openNotebook({ path, mode: "create", clock: () => new Date(now), program: "test 1" });
      const names = ["d", "a", "e", "b"];
      const left = new Map(names.map((job) => [job, eventsOf(job)]));
      const random = uniformNumbers(4);
      while (left.size > 0) {
        const job = [...left.keys()][Math.floor(random() * left.size)]!; // one is left
        const [next, ...rest] = left.get(job)!; // never empty
        if (rest.length > 0) left.set(job, rest);
        else left.delete(job);
        // One that is taken back leaves nothing.
        const undone = () =>
          notebook.transaction(() => {
            addDeviceEvent(notebook.db, new Date(now), settled(job, 9));
            addDeviceEvent(notebook.db, new Date(now), reserved("taken back", 9));
            deviceJobs(notebook.db);
            throw new Error("taken back");
          });
        expect(undone).toThrow("taken back");
        add(notebook, next!);
        using fresh = openDatabase(path, { readonly: true });
        expect(deviceJobs(notebook.db)).toEqual(deviceJobs(fresh));
        expect(deviceJobs(notebook.db, "ionq")).toEqual(deviceJobs(fresh, "ionq"));
      }
      const jobs = deviceJobs(notebook.db);
      expect(jobs.map(({ job }) => job).sort()).toEqual(names.sort());
      expect(jobs.every(({ state, settled_usd }) => state === "ended" && settled_usd === 0.5)).toBe(true);
    }
    rmSync(folder, { recursive: true });
  });

  it("costs what was added when it is listed again", () => {
    using notebook = open();
    let rows = 0;
    const db: Database = {
      ...notebook.db,
      all: (query) => {
        const found = notebook.db.all(query);
        rows += found.length;
        return found;
      },
      *each(query) {
        for (const row of notebook.db.each(query)) {
          rows++;
          yield row;
        }
      },
    };
    for (let k = 0; k < 100; k++) add(notebook, reserved(`${k}`, 1));
    expect(deviceJobs(db)).toHaveLength(100);
    expect(rows).toBe(100);
    deviceJobs(db);
    expect(rows).toBe(100);
    add(notebook, settled("7", 2));
    expect(deviceJobs(db).find(({ job }) => job === "7")?.settled_usd).toBe(2);
    // The new one, and both of its job.
    expect(rows).toBe(103);
  });

  it("is never changed and never taken away", () => {
    using notebook = open();
    add(notebook, reserved("a", 10));
    const run = (sql: string) => notebook.db.guard((connection) => connection.prepare(sql).run());
    expect(() => run("UPDATE device_event SET micro_usd = 0")).toThrow(/only added to/);
    expect(() => run("DELETE FROM device_event")).toThrow(/only added to/);
    expect(deviceJob(notebook.db, "a")?.reserved_usd).toBe(10);
  });

  it("lets a provider be used from when a person enabled it until they disabled it", () => {
    using notebook = open();
    const { db } = notebook;
    expect(deviceAccess(db, "ionq")).toBeUndefined();
    const limits = { job_usd: 1, campaign_usd: 2, day_usd: 3, account_usd: 4 };
    const body = { baseUrl: "https://api.ionq.co/v0.4", limits };
    add(notebook, { provider: "ionq", job: null, kind: "enabled", body });
    expect(deviceAccess(db, "ionq")).toEqual({ access: body, enabledAt: now });
    expect(deviceAccess(db, "ibm")).toBeUndefined();
    add(notebook, { provider: "ionq", job: null, kind: "disabled", body: {} });
    expect(deviceAccess(db, "ionq")).toBeUndefined();
    now = "2026-12-01T00:00:00.000Z";
    add(notebook, {
      provider: "ionq",
      job: null,
      kind: "enabled",
      body: { ...body, limits: { ...limits, job_usd: 9 } },
    });
    expect(deviceAccess(db, "ionq")?.access.limits.job_usd).toBe(9);
  });
});
