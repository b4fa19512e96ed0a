import { Spinner } from "@blueprintjs/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { Group, Panel, Separator, useDefaultLayout } from "react-resizable-panels";
import type { Campaign } from "#shared/campaign/campaign.ts";
import { isActive } from "#shared/campaign/campaign.ts";
import { type CandidateCounts, CandidateView } from "#shared/campaign/candidate-page.ts";
import {
  certaintySentence,
  estimateCorrelation,
  type RankingCertainty,
  rungSentences,
} from "#shared/campaign/certainty.ts";
import { type CampaignId, candidateId } from "#shared/ids.ts";
import { estimateSentence } from "#shared/properties/estimate.ts";
import { declarationOf } from "#shared/properties/find.ts";
import type { AskedProperty } from "#shared/properties/method-title.ts";
import { shownAs, titleOfValue } from "#shared/properties/property.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { FaultBoundary } from "../../components/fault-boundary.tsx";
import { useViewer } from "../../components/reviewer.tsx";
import { toastError } from "../../components/toaster.ts";
import { isOpen, navigate, type TableShown } from "../../hooks/route.ts";
import { useEnergyUnit } from "../../hooks/use-energy-unit.ts";
import { useKeys } from "../../hooks/use-keys.ts";
import { useStored } from "../../hooks/use-stored.ts";
import { api, client } from "../../rpc/client.ts";
import { measuredText } from "../../text/energy-unit.ts";
import { CandidatePage } from "../candidate/candidate-page.tsx";
import { CandidateGrid } from "../candidates/candidate-grid.tsx";
import { CandidateTableView } from "../candidates/candidate-table-view.tsx";
import { ChoiceBar } from "../candidates/choice-bar.tsx";
import { CampaignColumns } from "../candidates/column-choice.tsx";
import { PlotPanel } from "../candidates/plot-panel.tsx";
import { RangeFilter, RangeTags } from "../candidates/range-filter.tsx";
import { TableFilter } from "../candidates/table-filter.tsx";
import { useCandidateTable } from "../candidates/use-candidate-table.ts";
import { ViewsButton } from "../candidates/views-button.tsx";
import { useVerdictLock } from "../review/use-verdict-lock.tsx";
import { CampaignHeader } from "./campaign-header.tsx";
import { useCampaignEvents } from "./use-campaign-events.ts";
import { useNeighbours } from "./use-neighbours.ts";

const UNKNOWN: RankingCertainty = { candidates: [], stability: null, rungs: [] };

interface WorkbenchProps {
  campaign: Campaign;
  candidate: number | null;
  /** Of the table, as the address says. */
  shown: TableShown;
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
  const property = declarationOf(asked);
  const correlation = estimateCorrelation(certainty, property);
  const sentences = [
    certaintySentence(certainty),
    correlation && estimateSentence(asked, correlation),
    ...rungSentences(certainty, (key) => titleOfValue(property, key)),
  ].filter((sentence) => sentence !== null);
  return sentences.length > 0 ? <p className="table-note muted">{sentences.join(" ")}</p> : null;
}

/** Under the table, how far what was computed agrees with what a person measured: asked anew for each candidate that was evaluated. */
function MeasuredNote({ campaign: { id, counts, settings } }: { campaign: Campaign }) {
  const [choice] = useEnergyUnit();
  const declared = shownAs(declarationOf(settings.evaluation));
  const { data = [] } = useQuery({
    queryKey: ["measured", id, counts.evaluated],
    queryFn: () => client.campaigns.measured({ id }),
    placeholderData: keepPreviousData,
  });
  return data.map((comparison) => (
    <p key={comparison.column} className="table-note muted">
      {measuredText(comparison, declared, choice)}
    </p>
  ));
}

const NONE = Object.fromEntries(CandidateView.options.map((view) => [view, 0])) as CandidateCounts;

/** How many candidates are in each view. */
function useCounts(campaignId: CampaignId): CandidateCounts {
  const counts = api.candidates.counts.queryOptions({ input: { campaignId, ...useViewer() } });
  return useQuery({ ...counts, staleTime: 0, placeholderData: keepPreviousData }).data ?? NONE;
}

