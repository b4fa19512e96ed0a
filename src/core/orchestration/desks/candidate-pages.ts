/** Candidates a page at a time. The order of all is made once for each state of the notebook, and only the rows in sight are read. */
import type { Database } from "#core/notebook/file/database.ts";
import type { NotebookEvent } from "#core/notebook/proof/event.ts";
import { campaignSettings } from "#core/notebook/tables/campaigns.ts";
import { candidateKeys, cellsAndValues, countViews } from "#core/notebook/tables/candidate-keys.ts";
import { listCandidates } from "#core/notebook/tables/candidates.ts";
import { chainHead, kindsAfter } from "#core/notebook/tables/events.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import type {
  CandidateCounts,
  CandidateKey,
  CandidateNumbers,
  CandidateOrder,
  CandidateView,
  NumberRange,
  NumericKey,
  OrderKey,
  TablePage,
} from "#shared/campaign/candidate-page.ts";
import { type Histogram, histogram } from "#shared/campaign/histogram.ts";
import { cellNumber, compareMeasured, type MeasuredComparison } from "#shared/campaign/measured.ts";
import type { Verdict } from "#shared/campaign/review.ts";
import { rungOrders, takesMarks } from "#shared/campaign/rungs.ts";
import { type CampaignId, type CandidateId, parseCandidateId } from "#shared/ids.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { rankedCandidates, ranksOf } from "../views/candidate-views.ts";
import { blindRows, isBlind, seenStandings } from "./blind.ts";

type Viewer = string | undefined;

export interface CandidatePages {
  /** Rows of an order from one place on. @throws DomainError not-found */
  page(order: CandidateOrder, window: { first: number; count: number }): TablePage;
  /** Where a candidate stands in an order, from 0; null where it is not in it. */
  place(order: CandidateOrder, index: number): number | null;
  /** A column of numbers for each key, of all candidates of a view. */
  numbers(
    asked: Omit<CandidateOrder, keyof OrderKey | "next">,
    keys: readonly NumericKey[],
  ): CandidateNumbers;
  /** How a column of numbers is spread. */
  histogram(asked: Omit<CandidateOrder, keyof OrderKey | "next">, key: NumericKey): Histogram;
  counts(campaign: CampaignId, viewer: Viewer): CandidateCounts;
  /** Ranks of a campaign by the index of the proposal, made once for each state of the notebook. */
  ranksIn(campaign: CampaignId): Ranks;
  /** Every candidate of a campaign, in order of proposal. @throws DomainError not-found */
  all(campaign: CampaignId, viewer: Viewer): CandidateRow[];
  /** Candidates by their ids, of any campaigns. */
  some(ids: readonly CandidateId[], viewer: Viewer): CandidateRow[];
  /** Computed against measured, of each column that the campaign names. */
  measured(campaign: CampaignId): MeasuredComparison[];
}

/** Orders kept of one state of the notebook: of the table, and of a few that a person goes back to. */
const KEPT = 16;

const AGREED: Partial<Record<CandidateView, Verdict>> = { shortlisted: "shortlist", rejected: "reject" };

/** By the index of the proposal. */
type Ranks = ReadonlyMap<number, number>;

/** What decides of an order beside the rows themselves. */
function contextOf(db: Database, campaign: CampaignId, viewer: Viewer) {
  const settings = campaignSettings(db, campaign);
  const standings = seenStandings(db, campaign, viewer);
  const placeOf = ({ candidateId }: { candidateId: CandidateId }) => parseCandidateId(candidateId).index;
  return {
    asked: { campaign, rungs: rungOrders(settings) },
    agreedIn: (view: CandidateView) =>
      standings.filter(({ verdict }) => verdict !== null && verdict === AGREED[view]).map(placeOf),
    /** Whose verdicts the viewer sees; undefined: all. */
    seen: isBlind(db, campaign) ? new Set(standings.map(placeOf)) : undefined,
  };
}

type Key = string | number | null;

/** None is last either way. */
function compareKeys(a: Key, b: Key, descending: boolean): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return a < b === descending ? 1 : -1;
}

