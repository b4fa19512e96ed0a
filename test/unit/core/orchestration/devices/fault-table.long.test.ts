import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { REMOTE_BACKENDS } from "#shared/quantum/backend-names.ts";
import { FAULTS, faultTable, outcomeOf } from "./fault-table.ts";

describe("faults of providers", () => {
  it("come to what docs/backends.md says", async () => {
    const text = readFileSync(new URL("../../../../../docs/backends.md", import.meta.url), "utf8");
    expect(text).toContain(await faultTable());
  });

  it.each(REMOTE_BACKENDS.flatMap((provider) => FAULTS.map((row) => ({ provider, row, words: row.words }))))(
    "$provider: $words: no job is there twice, and the ledger is what was charged",
    async ({ provider, row }) => {
      const { isSentOnce, difference_usd } = await outcomeOf(provider, row);
      expect(isSentOnce).toBe(true);
      if (row.fault.kind === "unbilled") expect(difference_usd).toBeNull();
      else expect(difference_usd).toBeCloseTo(0, 4);
    },
  );
});
