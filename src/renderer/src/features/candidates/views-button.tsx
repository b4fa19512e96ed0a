/** Tables as a person left them, kept in the notebook by name. */
import { Button, InputGroup, PopoverNext, PopupKind } from "@blueprintjs/core";
import { Bookmark, Cross } from "@blueprintjs/icons";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import type { CampaignId } from "#shared/ids.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { toastError } from "../../components/toaster.ts";
import { readTable, type TableShown, tableText } from "../../hooks/route.ts";
import { api, client } from "../../rpc/client.ts";

interface TableViewsProps {
  campaignId: CampaignId;
  shown: TableShown;
  onShown(shown: TableShown): void;
}

function ViewsForm({ campaignId, shown, onShown }: TableViewsProps) {
  const queries = useQueryClient();
  const query = api.campaigns.views.queryOptions({ input: { campaignId } });
  const { data = [], error, refetch } = useQuery({ ...query, staleTime: 0 });
  const [name, setName] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const done = {
    onError: toastError,
    onSettled: () => queries.invalidateQueries({ queryKey: query.queryKey }),
  };
  const keep = useMutation({
    mutationFn: (called: string) =>
      client.campaigns.keepView({ campaignId, view: { name: called, shown: tableText(shown) } }),
    onSuccess: () => setName(""),
    ...done,
  });
  const forget = useMutation({
    mutationFn: (called: string) => client.campaigns.forgetView({ campaignId, name: called }),
    // Its own button is gone.
    onSuccess: () => field.current?.focus(),
    ...done,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") keep.mutate(name.trim());
  };
  const isKnown = data.some((one) => one.name === name.trim());
  return (
    <div className="views-form">
      <b>Views of this campaign</b>
      {error && <ErrorBanner error={error} retry={() => void refetch()} />}
      {data.length === 0 && !error && <span className="muted">None is kept yet.</span>}
      <ul>
        {data.map((view) => (
          <li key={view.name}>
            <Button
              variant="minimal"
              size="small"
              alignText="start"
              fill
              text={view.name}
              active={view.shown === tableText(shown)}
              onClick={() => onShown(readTable(view.shown.replace(/^\?/, "")))}
            />
            <Button
              variant="minimal"
              size="small"
              icon={<Cross size={12} />}
              aria-label={`Forget ${view.name}`}
              onClick={() => forget.mutate(view.name)}
            />
          </li>
        ))}
      </ul>
      <form onSubmit={submit}>
        <InputGroup
          size="small"
          inputRef={field}
          aria-label="Name of the view"
          placeholder="Name of this view"
          maxLength={80}
          value={name}
          onValueChange={setName}
        />
        <Button
          size="small"
          type="submit"
          text={isKnown ? "Replace" : "Keep"}
          disabled={name.trim() === "" || keep.isPending}
        />
      </form>
      <span className="muted">
        View, text, ranges, order and columns; kept in the notebook, beside its evidence.
      </span>
    </div>
  );
}

export function ViewsButton(props: TableViewsProps) {
  return (
    <PopoverNext
      content={<ViewsForm {...props} />}
      placement="bottom-end"
      animation="minimal"
      arrow={false}
      popupKind={PopupKind.DIALOG}
    >
      <Button
        size="small"
        variant="minimal"
        icon={<Bookmark />}
        text="Views"
        aria-label="Views"
        title="Tables kept by name"
      />
    </PopoverNext>
  );
}