/** By the first keys, where they are equal by the second, and so on. */
const byKeys =
  (order: readonly Pick<OrderKey, "descending">[]) =>
  ({ keys: a }: { keys: readonly Key[] }, { keys: b }: { keys: readonly Key[] }): number => {
    for (const [k, { descending }] of order.entries()) {
      const sign = compareKeys(a[k] ?? null, b[k] ?? null, descending);
      if (sign !== 0) return sign;
    }
    return 0;
  };

/** Numbers of a data column, and texts without their capitals, as they are compared. */
function comparable(by: CandidateKey, key: Key): Key {
  if (typeof by === "object" && "data" in by) return cellNumber(String(key ?? ""));
  return typeof key === "string" ? key.toLowerCase() : key;
}

const isWithin = (value: Key | undefined, { from, to }: NumberRange): boolean =>
  typeof value === "number" && (from === null || value >= from) && (to === null || value <= to);

const keysOf = ({ by, descending, next = [] }: Omit<CandidateOrder, "campaignId">): OrderKey[] => [
  { by, descending },
  ...next,
];

/** Indices of the candidates of an order, first to last. */
function indicesOf(db: Database, order: CandidateOrder, ranks: () => Ranks): Int32Array {
  const { campaignId: campaign, viewer, view } = order;
  const { asked, agreedIn, seen } = contextOf(db, campaign, viewer);
  const wanted = order.text.trim();
  const isExact = wanted !== wanted.toLowerCase();
  const fits = (words: string): boolean => (isExact ? words : words.toLowerCase()).includes(wanted);
  const choice = { view, agreed: agreedIn(view) };
  const found = (by: CandidateKey, isSearched: boolean) => {
    const rankOf = by === "rank" ? ranks() : undefined;
    return candidateKeys(db, asked, { ...choice, by, isSearched }).map(({ index, key, words }) => {
      const isHidden = by === "verdict" && seen?.has(index) === false;
      return { index, words, key: isHidden ? null : comparable(by, rankOf?.get(index) ?? key) };
    });
  };
  const { by: first, next = [], ranges = [] } = order;
  const byIndex = (by: CandidateKey) => new Map(found(by, false).map(({ index, key }) => [index, key]));
  const more = next.map(({ by }) => byIndex(by));
  const bounds = ranges.map((range) => ({ range, values: byIndex(range.by) }));
  const rows = found(first, wanted !== "")
    .filter(({ words }) => wanted === "" || fits(words))
    .filter(({ index }) => bounds.every(({ range, values }) => isWithin(values.get(index), range)))
    .map(({ index, key }) => ({ index, keys: [key, ...more.map((keys) => keys.get(index) ?? null)] }));
  // Equal ones stay in order of proposal.
  return Int32Array.from(rows.sort(byKeys(keysOf(order))), ({ index }) => index);
}

/** A column over candidates by their places; NaN where one has no number. */
function columnOf(
  db: Database,
  { campaignId: campaign, viewer, view }: Pick<CandidateOrder, "campaignId" | "viewer" | "view">,
  { by, places, ranks }: { by: NumericKey; places: ReadonlyMap<number, number>; ranks: () => Ranks },
): Float64Array<ArrayBuffer> {
  const column = new Float64Array(places.size).fill(Number.NaN);
  const rankOf = by === "rank" ? ranks() : undefined;
  const { asked, agreedIn } = contextOf(db, campaign, viewer);
  for (const { index, key } of candidateKeys(db, asked, {
    view,
    agreed: agreedIn(view),
    by,
    isSearched: false,
  })) {
    const place = places.get(index);
    const value = rankOf ? (rankOf.get(index) ?? null) : comparable(by, key);
    if (place !== undefined && typeof value === "number") column[place] = value;
  }
  return column;
}

/** Events that leave what is known of every candidate as it is, but for verdicts. */
const BESIDE: readonly string[] = [
  "reviewed",
  "review-policy",
  "signed-off",
  "reopened",
  "exported",
  "calculated",
  "key-created",
  "model-added",
] satisfies NotebookEvent["kind"][];

/**
 * What was made of the notebook as it stands: of what is known of candidates, or of verdicts too. A verdict leaves the first as it is, so
 * that it costs the same in a campaign of any size.
 */