/** The table and, beside it, the candidate that was chosen. */
function Workbench({ campaign, candidate, shown }: WorkbenchProps) {
  const { view, text } = shown;
  const [wide, setWide] = useState(false);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [plot, rememberPlot] = useStored("plot-shown");
  const hasPlot = plot === "on";
  const [shape, rememberShape] = useStored("candidates-as");
  const isGrid = shape === "grid";
  const Candidates = isGrid ? CandidateGrid : CandidateTableView;
  const viewer = useViewer();
  const locked = useVerdictLock(campaign.id);
  const search = useRef<HTMLInputElement>(null);
  const { evaluation } = campaign.settings;
  const counts = useCounts(campaign.id);
  const certainty = useCertainty(campaign);
  const show = (change: Partial<TableShown>) =>
    navigate(
      { page: "campaign", id: campaign.id, candidate, table: { ...shown, ...change } },
      { replace: true },
    );
  const [choosesColumns, setChoosesColumns] = useState(false);
  const { table, pages, sorts, numeric, ranges, titles } = useCandidateTable(campaign, {
    ...{ shown, certainty, selected: candidate },
  });
  useNeighbours(campaign.id, candidate, pages);
  const asked = { view, text, ...viewer, ...(ranges.length > 0 && { ranges }) };
  const rangeFilter = (id: string) => {
    const column = numeric.find((one) => one.column === id);
    if (!column) return null;
    const others = shown.ranges.filter((range) => range.column !== id);
    const isOther = ({ by }: (typeof ranges)[number]) => JSON.stringify(by) !== JSON.stringify(column.key);
    return (
      <RangeFilter
        column={column}
        asked={{ ...asked, campaignId: campaign.id, ranges: ranges.filter(isOther) }}
        range={shown.ranges.find((range) => range.column === id)}
        onRange={(range) => show({ ranges: range ? [...others, range] : others })}
      />
    );
  };

  const open = candidate !== null;
  const panelIds = open ? ["table", "candidate"] : ["table"];
  const layout = useDefaultLayout({ id: "ansatz.workbench", panelIds });

  const go = (index: number | null) =>
    navigate({ page: "campaign", id: campaign.id, candidate: index, table: shown }, { replace: open });
  const walk = (step: number) => {
    const found = pages.walk(step);
    const goOn = (next: number | undefined) => next !== undefined && go(next);
    if (found instanceof Promise) found.then(goOn, toastError);
    else goOn(found);
  };
  /** The candidate that follows now; gone to where the person has not gone elsewhere meanwhile. */
  const ahead = () => {
    const found = Promise.resolve(pages.walk(1));
    return () => {
      const goOn = (next: number | undefined) =>
        next !== undefined && isOpen(campaign.id, candidate) && go(next);
      found.then(goOn, toastError);
    };
  };
  const toggle = (index: number) => {
    const next = new Set(chosen);
    if (!next.delete(index)) next.add(index);
    setChosen(next);
  };
  useKeys([
    { combo: "j", label: "Next candidate", run: () => walk(1) },
    { combo: "k", label: "Previous candidate", run: () => walk(-1) },
    ...(candidate === null
      ? []
      : [
          {
            combo: "x",
            label: "Choose the candidate, for what is done with several",
            run: () => toggle(candidate),
          },
        ]),
    { combo: "p", label: "Plot of the candidates", run: () => rememberPlot(hasPlot ? "off" : "on") },
    {
      combo: "v",
      label: isGrid ? "Candidates as rows" : "Candidates as cards",
      run: () => rememberShape(isGrid ? "" : "grid"),
    },
    { combo: "shift + v", label: "Columns of the table", run: () => setChoosesColumns(true) },
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
              counts={counts}
              view={view}
              onView={(view) => show({ view })}
              text={text}
              onText={(text) => show({ text })}
              search={search}
              hasPlot={hasPlot}
              onPlot={(on) => rememberPlot(on ? "on" : "off")}
              isGrid={isGrid}
              onGrid={(on) => rememberShape(on ? "grid" : "")}
              onColumns={() => setChoosesColumns(true)}
            >
              <ViewsButton campaignId={campaign.id} shown={shown} onShown={show} />
            </TableFilter>
            {choosesColumns && (
              <CampaignColumns
                campaign={campaign}
                certainty={certainty}
                shown={shown.columns}
                order={[...titles.keys()]}
                titles={titles}
                onShown={(columns) => show({ columns })}
                onClose={() => setChoosesColumns(false)}
              />
            )}
            <RangeTags columns={numeric} ranges={shown.ranges} onRanges={(ranges) => show({ ranges })} />
            {chosen.size > 0 && (
              <ChoiceBar
                campaignId={campaign.id}
                chosen={chosen}
                locked={locked}
                onClear={() => setChosen(new Set())}
              />
            )}
            {hasPlot && (
              <FaultBoundary of="The plot" place={`${view} ${text}`}>
                <PlotPanel
                  campaign={campaign}
                  asked={asked}
                  selected={candidate}
                  chosen={chosen}
                  onChoose={setChosen}
                  onOpen={go}
                  tableRanges={{
                    columns: numeric,
                    ranges: shown.ranges,
                    onRanges: (ranges) => show({ ranges }),
                  }}
                />
              </FaultBoundary>
            )}
            {pages.error && <ErrorBanner error={pages.error} retry={pages.refetch} />}
            <FaultBoundary of="The list of candidates" place={`${view} ${text} ${shape}`}>
              <Candidates
                table={table}
                sorts={sorts}
                onSorts={(sorts) => show({ sorts })}
                onColumns={(columns) => show({ columns })}
                rangeFilter={rangeFilter}
                hasOwnColumns={shown.columns !== null}
                pages={pages}
                property={declarationOf(evaluation)}
                direction={campaign.settings.ranking.direction}
                selected={candidate}
                onSelect={go}
                chosen={chosen}
                onToggle={toggle}
                onWalk={walk}
                empty={emptyText({
                  ...{ count: counts.all, active: isActive(campaign), text },
                  hasRanges: ranges.length > 0,
                })}
              />
            </FaultBoundary>
            <FaultBoundary of="What stands under the table">
              <CertaintyNote certainty={certainty} asked={evaluation} />
              <MeasuredNote campaign={campaign} />
            </FaultBoundary>
          </section>
        </Panel>
      )}
      {open && !wide && <Separator className="separator" />}
      {open && (
        <Panel id="candidate" minSize="420px" defaultSize="46%">
          <FaultBoundary
            of="This candidate"
            place={String(candidate)}
            back={{ text: "Close the candidate", go: () => go(null) }}
          >
            <CandidatePage
              id={candidateId(campaign.id, candidate)}
              settings={campaign.settings}
              certainty={certainty.candidates.find(({ index }) => index === candidate)}
              ahead={ahead}
              wide={wide}
              onWide={setWide}
              onStep={walk}
              onClose={() => go(null)}
            />
          </FaultBoundary>
        </Panel>
      )}
    </Group>
  );
}

