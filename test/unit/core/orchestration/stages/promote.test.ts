import { describe, expect, it, vi } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { listObservations } from "#core/notebook/tables/observations.ts";
import { listPromotions, listRungNumbers } from "#core/notebook/tables/rungs.ts";
import { finishedCampaign, startCampaign } from "#core/orchestration/campaign/campaigns.ts";
import { evaluationsLeft, expectedEvaluations } from "#core/orchestration/campaign/outlook.ts";
import { recover } from "#core/orchestration/campaign/recover.ts";
import { evaluateStage } from "#core/orchestration/stages/evaluate/run.ts";
import { chooseWhoGoesUp } from "#core/orchestration/stages/promote/run.ts";
import { candidateDetail } from "#core/orchestration/views/candidate-detail.ts";
import { rankingCertainty } from "#core/orchestration/views/certainty.ts";
import { climbsOf } from "#core/orchestration/views/climbs.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import { DomainError } from "#shared/errors.ts";
import { type CampaignId, candidateId } from "#shared/ids.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";

import { CHEAP, type Hook, ionisations, MOLECULES, openBench, ranksOf, settings } from "./rung-campaigns.ts";

vi.mock("#core/generation/sampling/sample.ts", () => ({
  async *sampleMolecules(_: unknown, { first = 0, count }: { first?: number; count: number }) {
    for (let index = first; index < first + count; index++)
      yield { index, smiles: "C".repeat(index + 1), nll: 1 };
  },
}));

describe("who goes up", () => {
  it("is the best of a rung, of equals who was proposed first; who has no number stays", () => {
    const contestants = [3, 1, null, 1, 2].map((value, index) => ({ index, value }));
    expect(chooseWhoGoesUp(contestants, { keep: 2, direction: "maximise" })).toEqual({
      cut: 2,
      decisions: [
        { index: 0, value: 3, rank: 1, goesUp: true },
        { index: 4, value: 2, rank: 2, goesUp: true },
        { index: 1, value: 1, rank: 3, goesUp: false },
        { index: 3, value: 1, rank: 3, goesUp: false },
        { index: 2, value: null, rank: null, goesUp: false },
      ],
    });
    expect(chooseWhoGoesUp([{ index: 2, value: null }], { keep: 1, direction: "minimise" }).cut).toBeNull();
  });
});

