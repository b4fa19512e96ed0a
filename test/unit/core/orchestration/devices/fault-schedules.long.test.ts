import fc from "fast-check";
import { describe, it } from "vitest";
import { REMOTE_BACKENDS } from "#shared/quantum/backend-names.ts";
import { outlive, schedules } from "./fault-schedules.ts";

describe("jobs under faults and kills, at length", () => {
  it.each(REMOTE_BACKENDS)(
    "%s: in 1,000 random schedules the ledger is what the provider charged, and no job is there twice",
    async (provider) => {
      await fc.assert(fc.asyncProperty(schedules, outlive(provider)), { numRuns: 1000 });
    },
  );
});
