/** Where the person is, kept in the address's fragment: it survives a reload and the Back key works. */
import { useSyncExternalStore } from "react";
import { SearchQuery, type SearchQueryInput } from "#shared/campaign/search.ts";
import { CampaignId, type CandidateId, parseCandidateId } from "#shared/ids.ts";

export type Route =
  | { page: "campaigns" }
  | { page: "notebook" }
  | { page: "models" }
  /** null: nothing was asked yet. */
  | { page: "search"; query: SearchQueryInput | null }
  /** With what a search finds, or as an earlier campaign was asked for. */
  | { page: "new"; from: CampaignId | null; search?: SearchQueryInput }
  | { page: "review"; id: CampaignId }
  | { page: "campaign"; id: CampaignId; candidate: number | null };

/** The question in an address; null where there is none, or none that the engine would take. */
function readQuery(text: string | undefined): SearchQueryInput | null {
  try {
    const query = JSON.parse(decodeURIComponent(text ?? "")) as SearchQueryInput;
    return SearchQuery.safeParse(query).success ? query : null;
  } catch {
    return null;
  }
}

/** Reads a fragment; anything unknown is the list of campaigns. */
export function parseRoute(hash: string): Route {
  const [first, second, third] = hash.replace(/^#\/?/, "").split("/");
  const id = CampaignId.safeParse(second);
  if (first === "notebook") return { page: "notebook" };
  if (first === "models") return { page: "models" };
  if (first === "search") return { page: "search", query: readQuery(second) };
  if (first === "new") {
    const search = second === "search" ? readQuery(third) : null;
    return { page: "new", from: id.success ? id.data : null, ...(search && { search }) };
  }
  if (first === "review" && id.success) return { page: "review", id: id.data };
  if (first === "campaign" && id.success) {
    const candidate = third !== undefined && /^\d+$/.test(third) ? Number(third) : null;
    return { page: "campaign", id: id.data, candidate };
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
    case "search":
      return route.query ? `#/search/${queryText(route.query)}` : "#/search";
    case "new":
      if (route.search) return `#/new/search/${queryText(route.search)}`;
      return route.from ? `#/new/${route.from}` : "#/new";
    case "review":
      return `#/review/${route.id}`;
    case "campaign":
      return route.candidate === null
        ? `#/campaign/${route.id}`
        : `#/campaign/${route.id}/${route.candidate}`;
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
  navigate({ page: "campaign", id, candidate }, { replace: isHere && now.candidate !== null });
}

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}
