import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { getCampaign } from "#core/notebook/tables/campaigns.ts";
import { computingSeconds } from "#core/notebook/tables/computing.ts";
import { listObservations } from "#core/notebook/tables/observations.ts";
import { listPromotions, listRungNumbers } from "#core/notebook/tables/rungs.ts";
import {
  cancelCampaign,
  finishedCampaign,
  resumeCampaign,
  startCampaign,
} from "#core/orchestration/campaign/campaigns.ts";
import { createCampaignEvents } from "#core/orchestration/campaign/events.ts";
import { createLimits } from "#core/orchestration/campaign/limits.ts";
import { evaluationsLeft, expectedEvaluations } from "#core/orchestration/campaign/outlook.ts";
import { requeueJobs, setCampaignState } from "#core/orchestration/campaign/queue.ts";
import { recover } from "#core/orchestration/campaign/recover.ts";
import { createRunner } from "#core/orchestration/campaign/runner.ts";
import { createReviewDesk } from "#core/orchestration/desks/review.ts";
import type { Models } from "#core/orchestration/models/models.ts";
import { openSource } from "#core/orchestration/sources/sources.ts";
import { evaluateStage } from "#core/orchestration/stages/evaluate/run.ts";
import { chooseWhoGoesUp } from "#core/orchestration/stages/promote/run.ts";
import { STAGES } from "#core/orchestration/stages/stages.ts";
import { candidateDetail } from "#core/orchestration/views/candidate-detail.ts";
import { rankedCandidates } from "#core/orchestration/views/candidate-views.ts";
import { rankingCertainty } from "#core/orchestration/views/certainty.ts";
import { climbsOf } from "#core/orchestration/views/climbs.ts";
import { CampaignSettings, type CampaignSettingsInput } from "#shared/campaign/campaign.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import { DomainError } from "#shared/errors.ts";
import { CampaignId, candidateId } from "#shared/ids.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { answer, CARD, model } from "./fixed-campaign.ts";

const MOLECULES = 8;

vi.mock("#core/generation/sampling/sample.ts", () => ({
  async *sampleMolecules(_: unknown, { first = 0, count }: { first?: number; count: number }) {
    for (let index = first; index < first + count; index++)
      yield { index, smiles: "C".repeat(index + 1), nll: 1 };
  },
}));

const folder = mkdtempSync(join(tmpdir(), "ansatz-promote-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ionisation energies by hand, Hartree: the molecule of index 5 has none in the dear basis, that of index 2 in the cheap one. */
const CHEAP = [0.31, 0.35, null, 0.33, 0.38, 0.37, 0.3, 0.36];
const DEAR = [0.41, 0.45, 0.4, 0.43, 0.44, null, 0.42, 0.48];

/** What a thread would answer, the energies from the lists: an index is the last coordinate. */
function answered(task: string, input: unknown): unknown {
  const { smiles, molecules } = input as { smiles: string; molecules: { smiles: string }[] };
  if (task === "filter") {
    const [ethanol] = answer("filter", { molecules: [{ smiles: "CCO" }], known: [] }) as [FilterVerdict];
    return molecules.map(({ smiles: own }) => ({
      ...ethanol,
      identity: { canonicalSmiles: own, inchiKey: own.padEnd(27, "K") },
    }));
  }
  if (task === "embed") {
    const made = answer("embed", { smiles: "CCO", seed: 1 }) as { conformer: object };
    const geometry = { symbols: ["C", "O"], coordinates_angstrom: [0, 0, 0, 0, 0, smiles.length - 1] };
    return { ...made, conformer: { ...made.conformer, geometry } };
  }
  const { geometry, basis } = input as EnergyRequest;
  const index = geometry.coordinates_angstrom[5]!;
  const value = (basis === "sto-3g" ? CHEAP : DEAR)[index]!;
  const field = {
    symbols: geometry.symbols,
    coordinates_angstrom: [0, 0, 0, 0, 0, value === null ? 0 : 0.75],
  };
  const found = answer("evaluate", { geometry: field }) as EnergyResult;
  return {
    ...found,
    basis,
    ions: found.ions.map((ion) => ({
      ...ion,
      casci: { ...ion.casci, energy_hartree: -10.5 + value! },
      vqe: { ...ion.vqe, energy_hartree: -10.375 + value! },
    })),
  };
}

type Hook = (task: string, input: unknown) => Promise<void>;

function openBench(
  name: string,
  { before = async () => {}, threads = 1 }: { before?: Hook; threads?: number } = {},
) {
  const path = join(folder, name);
  const notebook = openNotebook({ path, mode: "create", clock: () => new Date(0), program: "test 1" });
  const events = createCampaignEvents();
  let evaluations = 0;
  const dispatcher = {
    run: async (task: string, input: unknown): Promise<never> => {
      await before(task, input);
      if (task === "evaluate") evaluations++;
      return answered(task, input) as never;
    },
    [Symbol.asyncDispose]: async () => {},
  };
  const models = {
    open: async () => model,
    list: async () => [{ name: CARD.name, hash: CARD.hash }],
    lineageOf: async () => [CARD],
  } as unknown as Models;
  const sources = { models, libraries: {} as never, resources: "" };
  const services = {
    ...{ notebook, dispatcher, program: "test 1" },
    logger: { info: () => {}, warn: () => {}, error: console.error },
    openSource: (settings: GenerationSettings) => openSource(settings, sources),
  };
  const runner = createRunner({ services, events, stages: STAGES, threads });
  return {
    ...{ path, notebook, events, runner },
    computed: () => evaluations,
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]();
      notebook[Symbol.dispose]();
    },
  };
}
type Bench = ReturnType<typeof openBench>;

