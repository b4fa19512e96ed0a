/** Candidates of an earlier campaign as molecules of a new one. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CandidateView } from "#shared/campaign/candidate-page.ts";
import { NotebookRows } from "#shared/campaign/library.ts";
import { OptionalNumberField, SelectField } from "../../components/fields.tsx";
import { api } from "../../rpc/client.ts";
import { VIEW_TITLES } from "../candidates/table-filter.tsx";
import type { SectionProps } from "./section.tsx";

interface Asked {
  /** Empty: none. */
  campaign: string;
  view: CandidateView;
  /** null: all. */
  count: number | null;
}

/** What is asked for; none where no campaign is, or as long as the number is none. */
export function rowsAsked({ campaign, view, count }: Asked): NotebookRows[] {
  const asked = NotebookRows.safeParse({ campaign, view, ...(count !== null && { count }) });
  return asked.success ? [asked.data] : [];
}

interface EarlierCampaignFieldsProps extends Pick<SectionProps, "problems"> {
  onRows(rows: NotebookRows[]): void;
}

export function EarlierCampaignFields({ problems, onRows }: EarlierCampaignFieldsProps) {
  const campaigns = useQuery(api.campaigns.list.queryOptions()).data ?? [];
  const [asked, setAsked] = useState<Asked>({ campaign: "", view: "ranked", count: null });
  const ask = (change: Partial<Asked>) => {
    const next = { ...asked, ...change };
    setAsked(next);
    onRows(rowsAsked(next));
  };
  if (campaigns.length === 0) return null;
  const options = campaigns.map(({ id, settings }) => ({ value: id as string, label: settings.name }));
  return (
    <>
      <SelectField
        path="generation.earlier"
        label="Or of an earlier campaign"
        problems={problems}
        options={[{ value: "", label: "none" }, ...options]}
        value={asked.campaign}
        onValue={(campaign) => ask({ campaign })}
      />
      {asked.campaign !== "" && (
        <>
          <SelectField
            path="generation.earlierView"
            label="Which of them"
            problems={problems}
            options={CandidateView.options.map((view) => ({ value: view, label: VIEW_TITLES[view] }))}
            value={asked.view}
            onValue={(view) => ask({ view })}
          />
          <OptionalNumberField
            path="generation.earlierCount"
            label="The best"
            help="How many of them; empty for all. Files stand before them."
            problems={problems}
            value={asked.count}
            onValue={(count) => ask({ count })}
          />
        </>
      )}
    </>
  );
}
