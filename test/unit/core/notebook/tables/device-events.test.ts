import { describe, expect, it } from "vitest";
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
    expect(job.result?.counts).toEqual([[3, 500]]);
    expect(deviceJobs(db).map(({ job: name }) => name)).toEqual(["a"]);
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
