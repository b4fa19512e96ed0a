import { Button, Callout, InputGroup, Spinner } from "@blueprintjs/core";
import { Play } from "@blueprintjs/icons";
import { skipToken, useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { MOST_FOUND, SearchQuery, type SearchQueryInput } from "#shared/campaign/search.ts";
import { sizeNotice } from "#shared/campaign/size-notice.ts";
import type { CampaignId } from "#shared/ids.ts";
import type { ModelSummary } from "#shared/model/model.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { Field } from "../../components/fields.tsx";
import { toastError } from "../../components/toaster.ts";
import { navigate } from "../../hooks/route.ts";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { api } from "../../rpc/client.ts";
import { methodOf } from "../../text/summary.ts";
import { holdFiles, takeDrop } from "./drop.ts";
import { EvaluateSection } from "./evaluate-section.tsx";
import { FilterSection } from "./filter-section.tsx";
import { ForecastNote } from "./forecast-note.tsx";
import { check, copyOf, type Draft, newDraft, type Opened, ofSource, withLibrary } from "./form.ts";
import { openPlan } from "./open-files.ts";
import { PlanButtons } from "./plan-buttons.tsx";
import { ProposeSection } from "./propose-section.tsx";
import type { SectionProps } from "./section.tsx";
import { useLibrary } from "./use-library.ts";

function NameField({ draft, onDraft, problems }: SectionProps) {
  return (
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
  );
}

/** Where a filter asks for molecules of other sizes than the model writes. */
function SizeNotice({ draft, models }: { draft: Draft; models: readonly ModelSummary[] }) {
  const { generation, filter } = draft;
  const model =
    generation.source === "model" ? models.find(({ name }) => name === generation.model) : undefined;
  const notice = model && sizeNotice(model, filter);
  return notice === undefined ? null : <Callout intent="warning">{notice}</Callout>;
}

interface FormFooterProps extends ReturnType<typeof check> {
  isReady: boolean;
  start: { error: unknown; isPending: boolean };
}

/** What would be started, or what is missing yet. */
function FormFooter({ settings, problems, isReady, start }: FormFooterProps) {
  return (
    <footer className="form-footer">
      {start.error !== null && <ErrorBanner error={start.error} />}
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
        disabled={!isReady}
        loading={start.isPending}
      />
    </footer>
  );
}

function Form({ first, onOpen }: { first: Opened; onOpen(opened: Opened): void }) {
  const [draft, onDraft] = useState(first.draft);
  const library = useLibrary(onDraft, first.asked);
  const { reading } = library.asked;
  const { settings, problems } = useMemo(() => check(draft, reading), [draft, reading]);
  const models = useQuery({ ...api.models.list.queryOptions(), staleTime: 0 });
  const start = useMutation({
    ...api.campaigns.start.mutationOptions(),
    onSuccess: ({ id }) => navigate({ page: "campaign", id, candidate: null }),
  });
  const open = useMutation({ mutationFn: openPlan, onSuccess: onOpen, onError: toastError });
  const isReady = !useReadOnly() && settings !== undefined && !library.read.isPending;
  const section = { draft, onDraft, problems };
  return (
    <form
      className="column start-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) start.mutate(settings);
      }}
      noValidate
      onDragOver={holdFiles}
      onDrop={(event) => takeDrop(event, { plan: open.mutate, molecules: library.take })}
    >
      <div className="column-head">
        <h1>New campaign</h1>
        <PlanButtons settings={settings} open={open} />
      </div>
      {models.error && <ErrorBanner error={models.error} retry={() => void models.refetch()} />}
      <NameField {...section} />
      <ProposeSection {...section} models={models.data ?? []} library={library} />
      <FilterSection {...section} />
      <SizeNotice draft={draft} models={models.data ?? []} />
      <EvaluateSection {...section} />
      <ForecastNote settings={settings} />
      <FormFooter settings={settings} problems={problems} isReady={isReady} start={start} />
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
