import { afterAll, describe, expect, it } from "vitest";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { cellsAndValues } from "#core/notebook/tables/candidate-keys.ts";
import { createCandidatePages } from "#core/orchestration/desks/candidate-pages.ts";
import { createReviewDesk } from "#core/orchestration/desks/review.ts";
import { rankedCandidates } from "#core/orchestration/views/candidate-views.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import {
  type CandidateKey,
  CandidateOrder,
  CandidateView,
  MAX_PAGE_ROWS,
} from "#shared/campaign/candidate-page.ts";
import { histogram } from "#shared/campaign/histogram.ts";
import type { Verdict } from "#shared/campaign/review.ts";
import { candidateId } from "#shared/ids.ts";
import { sampleNotebook } from "../../notebook/sample-notebook.ts";

const COUNT = 48;
const PROPERTY = "vertical-ionisation-energy";
const notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: COUNT });
afterAll(() => notebook[Symbol.dispose]());
const { db } = notebook;
const campaignId = listCampaigns(db)[0]!.id;
const reviews = createReviewDesk({ notebook, clock: () => new Date(0) });
const say = (reviewer: string, index: number, verdict: Verdict) =>
  reviews.review({
    candidateId: candidateId(campaignId, index),
    verdict,
    reason: "r",
    comment: "",
    reviewer,
    at: new Date(0).toISOString(),
  });

// States, names, cells and reasons of all kinds, as a filter and a person's file leave them.
for (let idx = 0; idx < COUNT; idx++) {
  const data = { IE: ["9,5", "n/a", "10.25", ""][idx % 4]!, 'a "quoted" head': `cell ${idx}` };
  const given = idx % 3 === 0 ? { name: `Näme ${COUNT - idx}`, data } : null;
  const row = {
    given: given && JSON.stringify(given),
    name: given?.name ?? null,
    ...(idx % 7 === 3 && { rejection_rule: "element", rejection_detail: `Xe ${idx}` }),
    ...(idx % 5 === 4 && { evaluation: null, conformer: null, score: null }),
    ...(idx % 11 === 5 && { failure_stage: "embed", failure_reason: "no geometry" }),
  };
  db.run(db.sql.updateTable("candidate").set(row).where("idx", "=", idx));
}
const unranked = db.sql.selectFrom("candidate").select("id").where("evaluation", "is", null);
db.run(db.sql.deleteFrom("candidate_value").where("candidate", "in", unranked));
say("ada", 8, "shortlist");
say("ada", 1, "reject");
say("ben", 2, "shortlist");
say("ada", 2, "reject");
say("ben", 4, "maybe");

const pages = createCandidatePages(db);
const rows = rankedCandidates(db, campaignId);
it("of the test are in every view", () => {
  for (const view of CandidateView.options) expect(rows.filter(IN_VIEW[view]), view).not.toHaveLength(0);
});

const agreed: Record<string, Verdict> = { 8: "shortlist", 1: "reject", 4: "maybe" };
const IN_VIEW: Record<CandidateView, (row: CandidateRow) => boolean> = {
  all: () => true,
  ranked: ({ rank }) => rank !== null,
  shortlisted: ({ proposal }) => agreed[proposal.index] === "shortlist",
  rejected: ({ proposal }) => agreed[proposal.index] === "reject",
  open: ({ state }) => ["proposed", "filtered", "embedded"].includes(state),
  "filtered-out": ({ state }) => state === "rejected",
  failed: ({ state }) => state === "failed",
};