const settings = (input: Partial<CampaignSettingsInput> = {}): CampaignSettings =>
  CampaignSettings.parse({
    name: "climb",
    generation: { model: "fixed", count: MOLECULES },
    evaluation: { basis: "6-31g", activeSpace: { nelec: 2, norb: 2 }, propertySettings: { method: "vqe" } },
    rungs: [{ keep: 4, basis: "sto-3g" }],
    ...input,
  });

const ranksOf = ({ notebook }: Bench, id: CampaignId) =>
  rankedCandidates(notebook.db, id).map(({ rank, rung = 0, state }) => ({ rank, rung, state }));

const ionisations = ({ notebook }: Bench, id: CampaignId) =>
  rankedCandidates(notebook.db, id).map(({ values }) => {
    const value = values["vertical-ionisation-energy"];
    return value === undefined ? null : Number(value.toFixed(6));
  });

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

describe("a campaign that goes on with a newer version", () => {
  const { version } = evaluateStage;
  afterEach(() => void Object.assign(evaluateStage, { version }));

  it("makes its evaluations again, from the first rung on, and keeps the old records", async () => {
    let seen = 0;
    let id: CampaignId | undefined;
    {
      await using bench = openBench("newer.sqlite", {
        before: async (task) => {
          if (task === "evaluate" && ++seen === 10 && id) cancelCampaign(bench, id);
        },
      });
      id = startCampaign(bench, settings()).id;
      await finishedCampaign(bench, id);
    }
    Object.assign(evaluateStage, { version: version + 1 });
    await using bench = openBench("newer.sqlite");
    const before = bench.notebook.db.all(bench.notebook.db.sql.selectFrom("record").select("hash"));
    resumeCampaign(bench, id);
    await finishedCampaign(bench, id);
    expect(ranksOf(bench, id).map(({ rank }) => rank)).toEqual([5, 2, null, 4, 3, null, 6, 1]);
    const { db } = bench.notebook;
    const versions = db.all(
      db.sql.selectFrom("candidate").innerJoin("record", "record.id", "evaluation").select("content"),
    );
    expect(new Set(versions.map(({ content }) => JSON.parse(content).stageVersion))).toEqual(
      new Set([version + 1]),
    );
    expect(listPromotions(db, id)).toHaveLength(1);
    const after = db.all(db.sql.selectFrom("record").select("hash"));
    expect(after).toEqual(expect.arrayContaining(before));
    // States are found by keys of their own: only what was not there yet was computed.
    expect(bench.computed()).toBeLessThan(MOLECULES);
    expect(verifyNotebook(bench.path)).toMatchObject({ ok: true, findings: [] });
  });

  it("asks for a signed shortlist to be opened first, and lets a signed one wait after a start", async () => {
    let seen = 0;
    let id: CampaignId | undefined;
    const desk = ({ notebook }: Bench) => createReviewDesk({ notebook, clock: () => new Date(0) });
    const reviewer = "ada";
    {
      await using bench = openBench("signed.sqlite", {
        before: async (task) => {
          if (task === "evaluate" && ++seen === 3 && id) cancelCampaign(bench, id);
        },
      });
      id = startCampaign(bench, settings({ rungs: [] })).id;
      await finishedCampaign(bench, id);
      const at = new Date(0).toISOString();
      const said = { verdict: "shortlist", reason: "", comment: "", reviewer, at } as const;
      desk(bench).review({ candidateId: candidateId(id, 1), ...said });
      await desk(bench).signOff({ campaignId: id, signer: reviewer, statement: "Approved" });
    }
    Object.assign(evaluateStage, { version: version + 1 });
    await using bench = openBench("signed.sqlite");
    const signed = ionisations(bench, id);
    expect(() => resumeCampaign(bench, id)).toThrow(/signed off by ada .* Reopen the shortlist/);
    const { notebook } = bench;
    const running = id;
    // As a killed process leaves one that was signed while it ran.
    notebook.transaction(() => {
      requeueJobs(notebook, running);
      setCampaignState(notebook, running, "running");
    });
    recover(bench, { goOn: true });
    expect(getCampaign(bench.notebook.db, id).state).toBe("queued");
    expect(ionisations(bench, id)).toEqual(signed);
    await desk(bench).reopen({ campaignId: id, by: reviewer, reason: "newer version" });
    resumeCampaign(bench, id);
    await finishedCampaign(bench, id);
    expect(ionisations(bench, id)).toEqual([0.41, 0.45, 0.4, 0.43, 0.44, null, 0.42, 0.48]);
  });

  it("is as it is built again where evaluations are of three", async () => {
    let seen = 0;
    await using bench = openBench("three-versions.sqlite", {
      before: async (task) => {
        if (task !== "evaluate") return;
        seen++;
        if (seen === 3 || seen === 6) Object.assign(evaluateStage, { version: evaluateStage.version + 1 });
      },
    });
    const { id } = await finishedCampaign(bench, startCampaign(bench, settings({ rungs: [] })).id);
    const rows = rankedCandidates(bench.notebook.db, id);
    expect(rows[0]?.noValue).toMatch(new RegExp(`^Evaluated by version ${version} of`));
    expect(rows[4]?.noValue).toMatch(new RegExp(`^Evaluated by version ${version + 1} of`));
    expect(rows.map(({ rank }) => rank !== null)).toEqual([...Array(6).fill(false), true, true]);
    expect(verifyNotebook(bench.path)).toMatchObject({ ok: true, findings: [] });
  });

  it("ranks only those of the newest, where an earlier program went on without making them again", async () => {
    let seen = 0;
    await using bench = openBench("mixed.sqlite", {
      before: async (task) => {
        // As planned before: the fifth is the first of the newer version.
        if (task === "evaluate" && ++seen === 4) Object.assign(evaluateStage, { version: version + 1 });
      },
    });
    const { id } = await finishedCampaign(bench, startCampaign(bench, settings({ rungs: [] })).id);
    const rows = rankedCandidates(bench.notebook.db, id);
    expect(rows.map(({ rank }) => rank)).toEqual([null, null, null, null, 2, null, 3, 1]);
    expect(rows[0]!.noValue).toBe(
      `Evaluated by version ${version} of the protocol: not compared with those of a newer version.`,
    );
    expect(verifyNotebook(bench.path)).toMatchObject({ ok: true, findings: [] });
  });
});

