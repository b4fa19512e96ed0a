import { Spinner } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { CampaignId } from "#shared/ids.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { useReviewer, useViewer } from "../../components/reviewer.tsx";
import { hashOf } from "../../hooks/route.ts";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { api } from "../../rpc/client.ts";
import { PolicyPanel } from "./policy-panel.tsx";
import { usePolicy, useSignedOff, useStandings } from "./queries.ts";
import { SignOffPanel } from "./sign-off-panel.tsx";
import { StandingList } from "./standing-list.tsx";

/** A campaign's review as a whole: where each candidate stands, by which rules, and the sign-off. */
export function ReviewPage({ id }: { id: CampaignId }) {
  const [reviewer] = useReviewer();
  const readOnly = useReadOnly();
  const viewer = useViewer();
  const policy = usePolicy(id);
  const standings = useStandings(id);
  const signedOff = useSignedOff(id);
  const ids = standings.data?.map(({ candidateId }) => candidateId) ?? [];
  const candidates = useQuery({
    ...api.candidates.some.queryOptions({ input: { ids, ...viewer } }),
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(
    () => new Map(candidates.data?.map((row) => [row.id as string, row])),
    [candidates.data],
  );
  const error = policy.error ?? standings.error ?? signedOff.error ?? candidates.error;
  if (error) return <ErrorBanner error={error} retry={() => void standings.refetch()} />;
  if (!policy.data || !standings.data || signedOff.data === undefined)
    return <Spinner className="page-spinner" />;
  const locked = readOnly
    ? "The notebook is open read-only."
    : signedOff.data
      ? "The shortlist is signed off and locked."
      : undefined;
  return (
    <div className="column review-page">
      <div className="column-head">
        <h1>Review</h1>
      </div>
      <div className="review-columns">
        <section aria-label="Standings">
          {policy.data.blind && !signedOff.data && (
            <p className="muted review-blind">
              Blind review: you see the candidates that you have judged yourself.
              {!reviewer && " Set the reviewer above to see yours."}
            </p>
          )}
          <StandingList
            standings={standings.data}
            rows={rows}
            candidates={hashOf({ page: "campaign", id, candidate: null })}
          />
        </section>
        <aside>
          <SignOffPanel
            campaignId={id}
            standings={standings.data}
            isBlind={policy.data.blind}
            signedOff={signedOff.data}
          />
          <PolicyPanel campaignId={id} policy={policy.data} locked={locked} />
        </aside>
      </div>
    </div>
  );
}
