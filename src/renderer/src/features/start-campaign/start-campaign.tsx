import { Button, Callout, InputGroup, Spinner } from "@blueprintjs/core";
import { Play } from "@blueprintjs/icons";
import { skipToken, useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useMemo, useState } from "react";
import { MOST_FOUND, SearchQuery, type SearchQueryInput } from "#shared/campaign/search.ts";
import { sizeNotice } from "#shared/campaign/size-notice.ts";
import type { CampaignId } from "#shared/ids.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { toastError } from "../../components/toaster.ts";
import { navigate } from "../../hooks/route.ts";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { api } from "../../rpc/client.ts";
import { methodOf } from "../../text/summary.ts";
import { EvaluateSection } from "./evaluate-section.tsx";
import { Field } from "./fields.tsx";
import { FilterSection } from "./filter-section.tsx";
import { ForecastNote } from "./forecast-note.tsx";
import { check, copyOf, newDraft, type Opened, ofSource, withLibrary } from "./form.ts";
import { openDropped } from "./open-files.ts";
import { PlanButtons } from "./plan-buttons.tsx";
import { ProposeSection } from "./propose-section.tsx";

function Form({ first, onOpen }: { first: Opened; onOpen(opened: Opened): void }) {
  const [draft, onDraft] = useState(first.draft);
  const { settings, problems } = useMemo(() => check(draft), [draft]);
  const readOnly = useReadOnly();
  const models = useQuery({ ...api.models.list.queryOptions(), staleTime: 0 });
  const start = useMutation({
    ...api.campaigns.start.mutationOptions(),
    onSuccess: ({ id }) => navigate({ page: "campaign", id, candidate: null }),
  });
  const drop = useMutation({
    mutationFn: (files: readonly File[]) => openDropped(files, draft),
    onSuccess: onOpen,
    onError: toastError,
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
    <form
      className="column start-form"
      onSubmit={submit}
      noValidate
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const files = [...event.dataTransfer.files];
        if (files.length > 0) drop.mutate(files);
      }}
    >
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
      <ProposeSection {...section} models={models.data ?? []} asked={first.asked} />
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
function OpenedForm({ first }: { first: Opened }) {
  const [{ opened, times }, setOpened] = useState({ opened: first, times: 0 });
  return <Form key={times} first={opened} onOpen={(opened) => setOpened({ opened, times: times + 1 })} />;
}

/** The form with the candidates that a search finds. */
function OfSearch({ search }: { search: SearchQueryInput }) {
  const asked = {
    files: [],
    notebook: [{ search: SearchQuery.parse({ ...search, limit: MOST_FOUND }) }],
    reading: {},
  };
  const found = useQuery({ ...api.libraries.read.queryOptions({ input: asked }), staleTime: 0, gcTime: 0 });
  if (found.error) return <ErrorBanner error={found.error} />;
  if (!found.data) return <Spinner className="page-spinner" />;
  return (
    <OpenedForm
      first={{ draft: withLibrary(ofSource(newDraft(new Date()), "library"), found.data), asked }}
    />
  );
}

interface StartCampaignProps {
  from: CampaignId | null;
  search: SearchQueryInput | null;
}

/** The form for a new campaign: sensible as it stands, the settings of an earlier one, or what a search finds. */
export function StartCampaign({ from, search }: StartCampaignProps) {
  const source = useQuery(api.campaigns.get.queryOptions({ input: from ? { id: from } : skipToken }));
  if (search) return <OfSearch search={search} />;
  if (!from) return <OpenedForm first={{ draft: newDraft(new Date()) }} />;
  if (source.error) return <ErrorBanner error={source.error} />;
  if (!source.data) return <Spinner className="page-spinner" />;
  return <OpenedForm first={{ draft: copyOf(source.data.settings) }} />;
}