describe("a campaign with rungs", () => {
  it("computes all on the cheap one, the best on the dear one, and ranks these first", async () => {
    await using bench = openBench("two.sqlite");
    const { id } = await finishedCampaign(bench, startCampaign(bench, settings()).id);
    // By the cheap level: 4, 5, 7, 1 go up, in this order; 5 fails above.
    expect(bench.computed()).toBe(MOLECULES + 4);
    expect(listPromotions(bench.notebook.db, id)).toMatchObject([
      {
        ...{ rung: 0, keep: 4, evaluationVersion: evaluateStage.version },
        decisions: [
          { index: 4, rank: 1, goesUp: true },
          { index: 5, rank: 2, goesUp: true },
          { index: 7, rank: 3, goesUp: true },
          { index: 1, rank: 4, goesUp: true },
          { index: 3, rank: 5, goesUp: false },
          { index: 0, rank: 6, goesUp: false },
          { index: 6, rank: 7, goesUp: false },
          { index: 2, rank: null, goesUp: false },
        ],
      },
    ]);
    expect(listPromotions(bench.notebook.db, id)[0]!.cut).toBeCloseTo(0.35, 10);
    expect(ranksOf(bench, id)).toEqual([
      { rank: 5, rung: 0, state: "evaluated" },
      { rank: 2, rung: 1, state: "evaluated" },
      { rank: null, rung: 0, state: "failed" },
      { rank: 4, rung: 0, state: "evaluated" },
      { rank: 3, rung: 1, state: "evaluated" },
      { rank: null, rung: 1, state: "failed" },
      { rank: 6, rung: 0, state: "evaluated" },
      { rank: 1, rung: 1, state: "evaluated" },
    ]);
    expect(ionisations(bench, id)).toEqual([0.31, 0.45, null, 0.33, 0.44, null, 0.3, 0.48]);
    expect([...(listRungNumbers(bench.notebook.db, id).get(5)?.keys() ?? [])]).toEqual([0]);
    // Over 1, 4 and 7: cheap 4 > 7 > 1, dear 7 > 1 > 4, d² = 4 + 1 + 1, so that 1 − 6·6/(3·8) = −0.5.
    expect(rankingCertainty(bench.notebook.db, id).rungs[0]).toMatchObject({
      ...{ value: "rung 1 (VQE/sto-3g)", above: "rung 2 (VQE/6-31g)", molecules: 3 },
      ...{ correlation: -0.5, top: 2, overlap: 1 },
    });
    // A surrogate of the cheap level learns from all that it evaluated, the best among them.
    const level = { settings: levelOf(settings(), 0), version: evaluateStage.version, limit: MOLECULES };
    const learned = listObservations(bench.notebook.db, level).map(
      ({ canonicalSmiles, value }) => [canonicalSmiles.length - 1, Number(value.toFixed(6))] as const,
    );
    expect(learned.toSorted(([a], [b]) => a - b).map(([, value]) => value)).toEqual(
      CHEAP.filter((value) => value !== null),
    );
    const told = climbsOf(bench.notebook.db, id);
    expect(told?.get(3)).toEqual([
      "rung 1 (VQE/sto-3g): 8.98 eV, rank 5 of 7: not among the 4 that go up (the last at 9.52 eV)",
    ]);
    expect(told?.get(4)).toEqual(["rung 1 (VQE/sto-3g): 10.34 eV, rank 1 of 7: among the 4 that go up"]);
    expect(told?.get(2)).toEqual(["rung 1 (VQE/sto-3g): no number, so it does not go up"]);
    expect(verifyNotebook(bench.path)).toMatchObject({ ok: true, findings: [] });
    // One structure in two charges is two molecules, and in one charge it is one.
    const { db } = bench.notebook;
    const { molecule } = db.one(db.sql.selectFrom("candidate").select("molecule").where("idx", "=", 0))!;
    for (const [idx, charge] of [
      [1, 1],
      [3, 1],
      [4, null],
    ] as const) {
      const change = { molecule, charge, multiplicity: charge && 2 };
      db.run(db.sql.updateTable("candidate").set(change).where("idx", "=", idx));
    }
    const species = listObservations(db, level)
      .filter(({ canonicalSmiles }) => canonicalSmiles === "C")
      .map(({ electrons, marksBond }) => ({ electrons, marksBond }));
    expect(species.toSorted((a, b) => a.electrons.charge - b.electrons.charge)).toEqual([
      { electrons: { charge: 0, multiplicity: 1 }, marksBond: false },
      { electrons: { charge: 1, multiplicity: 2 }, marksBond: false },
    ]);
  });

  it("goes the same way from wherever it was stopped, and computes nothing twice", async () => {
    await using whole = openBench("whole.sqlite");
    const undisturbed = await finishedCampaign(whole, startCampaign(whole, settings()).id);
    const expected = ranksOf(whole, undisturbed.id);
    const [promotion] = listPromotions(whole.notebook.db, undisturbed.id);
    for (const stopAt of [1, 7, 8, 9, 11]) {
      let seen = 0;
      const name = `stopped-${stopAt}.sqlite`;
      let stopped = () => {};
      const reached = new Promise<void>((resolve) => {
        stopped = resolve;
      });
      const before: Hook = async (task) => {
        if (task !== "evaluate" || seen++ < stopAt) return;
        stopped();
        throw new DOMException("the process ended", "AbortError");
      };
      let id: CampaignId;
      let computed: number;
      {
        await using bench = openBench(name, { before });
        id = startCampaign(bench, settings()).id;
        await reached;
        computed = bench.computed();
      }
      await using bench = openBench(name);
      recover(bench, { goOn: true });
      await finishedCampaign(bench, id);
      expect(ranksOf(bench, id)).toEqual(expected);
      expect(listPromotions(bench.notebook.db, id)).toEqual([promotion]);
      expect(computed + bench.computed()).toBe(MOLECULES + 4);
    }
  });

  it("knows while it runs how many evaluations are still to come on each rung", async () => {
    const seen: number[][] = [];
    await using bench = openBench("outlook.sqlite", {
      before: async (task) => {
        if (task !== "evaluate") return;
        const { db } = bench.notebook;
        seen.push(evaluationsLeft(db, id, expectedEvaluations(db, id, settings())));
      },
    });
    const { id } = startCampaign(bench, settings());
    await finishedCampaign(bench, id);
    expect(seen[0]).toEqual([8, 4]);
    expect(seen[7]).toEqual([1, 4]);
    expect(seen[8]).toEqual([0, 4]);
    expect(seen.at(-1)).toEqual([0, 1]);
  });

  it("that one molecule alone came through expects no second, and says of those that failed nothing", async () => {
    const before: Hook = async (task, input) => {
      if (task === "evaluate" && (input as EnergyRequest).geometry.coordinates_angstrom[5] !== 4)
        throw new DomainError("invalid-input", "no functions");
    };
    await using bench = openBench("one.sqlite", { before });
    const done = await finishedCampaign(bench, startCampaign(bench, settings()).id);
    expect(done).toMatchObject({ error: null, counts: { evaluated: 1, failed: MOLECULES - 1 } });
    const { db } = bench.notebook;
    // Where it failed on the first rung its failure tells that; there is no higher one.
    expect(candidateDetail(db, candidateId(done.id, 0)).climb).toEqual([
      "rung 1 (VQE/sto-3g): no number, so it does not go up",
    ]);
    const expected = expectedEvaluations(db, done.id, settings());
    expect(expected).toEqual([MOLECULES, 1]);
    expect(evaluationsLeft(db, done.id, expected)).toEqual([0, 0]);
  });

  it("goes on to a third, each choosing among those that came up", async () => {
    await using bench = openBench("three.sqlite");
    const rungs = [
      { keep: 5, basis: "sto-3g" },
      { keep: 2, basis: "6-31g", maxIterations: 100 },
    ];
    const { id } = await finishedCampaign(bench, startCampaign(bench, settings({ rungs })).id);
    // Up come 4, 5, 7, 1, 3, of which 5 fails; then 7 and 1.
    expect(
      listPromotions(bench.notebook.db, id).map(({ decisions }) =>
        decisions.flatMap((one) => (one.goesUp ? one.index : [])),
      ),
    ).toEqual([
      [4, 5, 7, 1, 3],
      [7, 1],
    ]);
    expect(ranksOf(bench, id).map(({ rank }) => rank)).toEqual([5, 2, null, 4, 3, null, 6, 1]);
  });
});

