import { Button, Callout, InputGroup, Spinner } from "@blueprintjs/core";
import { Play } from "@blueprintjs/icons";
import { skipToken, useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { sizeNotice } from "#shared/campaign/size-notice.ts";
import type { CampaignId } from "#shared/ids.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { navigate } from "../../hooks/route.ts";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { api } from "../../rpc/client.ts";
import { methodOf } from "../../text/summary.ts";
import { EvaluateSection } from "./evaluate-section.tsx";
import { Field } from "./fields.tsx";
import { FilterSection } from "./filter-section.tsx";
import { ForecastNote } from "./forecast-note.tsx";
import { check, copyOf, type Draft, newDraft } from "./form.ts";
import { PlanButtons } from "./plan-buttons.tsx";
import { ProposeSection } from "./propose-section.tsx";

function Form({ first, onOpen }: { first: Draft; onOpen(draft: Draft): void }) {
  const [draft, onDraft] = useState(first);
  const { settings, problems } = useMemo(() => check(draft), [draft]);
  const readOnly = useReadOnly();
  const models = useQuery({ ...api.models.list.queryOptions(), staleTime: 0 });
  const start = useMutation({
    ...api.campaigns.start.mutationOptions(),
    onSuccess: ({ id }) => navigate({ page: "campaign", id, candidate: null }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (settings && !readOnly) start.mutate(settings);
  };
  const section = { draft, onDraft, problems };
  const { generation, filter } = draft;
  const model =
    generation.source === "model" ? models.data?.find(({ name }) => name === generation.model) : undefined;
  const notice = model && sizeNotice(model, filter);
  return (
    <form className="column start-form" onSubmit={submit} noValidate>
      <div className="column-head">
        <h1>New campaign</h1>
        <PlanButtons settings={settings} onOpen={onOpen} />
      </div>
      {models.error && <ErrorBanner error={models.error} retry={() => void models.refetch()} />}
      <Field path="name" label="Name" problems={problems}>
        {(attributes) => (
          <InputGroup
            {...attributes}
            size="large"
            autoFocus
            value={draft.name}
            onValueChange={(name) => onDraft({ ...draft, name })}
          />
        )}
      </Field>
      <ProposeSection {...section} models={models.data ?? []} />
      <FilterSection {...section} />
      {notice !== undefined && <Callout intent="warning">{notice}</Callout>}
      <EvaluateSection {...section} />
      <ForecastNote settings={settings} />
      <footer className="form-footer">
        {start.error && <ErrorBanner error={start.error} />}
        <span className="muted">
          {settings
            ? `${settings.generation.count} proposed, at most ${settings.evaluation.maxEvaluations} evaluated with ${methodOf(settings)}`
            : `${problems.size} ${problems.size === 1 ? "field does" : "fields do"} not fit yet`}
        </span>
        <Button text="Cancel" onClick={() => navigate({ page: "campaigns" })} />
        <Button
          type="submit"
          intent="primary"
          icon={<Play />}
          text="Start"
          disabled={!settings || readOnly}
          loading={start.isPending}
        />
      </footer>
    </form>
  );
}

/** A form that begins anew with each plan that is opened. */
function Opened({ first }: { first: Draft }) {
  const [{ draft, times }, setOpened] = useState({ draft: first, times: 0 });
  return (
    <Form key={times} first={draft} onOpen={(opened) => setOpened({ draft: opened, times: times + 1 })} />
  );
}

/** The form for a new campaign: sensible as it stands, or the settings of an earlier one. */
export function StartCampaign({ from }: { from: CampaignId | null }) {
  const source = useQuery(api.campaigns.get.queryOptions({ input: from ? { id: from } : skipToken }));
  if (!from) return <Opened first={newDraft(new Date())} />;
  if (source.error) return <ErrorBanner error={source.error} />;
  return source.data ? <Opened first={copyOf(source.data.settings)} /> : <Spinner className="page-spinner" />;
}
