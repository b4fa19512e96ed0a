/** Where the person is, kept in the address's fragment: it survives a reload and the Back key works. */
import { useSyncExternalStore } from "react";
import { CandidateView, MOST_ORDER_KEYS } from "#shared/campaign/candidate-page.ts";
import { SearchQuery, type SearchQueryInput } from "#shared/campaign/search.ts";
import { CampaignId, type CandidateId, parseCandidateId } from "#shared/ids.ts";
import { CalculationId } from "#shared/quantum/calculation.ts";

/** By a column or a key, by its id; one that is not known is as good as none. */
export interface Sort {
  column: string;
  descending: boolean;
}

/** "-value" for the largest first. */
const sortText = ({ column, descending }: Sort): string => `${descending ? "-" : ""}${column}`;

function readSort(text: string | null): Sort | undefined {
  const column = (text ?? "").replace(/^-/, "");
  return column ? { column, descending: (text ?? "").startsWith("-") } : undefined;
}

/** Of a column's numbers, in the unit that they are stored in; an end that is null is open. */
export interface ColumnRange {
  column: string;
  from: number | null;
  to: number | null;
}

/** "qed:0.5:" */
const rangeParameter = ({ column, from, to }: ColumnRange): string =>
  [column, from ?? "", to ?? ""].join(":");

function readRange(text: string): ColumnRange | undefined {
  const [column = "", ...ends] = text.split(":");
  const [from, to] = [0, 1].map((k) => (ends[k]?.trim() ? Number(ends[k]) : null)) as (number | null)[];
  const isRead = [from, to].every((end) => end === null || Number.isFinite(end)) && (from ?? to) !== null;
  return column && isRead ? { column, from: from ?? null, to: to ?? null } : undefined;
}

/** What a table of candidates shows, and in which order. */
export interface TableShown {
  view: CandidateView;
  /** That rows are narrowed by. */
  text: string;
  /** That rows are within, of several within all. */
  ranges: readonly ColumnRange[];
  /** By the first, where rows are equal by the second, and so on. */
  sorts: readonly Sort[];
  /** Ids of the columns beside those that are always shown; null: the usual ones. */
  columns: readonly string[] | null;
}

/** All, best first. */
export const WHOLE_TABLE: TableShown = {
  ...{ view: "all", text: "", columns: null, ranges: [] },
  sorts: [{ column: "rank", descending: false }],
};

export const DEVICES_TABS = ["backends", "jobs", "ledger", "egress"] as const;
export type DevicesTab = (typeof DEVICES_TABS)[number];

export type Route =
  | { page: "campaigns" }
  | { page: "notebook" }
  | { page: "models" }
  | { page: "devices"; tab: DevicesTab }
  /** null: none of them is shown. */
  | { page: "calculate"; id: CalculationId | null }
  /** null: nothing was asked yet. */
  | { page: "search"; query: SearchQueryInput | null; sort?: Sort }
  /** With what a search finds, or as an earlier campaign was asked for. */
  | { page: "new"; from: CampaignId | null; search?: SearchQueryInput }
  | { page: "review"; id: CampaignId }
  /** table: absent where it is as at first. */
  | { page: "campaign"; id: CampaignId; candidate: number | null; table?: TableShown };

/** The question in an address; null where there is none, or none that the engine would take. */
function readQuery(text: string | undefined): SearchQueryInput | null {
  try {
    const query = JSON.parse(decodeURIComponent(text ?? "")) as SearchQueryInput;
    return SearchQuery.safeParse(query).success ? query : null;
  } catch {
    return null;
  }
}

/** The table in an address; what it does not say, or no table would take, is as at first. */
export function readTable(text: string | undefined): TableShown {
  const said = new URLSearchParams(text);
  const view = CandidateView.safeParse(said.get("view"));
  const sorts = said.getAll("sort").flatMap((one) => readSort(one) ?? []);
  return {
    view: view.success ? view.data : WHOLE_TABLE.view,
    text: said.get("text") ?? "",
    ranges: said.getAll("range").flatMap((one) => readRange(one) ?? []),
    sorts: sorts.length > 0 ? sorts.slice(0, MOST_ORDER_KEYS) : WHOLE_TABLE.sorts,
    columns: said.get("columns")?.split(" ").filter(Boolean) ?? null,
  };
}

