import { describe, expect, it } from "vitest";
import { type Campaign, CampaignSettings, isActive } from "#shared/campaign/campaign.ts";
import { DEFAULT_PROPERTY } from "#shared/properties/find.ts";
import {
  bestOf,
  canResume,
  methodOf,
  progressText,
  progressTitle,
  proposedTitle,
  shareDone,
} from "../../../src/renderer/src/text/summary.ts";

const settings = CampaignSettings.parse({ name: "x" });
const counts = { proposed: 0, rejected: 0, passed: 0, embedded: 0, evaluated: 0, failed: 0, shortlisted: 0 };
const states = [
  "queued",
  "running",
  "succeeded",
  "failed",
  "cancelled",
] as const satisfies Campaign["state"][];

describe("a campaign in short", () => {
  it("names the method as the literature writes it", () => {
    expect(methodOf(settings)).toBe("MP2/6-31G");
    const byVqe = { ...settings.evaluation, propertySettings: { method: "vqe" } };
    expect(methodOf({ evaluation: byVqe })).toBe("VQE-UCCSD(4e,4o)/6-31G");
    const evaluation = { ...byVqe, basis: "def2-svp", activeSpace: null };
    expect(methodOf({ evaluation })).toBe("VQE-UCCSD(largest that fits)/def2-SVP");
  });

  it("says what rank 1 is", () => {
    expect([bestOf(DEFAULT_PROPERTY, "maximise"), bestOf(DEFAULT_PROPERTY, "minimise")]).toEqual([
      "1 = highest IE",
      "1 = lowest IE",
    ]);
  });

  it("says what goes on only where it would be told of a change", () => {
    const progress = { phase: "filter", done: 0, total: null, message: "" };
    expect(progressTitle({ state: "running" }, progress, true)).toBe("Filtering");
    expect(progressTitle({ state: "running" }, null, true)).toBe("Working");
    expect(progressTitle({ state: "queued" }, null, true)).toBe("Waiting to start");
    expect(progressTitle({ state: "running" }, progress, false)).toBe("Last seen");
  });

  it("counts molecules where one job writes them all", () => {
    const progress = { phase: "propose", done: 7, total: settings.generation.count, message: "sampling" };
    expect(progressText(progress, settings)).toBe(`sampling: 7 of ${settings.generation.count}`);
    expect(progressText({ ...progress, total: 20 }, settings), "a part of them").toBe("sampling");
    expect(progressText({ ...progress, phase: "embed" }, settings)).toBe("sampling");
  });

  it("says beside fewer proposals than were asked for how many these were", () => {
    const { count } = settings.generation;
    expect(proposedTitle({ settings, counts: { ...counts, proposed: count } })).toBe("proposed");
    expect(proposedTitle({ settings, counts: { ...counts, proposed: count - 1 } })).toBe(
      `of ${count} proposed`,
    );
  });

  it("can be cancelled while it is active and resumed after it stopped short", () => {
    expect(states.filter((state) => isActive({ state }))).toEqual(["queued", "running"]);
    expect(states.filter((state) => canResume({ state, error: null }))).toEqual(["failed", "cancelled"]);
    // It waits for a person.
    expect(canResume({ state: "queued", error: "There is no key." })).toBe(true);
  });

  it("is from 0 to 1 done, whatever failed, and never goes beyond", () => {
    const { maxEvaluations } = settings.evaluation;
    const all = { ...counts, proposed: settings.generation.count };
    expect(shareDone({ settings, counts })).toBe(0);
    expect(shareDone({ settings, counts: { ...all, evaluated: maxEvaluations - 1, failed: 1 } })).toBe(1);
    expect(shareDone({ settings, counts: { ...all, evaluated: maxEvaluations, failed: 9 } })).toBe(1);
    expect(shareDone({ settings, counts: { ...all, evaluated: 1 } })).toBeLessThan(0.5);
  });
});
