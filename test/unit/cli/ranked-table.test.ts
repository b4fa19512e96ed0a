import { expect, it } from "vitest";
import { notRanked, notRankedTable } from "../../../src/cli/not-ranked.ts";
import { componentsSentence, rankedColumns } from "../../../src/cli/ranked-table.ts";
import { candidate, campaign as ethanols } from "../core/export/rows.ts";

const given = { name: "a salt", data: {} };

it("What is computed of a salt is said under the ranking, with the name it was given", () => {
  const { proposal } = candidate(0);
  const salt = candidate(0, { proposal: { ...proposal, smiles: "CCO.[Na+].[Cl-]", given } });
  expect(componentsSentence([candidate(1), salt])).toBe(
    "Of several components one is computed: a salt as CCO.",
  );
  expect(componentsSentence([candidate(1)])).toBeNull();
});

it("What relaxed the molecule that a number is of stands beside it", () => {
  const asMade = candidate(0);
  const evaluation = structuredClone(asMade.evaluation!);
  const [name, molecule] = Object.entries(evaluation.states)[0]!;
  const optimisation = { outcome: "converged" };
  const states = { [name]: { ...molecule, basis: "6-31G*", optimisation } } as never;
  const relaxed = { ...asMade, evaluation: { ...evaluation, states } };
  const column = rankedColumns(ethanols.settings.evaluation, [relaxed]).find(
    ({ title }) => title === "geometry",
  );
  expect(column?.text(relaxed)).toBe(`${column?.text(asMade)}, then Hartree–Fock/6-31G*`);
});

it("A molecule without a rank has the name it was given before its structure", () => {
  const failed = { ...candidate(0), state: "failed" as const, failure: { stage: "embed", reason: "none" } };
  const named = { ...failed, proposal: { ...failed.proposal, given } };
  expect(notRankedTable(notRanked([named]))).toContain("a salt: CCO");
});