describe("numbers for a plot", () => {
  const numbersOf = (view: CandidateView, text = "") =>
    pages.numbers({ campaignId, view, text }, [
      ...(["rank", "value", "difference"] as const),
      { descriptor: "logP" },
      { data: "IE" },
    ]);
  for (const view of CandidateView.options)
    it(`are those of the rows, in the view ${view}`, () => {
      const wanted = rows.filter(IN_VIEW[view]);
      const { indices, columns } = numbersOf(view);
      expect([...indices]).toEqual(wanted.map(({ proposal }) => proposal.index));
      const nan = (value: number | null | undefined): number => value ?? Number.NaN;
      const cells: Record<string, number> = { "9,5": 9.5, "10.25": 10.25 };
      expect(columns.map((column) => [...column])).toEqual([
        wanted.map(({ rank }) => nan(rank)),
        wanted.map(({ values }) => nan(values[PROPERTY])),
        wanted.map(({ vqeMinusCasci_hartree }) => nan(vqeMinusCasci_hartree)),
        wanted.map(({ descriptors }) => nan(descriptors?.logP)),
        wanted.map(({ proposal }) => nan(cells[proposal.given?.data.IE ?? ""])),
      ]);
    });

  it("are of the rows within all ranges, their ends too, and of none without a number", () => {
    const [logP, value] = [rows[20]!.descriptors!.logP, rows[11]!.values[PROPERTY]!];
    const asked = {
      ...{ campaignId, view: "all" as const, text: "" },
      ranges: [
        { by: { descriptor: "logP" } as const, from: logP, to: null },
        { by: "value" as const, from: null, to: value },
      ],
    };
    const wanted = rows.filter(
      ({ descriptors, values }) => (descriptors?.logP ?? -99) >= logP && (values[PROPERTY] ?? 99) <= value,
    );
    expect(wanted.length).toBeGreaterThan(2);
    expect(wanted.length).toBeLessThan(rows.filter(({ rank }) => rank !== null).length);
    const { indices } = pages.numbers(asked, ["value"]);
    expect([...indices]).toEqual(wanted.map(({ proposal }) => proposal.index));
    const order = CandidateOrder.parse({ ...asked, by: "rank", descending: false });
    expect(pages.page(order, { first: 0, count: 1 }).total).toBe(wanted.length);
    expect(pages.histogram(asked, { descriptor: "qed" })).toEqual(
      histogram(Float64Array.from(wanted, ({ descriptors }) => descriptors!.qed)),
    );
    const cells = { ...asked, ranges: [{ by: { data: "IE" }, from: 9.5, to: 9.5 }] };
    expect([...pages.numbers(cells, ["rank"]).indices]).toEqual([0, 12, 24, 36]);
  });

  it("are of the rows that the text lets through", () => {
    const found = pages.page(
      CandidateOrder.parse({ campaignId, view: "all", text: "cell 3", by: "rank", descending: false }),
      { first: 0, count: MAX_PAGE_ROWS },
    );
    expect([...numbersOf("all", "cell 3").indices]).toEqual(
      found.rows.map(({ proposal }) => proposal.index).sort((a, b) => a - b),
    );
  });
});
const numeric = (cell = ""): number | null => {
  const value = Number(cell.replace(",", "."));
  return cell === "" || Number.isNaN(value) ? null : value;
};
const KEYS: readonly [CandidateKey, (row: CandidateRow) => string | number | null | undefined][] = [
  ["rank", ({ rank }) => rank],
  ["value", ({ values }) => values[PROPERTY]],
  ["name", ({ proposal }) => proposal.given?.name?.toLowerCase()],
  ["smiles", ({ proposal, identity }) => (identity?.canonicalSmiles ?? proposal.smiles).toLowerCase()],
  ["difference", ({ vqeMinusCasci_hartree: value }) => value],
  ["state", ({ state, rejection }) => `${state} ${rejection?.rule ?? ""}`],
  ["verdict", ({ review }) => review?.verdict],
  [{ descriptor: "logP" }, ({ descriptors }) => descriptors?.logP],
  [{ data: "IE" }, ({ proposal }) => numeric(proposal.given?.data.IE)],
];

