import { Spinner } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useRef, useState } from "react";
import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import type { Campaign } from "#shared/campaign/campaign.ts";
import { isActive } from "#shared/campaign/campaign.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import {
  certaintySentence,
  estimateCorrelation,
  type RankingCertainty,
  rungSentences,
} from "#shared/campaign/certainty.ts";
import { compareMeasured, measuredSentence } from "#shared/campaign/measured.ts";
import { type CampaignId, candidateId } from "#shared/ids.ts";
import { estimateSentence } from "#shared/properties/estimate.ts";
import { propertyOf } from "#shared/properties/find.ts";
import type { AskedProperty } from "#shared/properties/method-title.ts";
import { titleOfValue } from "#shared/properties/property.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { useViewer } from "../../components/reviewer.tsx";
import { navigate } from "../../hooks/route.ts";
import { useKeys } from "../../hooks/use-keys.ts";
import { api, client } from "../../rpc/client.ts";
import { CandidatePage } from "../candidate/candidate-page.tsx";
import { CandidateTableView } from "../candidates/candidate-table-view.tsx";
import { agreedIn, type View } from "../candidates/filters.ts";
import { TableFilter } from "../candidates/table-filter.tsx";
import { useCandidateTable } from "../candidates/use-candidate-table.ts";
import { useStandings } from "../review/queries.ts";
import { CampaignHeader } from "./campaign-header.tsx";
import { useCampaignEvents } from "./use-campaign-events.ts";

const NO_ROWS: readonly CandidateRow[] = [];
const UNKNOWN: RankingCertainty = { candidates: [], stability: null, rungs: [] };

interface WorkbenchProps {
  campaign: Campaign;
  candidate: number | null;
  rows: readonly CandidateRow[];
}

/** Error bars of the ranking, and what each dearer number changed: asked anew for each candidate that was evaluated. */
function useCertainty({ id, counts }: Campaign): RankingCertainty {
  const { data } = useQuery({
    queryKey: ["certainty", id, counts.evaluated],
    queryFn: () => client.campaigns.certainty({ id }),
    placeholderData: keepPreviousData,
  });
  return data ?? UNKNOWN;
}

/** Under the table, how far its order is to be trusted, and how much of it cheaper numbers give already. */
function CertaintyNote({ certainty, asked }: { certainty: RankingCertainty; asked: AskedProperty }) {
  const property = propertyOf(asked.property);
  const correlation = estimateCorrelation(certainty, property);
  const sentences = [
    certaintySentence(certainty),
    correlation && estimateSentence(asked, correlation),
    ...rungSentences(certainty, (key) => titleOfValue(property, key)),
  ].filter((sentence) => sentence !== null);
  return sentences.map((sentence) => (
    <p key={sentence} className="table-note muted">
      {sentence}
    </p>
  ));
}

/** Under the table, how far what was computed agrees with what a person measured. */
function MeasuredNote({ campaign, rows }: { campaign: Campaign; rows: readonly CandidateRow[] }) {
  const { evaluation, generation } = campaign.settings;
  const sentences = useMemo(() => {
    const measured = generation.source === "library" ? (generation.measured ?? []) : [];
    const property = propertyOf(evaluation.property);
    return measured.map((column) => measuredSentence(compareMeasured(property, column, rows)));
  }, [evaluation.property, generation, rows]);
  return sentences.map((sentence) => (
    <p key={sentence} className="table-note muted">
      {sentence}
    </p>
  ));
}

/** The table and, beside it, the candidate that was chosen. */
function Workbench({ campaign, candidate, rows }: WorkbenchProps) {
  const [view, setView] = useState<View>("all");
  const [text, setText] = useState("");
  const [wide, setWide] = useState(false);
  const search = useRef<HTMLInputElement>(null);
  const { evaluation, generation } = campaign.settings;
  const { property } = evaluation;
  const standings = useStandings(campaign.id).data;
  const agreed = useMemo(() => agreedIn(standings ?? []), [standings]);
  const certainty = useCertainty(campaign);
  const table = useCandidateTable(rows, { property, generation, view, text, agreed, certainty });
  const open = candidate !== null;
  const panelIds = open ? ["table", "candidate"] : ["table"];
  const layout = useDefaultLayout({ id: "ansatz.workbench", panelIds });

  const go = (index: number | null) =>
    navigate({ page: "campaign", id: campaign.id, candidate: index }, { replace: open });
  const walk = (step: number) => {
    const order = table.getRowModel().rows.map((row) => row.original.proposal.index);
    const place = candidate === null ? -1 : order.indexOf(candidate);
    const next = order[Math.min(Math.max(place + step, 0), order.length - 1)];
    if (next !== undefined) go(next);
  };
  useKeys([
    { combo: "j", label: "Next candidate", run: () => walk(1) },
    { combo: "k", label: "Previous candidate", run: () => walk(-1) },
    { combo: "/", label: "Find in the table", run: () => search.current?.focus() },
    { combo: "f", label: "Candidate over the whole width", run: () => setWide((now) => !now) },
    { combo: "escape", label: "Close the candidate", run: () => go(null) },
  ]);

  return (
    <Group className="workbench" {...layout}>
      {!(open && wide) && (
        <Panel id="table" minSize="320px">
          <section className="table-pane" aria-label="Candidates">
            <TableFilter
              rows={rows}
              agreed={agreed}
              view={view}
              onView={setView}
              text={text}
              onText={setText}
              search={search}
            />
            <CandidateTableView
              table={table}
              property={propertyOf(property)}
              direction={campaign.settings.ranking.direction}
              selected={candidate}
              onSelect={go}
              empty={
                rows.length === 0 && isActive(campaign)
                  ? "The first molecules are on their way."
                  : "No candidate fits this filter."
              }
            />
            <CertaintyNote certainty={certainty} asked={evaluation} />
            <MeasuredNote campaign={campaign} rows={rows} />
          </section>
        </Panel>
      )}
      {open && !wide && <Separator className="separator" />}
      {open && (
        <Panel id="candidate" minSize="420px" defaultSize="46%">
          <CandidatePage
            id={candidateId(campaign.id, candidate)}
            wide={wide}
            onWide={setWide}
            onStep={walk}
            onClose={() => go(null)}
          />
        </Panel>
      )}
    </Group>
  );
}

export function CampaignPage({ id, candidate }: { id: CampaignId; candidate: number | null }) {
  const campaign = useQuery({ ...api.campaigns.get.queryOptions({ input: { id } }), staleTime: 0 });
  const candidates = useQuery({
    ...api.candidates.list.queryOptions({ input: { campaignId: id, ...useViewer() } }),
    staleTime: 0,
  });
  const progress = useCampaignEvents(id, campaign.data !== undefined && isActive(campaign.data));
  if (campaign.error) return <ErrorBanner error={campaign.error} retry={() => void campaign.refetch()} />;
  if (!campaign.data) return <Spinner className="page-spinner" />;
  return (
    <div className="campaign-page">
      <CampaignHeader campaign={campaign.data} progress={progress} />
      {candidates.error ? (
        <ErrorBanner error={candidates.error} retry={() => void candidates.refetch()} />
      ) : (
        <Workbench campaign={campaign.data} candidate={candidate} rows={candidates.data ?? NO_ROWS} />
      )}
    </div>
  );
}
