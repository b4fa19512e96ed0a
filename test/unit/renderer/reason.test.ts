import { expect, it } from "vitest";
import { reasonOf } from "../../../src/renderer/src/features/candidates/reason.ts";

it("the reason beside a state names the rule with the alert, the stage with its failure, and nothing where all went well", () => {
  const nothing = { rejection: null, failure: null };
  expect(reasonOf({ ...nothing, rejection: { rule: "alert:brenk", detail: "aldehyde" } })).toBe(
    "alert:brenk: aldehyde",
  );
  expect(reasonOf({ ...nothing, failure: { stage: "embed", reason: "no geometry" } })).toBe(
    "embed: no geometry",
  );
  expect(reasonOf({ ...nothing, noValue: "not bound" })).toBe("not bound");
  expect(reasonOf({ ...nothing, recoveredAt: "at the next conformer" })).toBe(
    "numbers at the next conformer",
  );
  expect(reasonOf(nothing)).toBeUndefined();
});
