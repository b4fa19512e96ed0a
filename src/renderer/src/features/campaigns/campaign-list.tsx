import { Button, Spinner } from "@blueprintjs/core";
import { Plus } from "@blueprintjs/icons";
import { useQuery } from "@tanstack/react-query";
import type { Campaign } from "#shared/campaign/campaign.ts";
import { isActive } from "#shared/campaign/campaign.ts";
import { sourceWords } from "#shared/campaign/sources/sources.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { CampaignStateTag } from "../../components/state-tag.tsx";
import { hashOf, navigate } from "../../hooks/route.ts";
import { api } from "../../rpc/client.ts";
import { integer, when } from "../../text/format.ts";
import { methodOf } from "../../text/summary.ts";
import { Welcome } from "./welcome.tsx";

const LIVE_MS = 2_000;

function Count({ value, label }: { value: number; label: string }) {
  return (
    <span className="count">
      <b>{integer(value)}</b> {label}
    </span>
  );
}

function CampaignItem({ campaign }: { campaign: Campaign }) {
  const { settings, counts } = campaign;
  return (
    <li>
      <a className="campaign-item" href={hashOf({ page: "campaign", id: campaign.id, candidate: null })}>
        <span className="campaign-item-head">
          <span className="campaign-item-name">{settings.name}</span>
          <CampaignStateTag state={campaign.state} />
        </span>
        <span className="campaign-item-method muted">
          {sourceWords(settings.generation).name(settings.generation)} · {methodOf(settings)} ·{" "}
          {when(campaign.createdAt)}
        </span>
        <span className="campaign-item-counts">
          <Count value={counts.proposed} label="proposed" />
          <Count value={counts.rejected} label="filtered out" />
          <Count value={counts.evaluated} label="evaluated" />
          {counts.shortlisted !== null && <Count value={counts.shortlisted} label="shortlisted" />}
        </span>
      </a>
    </li>
  );
}

export function CampaignList() {
  const { data, error, refetch } = useQuery({
    ...api.campaigns.list.queryOptions(),
    staleTime: 0,
    refetchInterval: (query) => (query.state.data?.some(isActive) ? LIVE_MS : false),
  });
  if (error) return <ErrorBanner error={error} retry={() => void refetch()} />;
  if (!data) return <Spinner className="page-spinner" />;
  if (data.length === 0) return <Welcome />;
  const newestFirst = data.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
  return (
    <div className="column">
      <div className="column-head">
        <h1>Campaigns</h1>
        <Button
          intent="primary"
          icon={<Plus />}
          text="New campaign"
          onClick={() => navigate({ page: "new", from: null })}
        />
      </div>
      <ul className="campaign-list">
        {newestFirst.map((campaign) => (
          <CampaignItem key={campaign.id} campaign={campaign} />
        ))}
      </ul>
    </div>
  );
}
