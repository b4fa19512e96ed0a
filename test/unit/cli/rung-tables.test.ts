/** Numbers of a cheaper rung that are of another property, or of another definition, do not stand under the campaign's title. */
import { describe, expect, it } from "vitest";
import { toCsv } from "#core/export/csv.ts";
import { Campaign } from "#shared/campaign/campaign.ts";
import { PropertyDefinition } from "#shared/properties/definition.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { ELECTRON_VOLT_PER_HARTREE } from "#shared/units.ts";
import { candidateEntries } from "../../../src/cli/candidates-document.ts";
import { candidateTable } from "../../../src/cli/commands/notebook/candidate-table.ts";
import { rankedColumns, rowDocument } from "../../../src/cli/ranked-table.ts";
import { candidate, campaign as ethanols } from "../core/export/rows.ts";
import { asIonisation } from "../core/vertical-ionisation.ts";
import { defined, FIRST, SECOND } from "../shared/campaign/own-rungs.ts";

const { neutral } = asIonisation(candidate(0).evaluation!);
const campaign = Campaign.parse({
  ...ethanols,
  settings: {
    ...ethanols.settings,
    evaluation: { property: "own-formula", definition: FIRST },
    rungs: [{ keep: 1, definition: SECOND }],
  },
});

const evaluated = (definition: typeof FIRST | typeof SECOND, value: number) => ({
  outcome: "converged",
  property: "own-formula",
  definition: defined(definition),
  states: { neutral },
  values: { ownProperty_hartree: value, ownPropertyHartreeFock_hartree: value },
  alternatives: [{ name: "shape 1", value, weight: 1 }],
});
const dear = candidate(0, {
  rung: 1,
  evaluation: evaluated(FIRST, 0.5),
  values: { "own-formula": 0.5 },
});
const cheap = candidate(1, { rank: 2, evaluation: evaluated(SECOND, 0.25), values: { "own-formula": 0.25 } });
const asked = campaign.settings.evaluation;
const DEAR_EV = 0.5 * ELECTRON_VOLT_PER_HARTREE;

describe("a number of another definition", () => {
  it("is in no column of the export", () => {
    const [head = "", ...lines] = toCsv(
      [dear, cheap].map((row) => ({ candidate: row, campaign, program: "" })),
    )
      .trim()
      .split("\n");
    const place = head.split(",").indexOf("first_mp2_ev");
    expect(lines.map((line) => line.split(",")[place])).toEqual([DEAR_EV.toFixed(6).replace(/0+$/, ""), ""]);
  });

  it("is in no column of the ranked table, and no member of its document", () => {
    const column = rankedColumns(asked, [dear, cheap]).find(({ title }) => title === "First(MP2)/eV");
    expect([dear, cheap].map((row) => column?.text(row))).toEqual([DEAR_EV.toFixed(3), "–"]);
    expect(rowDocument({ evaluation: asked, rungs: [] }, dear)).toMatchObject({ first_hartree: 0.5 });
    expect(rowDocument({ evaluation: asked, rungs: [] }, cheap)).toMatchObject({
      first_hartree: undefined,
      first_eV: null,
    });
  });

  it("is none of what became of each molecule", () => {
    const property = declarationOf(asked);
    const none = new Map();
    const known = { property, campaign, certainty: none, climbs: none, warnings: none };
    const entries = candidateEntries([dear, cheap], known);
    expect(entries.map(({ value }) => value)).toEqual([expect.closeTo(DEAR_EV, 9), null]);
  });

  it("has a column of its own where candidates are listed", () => {
    const [head, first, second] = candidateTable([dear, cheap], undefined, [campaign]).split("\n");
    expect(head).toMatch(/F\/eV +S\/eV/);
    expect(first).toContain(DEAR_EV.toFixed(3));
    expect(second).toMatch(new RegExp(`– +${(DEAR_EV / 2).toFixed(3)}`));
  });
});

it("tells what relaxed the geometry that numbers are at", () => {
  const method = "openchemlib 9.25.0 conformer + MMFF94";
  const made = { ...dear, conformer: { method } } as typeof dear;
  const textOf = (evaluation: typeof campaign.settings.evaluation) =>
    rankedColumns(asked, [made], { settings: { evaluation, rungs: [] } })
      .find(({ title }) => title === "geometry")
      ?.text(made);
  const { evaluation } = campaign.settings;
  expect(textOf(evaluation)).toBe("MMFF94");
  expect(textOf({ ...evaluation, relaxed: "hartree-fock" })).toBe("MMFF94, then Hartree–Fock/6-31G*");
});

it("tells alternatives in the unit of what was computed", () => {
  const parts = [{ property: "triplet-energy", desirability: { shape: "larger", low: 0, high: 1 } }];
  const definition = PropertyDefinition.parse({ kind: "composite", id: "score", title: "Score", parts });
  expect(
    rowDocument({ evaluation: { ...asked, property: "own-composite", definition }, rungs: [] }, dear),
  ).toMatchObject({
    alternatives: [{ name: "shape 1", value_eV: expect.closeTo(DEAR_EV, 9) }],
  });
});
