import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { RemoteName } from "#shared/quantum/backend-names.ts";
import {
  asked,
  isRight,
  Killed,
  openHouseOf,
  resources,
} from "../../../unit/core/orchestration/devices/device-house.ts";
import { outliveIn, schedules } from "../../../unit/core/orchestration/devices/fault-schedules.ts";
import { serveAbacus } from "./abacus-server.ts";

/** The lines of the tables. */
vi.mock("#core/quantum/backends/registry.ts", async (original) => {
  const { openAbacus } = await import("./abacus.ts");
  const tables = await original<typeof import("#core/quantum/backends/registry.ts")>();
  return { ...tables, OPEN_PROVIDER: { ...tables.OPEN_PROVIDER, abacus: openAbacus } };
});
vi.mock("#core/quantum/backends/provider-errors.ts", async (original) => {
  const errors = await original<typeof import("#core/quantum/backends/provider-errors.ts")>();
  const requestError: typeof errors.requestError = (_, status) =>
    status === 429
      ? { remedy: "retry", means: "too many requests" }
      : status === 402 || status === 404
        ? { remedy: "fall-back", means: "refused" }
        : errors.requestError("ionq", status);
  return { ...errors, requestError };
});

/** Known to the compiler only where it stands in the table itself. */
const abacus = "abacus" as RemoteName;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-driver-"));
  cpSync(join(resources, "qpu"), join(folder, "qpu"), { recursive: true });
  const file = join(folder, "qpu", "prices.json");
  const table = JSON.parse(readFileSync(file, "utf8"));
  const price = {
    provider: "abacus",
    device: "*",
    task_usd: 0,
    shot_usd: 0.01,
    source: "toy",
    grade: "P",
    date: "2026-12-01",
  };
  writeFileSync(file, JSON.stringify({ ...table, prices: [...table.prices, price] }));
});
afterAll(() => rmSync(folder, { recursive: true }));

const jobs = () => asked("beads-1", [1, 2], abacus);
const open = (options: object = {}) => openHouseOf(abacus, serveAbacus, { resources: folder, ...options });

describe("a driver that a stranger adds", () => {
  it("keeps the order of bits", async () => {
    await using house = await open();
    const answer = await house.desk.measure(jobs(), { campaign: "c" });
    expect(answer).toMatchObject({ by: "device", calibration: { id: "2026-11-30" } });
    expect(isRight(jobs(), answer)).toBe(true);
  });

  it("is killed at every step once, and no job is lost, sent twice or paid twice", async () => {
    for (let killAt = 0; ; killAt++) {
      await using house = await open({ queue_ms: 2000, run_ms: 1000 });
      const died = await house
        .live(killAt)
        .desk.measure(jobs(), { campaign: "c" })
        .then(
          () => false,
          (error: unknown) => {
            if (error instanceof Killed) return true;
            throw error;
          },
        );
      if (died) expect((await house.live().desk.measure(jobs(), { campaign: "c" })).by).toBe("device");
      expect(house.server.jobs).toHaveLength(2);
      const paid = house.desk.ledger().reduce((sum, { settled_usd }) => sum + settled_usd!, 0);
      expect(paid).toBeCloseTo(house.server.charged(), 4);
      expect(paid).toBe(4);
      if (died) continue;
      expect(killAt).toBeGreaterThan(25);
      return;
    }
  });

  it("outlives 60 random schedules of faults and kills with the books that the provider has", async () => {
    const outlive = outliveIn({ provider: abacus, jobs, open });
    await fc.assert(fc.asyncProperty(schedules, outlive), { numRuns: 60, seed: 21 });
  });
});
