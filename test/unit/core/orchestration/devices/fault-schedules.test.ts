import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { REMOTE_BACKENDS } from "#shared/quantum/backend-names.ts";
import { isRight, Killed, openProviderHouse, severalCircuits } from "./device-house.ts";
import { outlive, schedules } from "./fault-schedules.ts";

describe("jobs under faults and kills", () => {
  it.each(REMOTE_BACKENDS)(
    "%s: are killed at every step once, and none is lost, sent twice or paid twice",
    async (provider) => {
      const jobs = severalCircuits(provider);
      for (let killAt = 0; ; killAt++) {
        await using house = await openProviderHouse(provider, { queue_ms: 2000, run_ms: 1000 });
        const first = house.live(killAt);
        const died = await first.desk.measure(jobs, { campaign: "c" }).then(
          () => false,
          (error: unknown) => {
            if (error instanceof Killed) return true;
            throw error;
          },
        );
        if (died) expect(isRight(jobs, await house.live().desk.measure(jobs, { campaign: "c" }))).toBe(true);
        expect(house.server.jobs).toHaveLength(provider === "ibm" ? 1 : 2);
        const ledger = house.desk.ledger();
        expect(ledger.reduce((sum, { settled_usd }) => sum + settled_usd!, 0)).toBeCloseTo(
          house.server.charged(),
          4,
        );
        if (died) continue;
        // As many steps as there are in one life: each was a place to die.
        expect(killAt).toBeGreaterThan(20);
        return;
      }
    },
  );

  it.each(REMOTE_BACKENDS)(
    "%s: in 60 random schedules the ledger is what the provider charged, and no job is there twice",
    async (provider) => {
      await fc.assert(fc.asyncProperty(schedules, outlive(provider)), { numRuns: 60, seed: 21 });
    },
  );
});
