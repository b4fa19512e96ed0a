import { describe, expect, it } from "vitest";
import { NotebookEvent } from "#core/notebook/proof/event.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { ModelSource } from "#shared/campaign/sources/model.ts";

const campaign = "00000000-0000-4000-8000-000000000001";
const settings = CampaignSettings.parse({ name: "now" });
const parsed = (written: unknown) =>
  NotebookEvent.parse({ kind: "campaign-created", campaign, settings: written });

describe("the settings in a campaign's first event", () => {
  it("stay without what was not written, in the order of the schema", () => {
    const { temperature, count, model } = ModelSource.parse({});
    const written = { generation: { count, temperature, model }, name: "then" };
    const event = parsed(written);
    expect("settings" in event && JSON.stringify(event.settings)).toBe(
      JSON.stringify({ name: "then", generation: { model, temperature, count } }),
    );
  });

  it("are the same text as when they were appended, nulls and lists included", () => {
    const event = parsed(JSON.parse(JSON.stringify(settings)));
    expect("settings" in event && JSON.stringify(event.settings)).toBe(JSON.stringify(settings));
  });

  it("are refused where they are no settings, with the path", () => {
    expect(() => parsed({ name: "x", generation: { count: 0 } })).toThrow(/generation/);
  });
});