function createKept(db: Database) {
  let version = -1;
  const kept = { known: new Map<string, unknown>(), verdicts: new Map<string, unknown>() };
  const follow = (): void => {
    const { seq } = chainHead(db);
    if (seq === version) return;
    kept.verdicts.clear();
    const isBeside =
      version >= 0 && seq > version && kindsAfter(db, version).every((kind) => BESIDE.includes(kind));
    if (!isBeside) kept.known.clear();
    version = seq;
  };
  return <T>(of: keyof typeof kept, key: string, make: () => T): T => {
    follow();
    if (kept[of].has(key)) return kept[of].get(key) as T;
    const made = make();
    if (kept[of].size >= KEPT) kept[of].clear();
    kept[of].set(key, made);
    return made;
  };
}

const isOfVerdicts = (order: CandidateOrder): boolean =>
  order.view in AGREED || keysOf(order).some(({ by }) => by === "verdict");

export function createCandidatePages(db: Database): CandidatePages {
  const keep = createKept(db);
  const numbers: CandidatePages["numbers"] = (asked, keys) => {
    const indices = ordered({ ...asked, by: "rank", descending: false }).toSorted();
    const places = new Map(Array.from(indices, (index, place) => [index, place]));
    const ranks = () => ranksIn(asked.campaignId);
    return { indices, columns: keys.map((by) => columnOf(db, asked, { by, places, ranks })) };
  };
  const ranksIn = (campaign: CampaignId) => keep("known", `ranks ${campaign}`, () => ranksOf(db, campaign));
  const ordered = (order: CandidateOrder) =>
    keep(isOfVerdicts(order) ? "verdicts" : "known", JSON.stringify(order), () =>
      indicesOf(db, order, () => ranksIn(order.campaignId)),
    );
  const ranked = (campaign: CampaignId, indices: readonly number[], viewer: Viewer): CandidateRow[] => {
    const ranks = ranksIn(campaign);
    const rows = listCandidates(db, campaign, indices).map((row) => ({
      ...row,
      rank: ranks.get(row.proposal.index) ?? null,
    }));
    const byIndex = new Map(blindRows(db, campaign, rows, viewer).map((row) => [row.proposal.index, row]));
    return indices.flatMap((index) => byIndex.get(index) ?? []);
  };
  return {
    ranksIn,
    page: (order, { first, count }) =>
      db.snapshot(() => {
        const indices = ordered(order);
        const rows = ranked(order.campaignId, [...indices.subarray(first, first + count)], order.viewer);
        return { total: indices.length, rows };
      }),
    place: (order, index) =>
      db.snapshot(() => {
        const place = ordered(order).indexOf(index);
        return place < 0 ? null : place;
      }),
    numbers: (asked, keys) => db.snapshot(() => numbers(asked, keys)),
    histogram: (asked, key) =>
      db.snapshot(() => {
        const [column = new Float64Array()] = numbers(asked, [key]).columns;
        return histogram(column);
      }),
    counts: (campaign, viewer) =>
      db.snapshot(() =>
        keep("verdicts", `counts ${campaign} ${viewer}`, () => {
          const { asked, agreedIn } = contextOf(db, campaign, viewer);
          const known = keep("known", `counts ${campaign}`, () => countViews(db, asked, () => []));
          return {
            ...known,
            shortlisted: agreedIn("shortlisted").length,
            rejected: agreedIn("rejected").length,
          };
        }),
      ),
    all: (campaign, viewer) => blindRows(db, campaign, rankedCandidates(db, campaign), viewer),
    some: (ids, viewer) =>
      db.snapshot(() => {
        const asked = Map.groupBy(ids.map(parseCandidateId), ({ campaign }) => campaign);
        return [...asked].flatMap(([campaign, of]) =>
          ranked(
            campaign,
            of.map(({ index }) => index),
            viewer,
          ),
        );
      }),
    measured: (campaign) => {
      const settings = campaignSettings(db, campaign);
      const { evaluation, generation, filter } = settings;
      const columns = generation.source === "library" ? (generation.measured ?? []) : [];
      return columns.map((column) =>
        compareMeasured(
          declarationOf(evaluation),
          column,
          cellsAndValues(
            db,
            { campaign, rungs: rungOrders(settings) },
            { head: column.column, filter, takesMarks: takesMarks(settings) },
          ),
        ),
      );
    },
  };
}
