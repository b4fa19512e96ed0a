/** Two definitions of one kind share a property id; a rung by one of them is not of the campaign's property. */
import { describe, expect, it } from "vitest";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { directionOf, isOwnRung, levelOf, levelTitle, rungOrders } from "#shared/campaign/rungs.ts";
import { isSameProperty } from "#shared/properties/find.ts";
import { defined, FIRST, SECOND } from "./own-rungs.ts";

describe("a rung of another definition", () => {
  const settings = CampaignSettings.parse({
    name: "climb",
    evaluation: { property: "own-formula", definition: FIRST, basis: "def2-svp" },
    rungs: [
      { keep: 5, definition: SECOND },
      { keep: 4, definition: FIRST, basis: "sto-3g" },
      { keep: 3, basis: "sto-3g" },
    ],
  });

  it("has its definition's basis set and direction, and says its symbol", () => {
    expect(levelOf(settings, 0)).toMatchObject({ definition: { id: "second" }, basis: "6-31g" });
    expect(directionOf(settings, 0)).toBe("minimise");
    expect(levelTitle(settings, 0)).toBe("S by MP2/6-31g");
    expect(rungOrders(settings).map(({ isOwn }) => isOwn)).toEqual([true, true, true, false]);
  });

  it("is told from one of the campaign's own, said again or not", () => {
    for (const rung of [1, 2]) {
      expect(isOwnRung(settings, rung)).toBe(true);
      expect(levelOf(settings, rung)).toEqual({ ...settings.evaluation, basis: "sto-3g" });
      expect(directionOf(settings, rung)).toBe("maximise");
      expect(levelTitle(settings, rung)).toBe("MP2/sto-3g");
    }
  });

  it("takes the definition's basis set where the campaign's property is a known one", () => {
    const known = CampaignSettings.parse({
      name: "climb",
      rungs: [{ keep: 5, property: "own-formula", definition: SECOND }],
    });
    expect(levelOf(known, 0).basis).toBe("6-31g");
  });
});

it("a definition is the same whatever order its members stand in", () => {
  const { states, ...others } = defined(FIRST);
  const reversed = { states: Object.fromEntries(Object.entries(states).toReversed()), ...others };
  const of = (definition: typeof others & { states: typeof states }) =>
    ({ property: "own-formula", definition }) as const;
  expect(isSameProperty(of(reversed), of({ ...others, states }))).toBe(true);
  expect(isSameProperty(of(reversed), of({ ...others, states, title: "Another" }))).toBe(false);
});
