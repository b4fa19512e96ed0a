import { Button, NonIdealState, Spinner } from "@blueprintjs/core";
import { Play } from "@blueprintjs/icons";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { SearchQueryInput } from "#shared/campaign/search.ts";
import type { CandidateId } from "#shared/ids.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { FaultBoundary } from "../../components/fault-boundary.tsx";
import { useViewer } from "../../components/reviewer.tsx";
import { navigate, type Sort } from "../../hooks/route.ts";
import { useKeys } from "../../hooks/use-keys.ts";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { openSample } from "../shelf/sample-dialog.tsx";
import { HitList } from "./hit-list.tsx";
import { AS_FOUND, orderedHits } from "./hit-order.ts";
import { HitTools } from "./hit-tools.tsx";
import { SearchFields } from "./search-form.tsx";
import { type Found, MOST_HITS, useSearch } from "./use-search.ts";

function countOf({ hits = [], isSearching }: Found): string {
  if (isSearching) return `${integer(hits.length)} so far`;
  if (hits.length === MOST_HITS) return `The first ${integer(MOST_HITS)}; a narrower search shows the others`;
  return hits.length === 1 ? "One candidate" : `${integer(hits.length)} candidates`;
}

interface ResultsProps {
  query: SearchQueryInput;
  found: Found;
  campaigns: readonly Campaign[];
  sort: Sort;
}

/** Opens the form with what the search finds, which may be more than is shown. */
function ScreenButton({ query }: { query: SearchQueryInput }) {
  const readOnly = useReadOnly();
  const viewer = useViewer();
  const go = () => {
    if (!readOnly) navigate({ page: "new", from: null, search: { ...query, ...viewer } });
  };
  useKeys([{ combo: "s", label: "Screen what was found", run: go }]);
  return (
    <Button
      icon={<Play />}
      text="Screen these…"
      title="A new campaign with all that this search finds (S)"
      disabled={readOnly}
      onClick={go}
    />
  );
}

function Results({ query, found, campaigns, sort }: ResultsProps) {
  const settings = useMemo(() => new Map(campaigns.map(({ id, settings }) => [id, settings])), [campaigns]);
  const { hits, isSearching, error } = found;
  const [chosen, setChosen] = useState<ReadonlySet<CandidateId>>(new Set());
  const ordered = useMemo(
    () => orderedHits(hits ?? [], sort, (id) => settings.get(id)?.name ?? ""),
    [hits, sort, settings],
  );
  if (error) return <ErrorBanner error={error} />;
  if (!hits) return <Spinner className="page-spinner" />;
  return (
    <>
      <div className="hit-head">
        <p className="hit-count" role="status">
          {countOf(found)}
        </p>
        {hits.length > 0 && (
          <HitTools
            hits={hits}
            chosen={ordered.filter(({ candidate }) => chosen.has(candidate.id))}
            sort={sort}
            onSort={(next) => navigate({ page: "search", query, sort: next }, { replace: true })}
          />
        )}
        {hits.length > 0 && <ScreenButton query={query} />}
      </div>
      {hits.length > 0 && (
        <FaultBoundary of="The list of hits" place={JSON.stringify(query)}>
          <HitList
            hits={ordered}
            chosen={chosen}
            onChosen={setChosen}
            ranges={query.ranges ?? []}
            contains={query.contains}
            campaigns={settings}
          />
        </FaultBoundary>
      )}
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
export function SearchPage({ query, sort = AS_FOUND }: { query: SearchQueryInput | null; sort?: Sort }) {
  const found = useSearch(query);
  const campaigns = useQuery(api.campaigns.list.queryOptions());
  if (campaigns.isPending) return <Spinner className="page-spinner" />;
  const known = campaigns.data ?? [];
  return (
    <div className="column search-page">
      <div className="column-head">
        <h1>Search</h1>
      </div>
      <SearchFields
        query={query}
        campaigns={known}
        onSearch={(query) => navigate({ page: "search", query })}
      />
      {campaigns.data?.length === 0 ? (
        <NonIdealState
          className="search-empty"
          title="Nothing to search yet"
          description="This notebook has no candidates. A campaign brings some; the sample has eleven."
          action={
            <div className="empty-actions">
              <Button
                intent="primary"
                text="New campaign"
                onClick={() => navigate({ page: "new", from: null })}
              />
              <Button text="Explore a sample" onClick={openSample} />
            </div>
          }
        />
      ) : query ? (
        <Results query={query} found={found} campaigns={known} sort={sort} />
      ) : (
        <p className="muted search-hint">
          Every candidate of every campaign in this notebook, those that the filter took out too; the best of
          each campaign first.
        </p>
      )}
    </div>
  );
}