/** All rows of an order, by the rows themselves. */
function expected(
  view: CandidateView,
  [, key]: (typeof KEYS)[number],
  isDescending: boolean,
  of: readonly CandidateRow[] = rows,
): number[] {
  const sign = isDescending ? -1 : 1;
  const known = of.filter(IN_VIEW[view]).map((row) => ({ index: row.proposal.index, key: key(row) ?? null }));
  const withKey = known.filter((row) => row.key !== null);
  const without = known.filter((row) => row.key === null);
  const sorted = withKey.toSorted((a, b) => sign * Number(a.key! > b.key!) - sign * Number(a.key! < b.key!));
  return [...sorted, ...without].map(({ index }) => index);
}

const order = (asked: Partial<CandidateOrder>): CandidateOrder =>
  CandidateOrder.parse({ campaignId, view: "all", text: "", by: "rank", descending: false, ...asked });
const indices = (asked: Partial<CandidateOrder>, of = pages): number[] =>
  of.page(order(asked), { first: 0, count: MAX_PAGE_ROWS }).rows.map(({ proposal }) => proposal.index);

describe("pages of candidates", () => {
  it.each(KEYS.map((key) => [JSON.stringify(key[0]), key] as const))(
    "by %s are the rows of each view in that order, either way",
    (_, key) => {
      for (const view of CandidateView.options)
        for (const descending of [false, true])
          expect(indices({ view, by: key[0], descending }), `${view} ${descending}`).toEqual(
            expected(view, key, descending),
          );
    },
  );

  it("by several keys are ordered by the next where the one before is equal, each its own way", () => {
    for (const one of KEYS)
      for (const two of KEYS)
        for (const [descending, isSecondDescending] of [
          [true, false],
          [false, true],
        ] as const) {
          const next = [{ by: two[0], descending: isSecondDescending }];
          // Of equal ones a stable sort keeps the order that they had by the second.
          const bySecond = expected("all", two, isSecondDescending).map((index) => rows[index]!);
          expect(indices({ by: one[0], descending, next })).toEqual(
            expected("all", one, descending, bySecond),
          );
        }
    const three = {
      by: "state",
      next: [
        { by: "verdict", descending: true },
        { by: "smiles", descending: true },
      ],
    };
    expect(indices(three as Partial<CandidateOrder>)).not.toEqual(indices({ by: "state" }));
    const many = { next: new Array(3).fill({ by: "smiles", descending: false }) };
    expect(CandidateOrder.safeParse({ ...order({}), ...many }).success).toBe(false);
  });

  it("are some rows of it, the same as of the whole list, with ranks and how many there are", () => {
    const all = indices({});
    const { total, rows: some } = pages.page(order({}), { first: 5, count: 7 });
    expect(total).toBe(COUNT);
    expect(some).toEqual(all.slice(5, 12).map((index) => rows[index]));
    expect(pages.page(order({}), { first: COUNT, count: 7 })).toEqual({ total: COUNT, rows: [] });
  });

  it("tell where a candidate stands, and how many are in each view", () => {
    const all = indices({ by: "smiles", descending: true });
    expect(all.map((index) => pages.place(order({ by: "smiles", descending: true }), index))).toEqual([
      ...all.keys(),
    ]);
    expect(pages.place(order({ view: "failed" }), 0)).toBeNull();
    expect(pages.counts(campaignId, undefined)).toEqual(
      Object.fromEntries(CandidateView.options.map((view) => [view, rows.filter(IN_VIEW[view]).length])),
    );
  });

  it.each([
    ["xe 10", [10]],
    ["Xe 1", [10, 17]],
    ["no geometry", [5, 16, 27, 38]],
    ["näme 48", [0]],
    ["cell 33", [33]],
    [" 9,5 ", [0, 12, 24, 36]],
    ["\\", []],
    ["nothing of the kind", []],
  ])("find %j in any text of a row", (text, found) => {
    expect(indices({ text }).toSorted((a, b) => a - b)).toEqual(found);
  });

  it("have candidates by their ids", () => {
    const ids = [7, 3].map((index) => candidateId(campaignId, index));
    expect(pages.some(ids, undefined)).toEqual([rows[7], rows[3]]);
  });

  it("follow what is written", () => {
    const [byRank, byName] = [indices({}), indices({ by: "name" })];
    expect(indices({ view: "shortlisted" })).toEqual([8]);
    say("cleo", 9, "shortlist");
    expect(indices({ view: "shortlisted" }).toSorted((a, b) => a - b)).toEqual([8, 9]);
    expect(pages.counts(campaignId, undefined)).toMatchObject({ all: COUNT, shortlisted: 2, rejected: 1 });
    say("cleo", 9, "reject");
    expect(indices({ view: "shortlisted" })).toEqual([8]);
    expect(pages.counts(campaignId, undefined)).toMatchObject({ all: COUNT, shortlisted: 1, rejected: 2 });
    expect([indices({}), indices({ by: "name" })], "orders by anything else stay").toEqual([byRank, byName]);
    expect(indices({ by: "verdict" })).toEqual(indices({ by: "verdict" }, createCandidatePages(db)));
    const next = [{ by: "verdict" as const, descending: false }];
    const byVerdictToo = indices({ by: "state", next });
    say("cleo", 9, "maybe");
    say("cleo", 10, "maybe");
    const anew = indices({ by: "state", next }, createCandidatePages(db));
    expect(anew).not.toEqual(byVerdictToo);
    expect(indices({ by: "state", next })).toEqual(anew);
  });

  it("are made anew when something is known of a candidate", () => {
    const before = indices({ view: "failed" });
    db.run(db.sql.updateTable("candidate").set({ failure_stage: "embed" }).where("idx", "=", 0));
    notebook.append({ kind: "limits-set", campaign: campaignId, limits: { hours: 1 } });
    expect(indices({ view: "failed" })).toEqual(indices({ view: "failed" }, createCandidatePages(db)));
    expect(indices({ view: "failed" })).not.toEqual(before);
    db.run(db.sql.updateTable("candidate").set({ failure_stage: null }).where("idx", "=", 0));
    notebook.append({ kind: "limits-set", campaign: campaignId, limits: { hours: 2 } });
    expect(indices({ view: "failed" })).toEqual(before);
  });

  it("say nothing of verdicts that a blind review hides, by order neither", async () => {
    await reviews.setPolicy({ campaignId, policy: { secondReviewer: false, blind: true }, by: "ada" });
    const firstOf = (viewer: string) => {
      const [first] = pages.page(order({ by: "verdict", viewer }), { first: 0, count: 1 }).rows;
      return [first?.proposal.index, first?.review?.verdict ?? null];
    };
    expect(firstOf("nobody")).toEqual([0, null]);
    expect(firstOf("ben")).toEqual([4, "maybe"]);
    expect(pages.counts(campaignId, "nobody").shortlisted).toBe(0);
    await reviews.setPolicy({ campaignId, policy: { secondReviewer: false, blind: false }, by: "ada" });
  });

  it("hold cells against numbers of the dearest rung alone", () => {
    const rung = (idx: number, of: number) =>
      db.run(db.sql.updateTable("candidate").set({ rung: of }).where("idx", "=", idx));
    rung(6, 1);
    const direction = "maximise" as const;
    const asked = { property: PROPERTY, direction } as const;
    const rungs = [
      { ...asked, rung: 1, isOwn: true },
      { ...asked, rung: 0, isOwn: false },
    ];
    const known = cellsAndValues(db, { campaign: campaignId, rungs }, { head: "IE", filter: {} });
    expect(known.length).toBeGreaterThan(2);
    expect(known.filter(({ value }) => value !== null)).toEqual([
      { cell: "10.25", value: rows[6]!.values[PROPERTY], molecule: rows[6]!.identity!.inchiKey },
    ]);
    rung(6, 0);
  });
});