describe("a campaign with a limit of time", () => {
  it("ends at it, says so, goes on with a higher one only, and comes to the same", async () => {
    await using bench = openBench("limited.sqlite");
    const { id } = startCampaign(bench, settings({ limits: { hours: 1e-7 } }));
    const stopped = await finishedCampaign(bench, id);
    expect(stopped).toMatchObject({
      state: "cancelled",
      error: `Stopped at its limit of 1e-7 h: ${stopped.counts.evaluated + stopped.counts.failed} of 8 evaluated.`,
    });
    expect(stopped.counts.evaluated).toBeLessThan(MOLECULES);
    expect(() => resumeCampaign(bench, id)).toThrow(
      'Campaign "climb" has used up its 1e-7 h of computing. Give it a higher limit to go on.',
    );
    expect(() => resumeCampaign(bench, id, { hours: 2e-7 })).toThrow("has used up its 2e-7 h");
    expect(resumeCampaign(bench, id, { hours: 1 }).settings.limits).toEqual({ hours: 1 });
    const done = await finishedCampaign(bench, id);
    expect(done).toMatchObject({ state: "succeeded", error: null });
    expect(ranksOf(bench, id).map(({ rank }) => rank)).toEqual([5, 2, null, 4, 3, null, 6, 1]);
    expect(bench.computed()).toBe(MOLECULES + 4);
    expect(verifyNotebook(bench.path)).toMatchObject({ ok: true, findings: [] });
  });

  it("counts the time of all its processes, once for jobs side by side", async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let now = 0;
    await using bench = openBench("clock.sqlite");
    const id = CampaignId.parse("00000000-0000-4000-8000-000000000001");
    bench.notebook.append({ kind: "campaign-created", campaign: id, settings: settings() });
    const errors: unknown[] = [];
    const open = () =>
      createLimits({
        ...{ notebook: bench.notebook, now: () => now, onEnd: () => {} },
        onError: (error) => void errors.push(error),
      });
    const limits = open();
    const [first, second] = [limits.begin(id), limits.begin(id)];
    now = 7000;
    first();
    now = 10_000;
    second();
    now = 60_000;
    // A killed process has written what its last tick knew.
    open().begin(id);
    now = 65_000;
    vi.advanceTimersByTime(5000);
    expect(computingSeconds(bench.notebook.db, id)).toBe(15);
    expect(errors).toEqual([]);
  });
});
