import fc from "fast-check";
import { describe, it } from "vitest";
import { outlive, schedules } from "./fault-schedules.ts";

describe("jobs under faults and kills, at length", () => {
  it("in 1,000 random schedules the ledger is what the provider charged, and no job is there twice", async () => {
    await fc.assert(fc.asyncProperty(schedules, outlive), { numRuns: 1000 });
  });
});
