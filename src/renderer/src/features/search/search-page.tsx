import { NonIdealState, Spinner } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { SearchQueryInput } from "#shared/campaign/search.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { navigate } from "../../hooks/route.ts";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { HitList } from "./hit-list.tsx";
import { SearchFields } from "./search-form.tsx";
import { type Found, MOST_HITS, useSearch } from "./use-search.ts";

function countOf({ hits = [], isSearching }: Found): string {
  if (isSearching) return `${integer(hits.length)} so far`;
  if (hits.length === MOST_HITS) return `The first ${integer(MOST_HITS)}; a narrower search shows the others`;
  return hits.length === 1 ? "One candidate" : `${integer(hits.length)} candidates`;
}

function Results({ query, found }: { query: SearchQueryInput; found: Found }) {
  const { data } = useQuery(api.campaigns.list.queryOptions());
  const campaigns = useMemo(() => new Map(data?.map(({ id, settings }) => [id, settings.name])), [data]);
  const { hits, isSearching, error } = found;
  if (error) return <ErrorBanner error={error} />;
  if (!hits) return <Spinner className="page-spinner" />;
  return (
    <>
      <p className="hit-count" role="status">
        {countOf(found)}
      </p>
      {hits.length > 0 && <HitList hits={hits} ranges={query.ranges ?? []} campaigns={campaigns} />}
      {hits.length === 0 && !isSearching && (
        <NonIdealState
          className="search-empty"
          title="Nothing fits"
          description="Every condition that is given must hold: leave one out, or widen a range."
        />
      )}
    </>
  );
}

/** Candidates of all campaigns by structure, property, verdict and words. */
export function SearchPage({ query }: { query: SearchQueryInput | null }) {
  const found = useSearch(query);
  return (
    <div className="column search-page">
      <div className="column-head">
        <h1>Search</h1>
      </div>
      <SearchFields query={query} onSearch={(query) => navigate({ page: "search", query })} />
      {query ? (
        <Results query={query} found={found} />
      ) : (
        <p className="muted search-hint">
          Every candidate of every campaign in this notebook, those that the filter took out too; the best of
          each campaign first.
        </p>
      )}
    </div>
  );
}