const sortsText = (sorts: readonly Sort[]): string => sorts.map(sortText).join(" ");

/** "?view=ranked&range=value:0.3:&sort=-value&sort=smiles&columns=structure+state"; nothing of what is as at first. */
export function tableText({ view, text, ranges, sorts, columns }: TableShown = WHOLE_TABLE): string {
  const said = new URLSearchParams({
    ...(view !== WHOLE_TABLE.view && { view }),
    ...(text !== "" && { text }),
  });
  for (const range of ranges) said.append("range", rangeParameter(range));
  if (sortsText(sorts) !== sortsText(WHOLE_TABLE.sorts))
    for (const sort of sorts) said.append("sort", sortText(sort));
  if (columns) said.set("columns", columns.join(" "));
  return said.size > 0 ? `?${said}` : "";
}

/** Reads a fragment; anything unknown is the list of campaigns. */
export function parseRoute(hash: string): Route {
  const [path = "", shown] = hash.replace(/^#\/?/, "").split("?", 2);
  const [first, second, third] = path.split("/");
  const id = CampaignId.safeParse(second);
  if (first === "notebook") return { page: "notebook" };
  if (first === "models") return { page: "models" };
  if (first === "devices")
    return { page: "devices", tab: DEVICES_TABS.find((tab) => tab === second) ?? DEVICES_TABS[0] };
  if (first === "calculate") {
    const calculation = CalculationId.safeParse(second);
    return { page: "calculate", id: calculation.success ? calculation.data : null };
  }
  if (first === "search") {
    const sort = readSort(new URLSearchParams(shown).get("sort"));
    return { page: "search", query: readQuery(second), ...(sort && { sort }) };
  }
  if (first === "new") {
    const search = second === "search" ? readQuery(third) : null;
    return { page: "new", from: id.success ? id.data : null, ...(search && { search }) };
  }
  if (first === "review" && id.success) return { page: "review", id: id.data };
  if (first === "campaign" && id.success) {
    const candidate = third !== undefined && /^\d+$/.test(third) ? Number(third) : null;
    const table = readTable(shown);
    return { page: "campaign", id: id.data, candidate, ...(tableText(table) && { table }) };
  }
  return { page: "campaigns" };
}

const queryText = (query: SearchQueryInput): string => encodeURIComponent(JSON.stringify(query));

export function hashOf(route: Route): string {
  switch (route.page) {
    case "campaigns":
      return "#/";
    case "notebook":
      return "#/notebook";
    case "models":
      return "#/models";
    case "devices":
      return route.tab === DEVICES_TABS[0] ? "#/devices" : `#/devices/${route.tab}`;
    case "calculate":
      return route.id === null ? "#/calculate" : `#/calculate/${route.id}`;
    case "search":
      return `#/search${route.query ? `/${queryText(route.query)}` : ""}${route.sort ? `?${new URLSearchParams({ sort: sortText(route.sort) })}` : ""}`;
    case "new":
      if (route.search) return `#/new/search/${queryText(route.search)}`;
      return route.from ? `#/new/${route.from}` : "#/new";
    case "review":
      return `#/review/${route.id}`;
    case "campaign":
      return `#/campaign/${route.id}${route.candidate === null ? "" : `/${route.candidate}`}${tableText(route.table)}`;
    default:
      return route satisfies never;
  }
}

/** Goes there; `replace` leaves no step for the Back key, as when walking through a table. */
export function navigate(route: Route, options: { replace?: boolean } = {}): void {
  if (!options.replace) {
    location.hash = hashOf(route);
    return;
  }
  history.replaceState(null, "", hashOf(route));
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

/** Whether that candidate is open now. */
export function isOpen(id: CampaignId, candidate: number | null): boolean {
  const now = parseRoute(location.hash);
  return now.page === "campaign" && now.id === id && now.candidate === candidate;
}

/** Shows a candidate, beside the table where its campaign is open already. */
export function openCandidate(candidateId: CandidateId): void {
  const { campaign: id, index: candidate } = parseCandidateId(candidateId);
  const now = parseRoute(location.hash);
  const isHere = now.page === "campaign" && now.id === id;
  const table = isHere && now.table ? { table: now.table } : {};
  navigate({ page: "campaign", id, candidate, ...table }, { replace: isHere && now.candidate !== null });
}

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}
