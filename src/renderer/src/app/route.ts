/** Where the person is, kept in the address's fragment: it survives a reload and the Back key works. */
import { useSyncExternalStore } from "react";
import { CampaignId } from "#shared/ids.ts";

export type Route =
  | { page: "campaigns" }
  | { page: "notebook" }
  | { page: "new"; from: CampaignId | null }
  | { page: "campaign"; id: CampaignId; candidate: number | null };

/** Reads a fragment; anything unknown is the list of campaigns. */
export function parseRoute(hash: string): Route {
  const [first, second, third] = hash.replace(/^#\/?/, "").split("/");
  const id = CampaignId.safeParse(second);
  if (first === "notebook") return { page: "notebook" };
  if (first === "new") return { page: "new", from: id.success ? id.data : null };
  if (first === "campaign" && id.success) {
    const candidate = third !== undefined && /^\d+$/.test(third) ? Number(third) : null;
    return { page: "campaign", id: id.data, candidate };
  }
  return { page: "campaigns" };
}

export function hashOf(route: Route): string {
  if (route.page === "campaigns") return "#/";
  if (route.page === "notebook") return "#/notebook";
  if (route.page === "new") return route.from ? `#/new/${route.from}` : "#/new";
  return route.candidate === null ? `#/campaign/${route.id}` : `#/campaign/${route.id}/${route.candidate}`;
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

const subscribe = (listener: () => void): (() => void) => {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
};

export function useRoute(): Route {
  return parseRoute(useSyncExternalStore(subscribe, () => location.hash));
}
