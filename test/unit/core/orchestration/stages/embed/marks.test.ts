import { afterAll, expect, it } from "vitest";
import { listCampaigns } from "../evaluate/list-campaigns.ts";

const campaigns = listCampaigns(["FF", "[F:1][F:3]", "[F:1]F", "[F:1][F:2]"]);
afterAll(() => campaigns[Symbol.dispose]());

const LEVEL = { basis: "sto-3g", activeSpace: { nelec: 2, norb: 2 } };

it("a row whose maps mark no bond is refused with the reason, not parted at its weakest one", async () => {
  const { details } = await campaigns.run({ ...LEVEL, property: "bond-dissociation-energy" });
  const became = details.map(({ proposal: { smiles }, state, failure }) => [smiles, state, failure?.reason]);
  const refused = (smiles: string) => [
    smiles,
    "failed",
    expect.stringContaining(
      `${smiles} marks no bond of FF: expected :1 and :2, once each, on two bonded atoms`,
    ),
  ];
  expect(became).toEqual([
    ["FF", "evaluated", undefined],
    refused("[F:1][F:3]"),
    refused("[F:1]F"),
    ["[F:1][F:2]", "evaluated", undefined],
  ]);
}, 60_000);

it("so it is where the bond is a part of a composite", async () => {
  const definition = {
    kind: "composite",
    id: "firm",
    title: "Firm",
    parts: [
      {
        property: "bond-dissociation-energy",
        basis: "sto-3g",
        weight: 1,
        desirability: { shape: "larger", low: 0, high: 100 },
      },
    ],
  };
  const { details } = await campaigns.run({ ...LEVEL, property: "own-composite", definition });
  expect(details.map(({ state }) => state)).toEqual(["evaluated", "failed", "failed", "evaluated"]);
}, 60_000);

it("of a property that no bond decides maps say nothing", async () => {
  using others = listCampaigns(["FF", "[F:1][F:3]", "[F:1]F", "[F:1][F:2]", "[H:1]O[H:2]"]);
  const { details } = await others.run({ ...LEVEL, property: "vertical-ionisation-energy" });
  expect(details.map(({ state, rejection }) => rejection?.rule ?? state)).toEqual([
    ...["evaluated", "duplicate", "duplicate", "evaluated"],
    // Its marks are on no bond.
    "evaluated",
  ]);
}, 60_000);