describe("a candidate that fails above the first rung", () => {
  const [FAILING, message] = [7, "Basis 6-31g has no functions for element 99."];
  const before: Hook = async (task, input) => {
    const { basis, geometry } = input as EnergyRequest;
    if (task === "evaluate" && basis === "6-31g" && geometry.coordinates_angstrom[5] === FAILING)
      throw new DomainError("invalid-input", message);
  };
  const rungs = [
    { keep: 5, basis: "sto-3g" },
    { keep: 2, basis: "6-31g", maxIterations: 100 },
  ];

  it("has no number of its own, is compared with none, and tells what it had below", async () => {
    await using bench = openBench("failed-above.sqlite", { before });
    const { id } = await finishedCampaign(bench, startCampaign(bench, settings({ rungs })).id);
    const { db } = bench.notebook;
    const failed = candidateDetail(db, candidateId(id, FAILING));
    expect(failed).toMatchObject({
      ...{ state: "failed", rung: 1, rank: null, values: {}, vqeMinusCasci_hartree: null, evaluation: null },
      failure: { stage: "evaluate", reason: message },
      climb: [
        "rung 1 (VQE/sto-3g): 9.80 eV, rank 3 of 7: among the 5 that go up",
        "rung 2 (VQE/6-31g): no number, so it does not go up",
        `rung 2 (VQE/6-31g): failed: ${message}`,
      ],
    });
    // The promotion from the second rung compares the evaluations of those that have one there.
    const compared = db.all(
      db.sql
        .selectFrom("link")
        .innerJoin("record as promotion", "promotion.id", "link.source")
        .innerJoin("record as evaluation", "evaluation.id", "link.target")
        .select("evaluation.content")
        .where("promotion.kind", "=", "promotion")
        .where("link.role", "=", "compared")
        .where("promotion.content", "like", '%"rung":1%'),
    );
    expect(compared.map(({ content }) => JSON.parse(content).input.basis)).toEqual(Array(4).fill("6-31g"));
    expect(verifyNotebook(bench.path)).toMatchObject({ ok: true, findings: [] });
  });
});