interface EmptyTable {
  /** Of all candidates. */
  count: number;
  active: boolean;
  text: string;
  hasRanges: boolean;
}

/** What a table without rows says. */
function emptyText({ count, active, text, hasRanges }: EmptyTable): string {
  if (count === 0)
    return active
      ? "The first molecules are on their way."
      : "No molecule came of this campaign. What stands above says why; the same settings can be opened beside Review.";
  if (hasRanges)
    return `No candidate of this view is within the ranges${text ? ` and has “${text}”` : ""}. Take one out, or choose another view.`;
  return text
    ? `No candidate of this view has “${text}”. Take the text out, or choose another view.`
    : "No candidate is in this view. Choose another one.";
}

interface CampaignPageProps extends Omit<WorkbenchProps, "campaign"> {
  id: CampaignId;
}

export function CampaignPage({ id, ...place }: CampaignPageProps) {
  const campaign = useQuery({ ...api.campaigns.get.queryOptions({ input: { id } }), staleTime: 0 });
  const progress = useCampaignEvents(id, campaign.data !== undefined && isActive(campaign.data));
  if (campaign.error) return <ErrorBanner error={campaign.error} retry={() => void campaign.refetch()} />;
  if (!campaign.data) return <Spinner className="page-spinner" />;
  return (
    <div className="campaign-page">
      <FaultBoundary of="The head of the campaign">
        <CampaignHeader campaign={campaign.data} progress={progress} />
      </FaultBoundary>
      <Workbench campaign={campaign.data} {...place} />
    </div>
  );
}
