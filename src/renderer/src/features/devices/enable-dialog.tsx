import { Callout, Checkbox, InputGroup } from "@blueprintjs/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ProviderStanding } from "#shared/quantum/device-room.ts";
import { BRAKET_REGIONS, IBM_PROGRAMS } from "#shared/quantum/devices.ts";
import { BASE_URLS, WHAT_LEAVES } from "#shared/quantum/provider-places.ts";
import { Field, NumberField, OptionalNumberField, SelectField, TextField } from "../../components/fields.tsx";
import { FormDialog } from "../../components/form-dialog.tsx";
import { api } from "../../rpc/client.ts";
import { draftOf, type EnableDraft, enableRequestOf } from "./enable-draft.ts";

interface PartProps {
  draft: EnableDraft;
  set(change: Partial<EnableDraft>): void;
  problems: ReadonlyMap<string, string>;
}

const options = <Value extends string>(values: readonly Value[]) =>
  values.map((value) => ({ value, label: value }));

function OwnFields({ draft, set, problems }: PartProps) {
  if (draft.provider === "ibm")
    return (
      <>
        <TextField
          path="access.ibm.instance"
          label="Instance that pays"
          help="Its resource name, crn:…"
          isWide
          problems={problems}
          value={draft.instance}
          onValue={(instance) => set({ instance })}
        />
        <SelectField
          path="access.ibm.program"
          label="Form of jobs"
          help="The sampler is what IBM calls deprecated"
          problems={problems}
          options={options(IBM_PROGRAMS)}
          value={draft.program}
          onValue={(program) => set({ program })}
        />
        <Checkbox
          label="Have IBM delete circuits when jobs end, and results once they were read: a reading that is cut off is lost"
          checked={draft.isPrivate}
          onChange={() => set({ isPrivate: !draft.isPrivate })}
        />
      </>
    );
  if (draft.provider === "braket")
    return (
      <>
        <SelectField
          path="access.braket.region"
          label="Region"
          help="A device is in one of them"
          problems={problems}
          options={options(BRAKET_REGIONS)}
          value={draft.region}
          onValue={(region) => set({ region })}
        />
        <TextField
          path="access.braket.bucket"
          label="Bucket for results"
          help="Of yours, in that region"
          problems={problems}
          value={draft.bucket}
          onValue={(bucket) => set({ bucket })}
        />
      </>
    );
  return null;
}

/** Addresses of a provider on this machine, such as `ansatz qpu simulate-provider` serves. */
function AddressFields({ draft, set, problems }: PartProps) {
  const { provider } = draft;
  return (
    <details className="field-wide">
      <summary>Another address</summary>
      <TextField
        path="access.baseUrl"
        label="Address"
        help={`None: ${BASE_URLS[provider]}`}
        isWide
        problems={problems}
        value={draft.baseUrl}
        onValue={(baseUrl) => set({ baseUrl })}
      />
      {provider === "ibm" && (
        <TextField
          path="access.ibm.tokenUrl"
          label="Where the key is exchanged for a token"
          isWide
          problems={problems}
          value={draft.tokenUrl}
          onValue={(tokenUrl) => set({ tokenUrl })}
        />
      )}
      {provider === "braket" && (
        <TextField
          path="access.braket.s3Url"
          label="Where the bucket is read"
          isWide
          problems={problems}
          value={draft.s3Url}
          onValue={(s3Url) => set({ s3Url })}
        />
      )}
    </details>
  );
}

function LimitFields({ draft, set, problems }: PartProps) {
  const optional = (name: "campaign_usd" | "day_usd" | "account_usd", label: string, help: string) => (
    <OptionalNumberField
      path={`access.limits.${name}`}
      label={label}
      help={help}
      problems={problems}
      value={draft[name]}
      onValue={(value) => set({ [name]: value })}
    />
  );
  return (
    <>
      <NumberField
        path="access.limits.job_usd"
        label="Limit of a job / USD"
        help="All circuits that are measured together"
        problems={problems}
        value={draft.job_usd}
        onValue={(job_usd) => set({ job_usd })}
      />
      {optional("campaign_usd", "Of a campaign / USD", "None: ten jobs")}
      {optional("day_usd", "Of a day, UTC / USD", "None: that of a campaign")}
      {optional("account_usd", "In all / USD", "None: ten days")}
    </>
  );
}

function Perimeter() {
  return (
    <Callout intent="primary" title="What you say yes to" compact>
      <p>{WHAT_LEAVES}</p>
      <p>
        Nothing is sent by this dialog. What would cost more than a limit is not sent: the local sampler
        measures it, and the result says so. Each circuit is in the egress log before it leaves, with its hash
        and this yes.
      </p>
    </Callout>
  );
}

/** Says yes to a provider, with limits and a key. */
export function EnableDialog({ standing, onClose }: { standing: ProviderStanding; onClose(): void }) {
  const { provider, hasKey, keychain } = standing;
  const [draft, setDraft] = useState(() => draftOf(standing));
  const queries = useQueryClient();
  const enable = useMutation({
    ...api.qpu.enable.mutationOptions(),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: api.qpu.key() });
      onClose();
    },
  });
  const asked = enableRequestOf(draft);
  const problems = "problems" in asked ? asked.problems : new Map<string, string>();
  const part = { draft, problems, set: (change: Partial<EnableDraft>) => setDraft({ ...draft, ...change }) };
  return (
    <FormDialog
      title={`Enable ${provider}`}
      action="Enable"
      ready={"request" in asked && (hasKey || draft.key.trim() !== "")}
      isPending={enable.isPending}
      error={enable.error}
      onSubmit={() => "request" in asked && enable.mutate(asked.request)}
      onClose={onClose}
    >
      <Perimeter />
      <div className="device-fields">
        <Field
          path="key"
          label="Key"
          help={
            hasKey
              ? "One is at hand; fill it in to use another"
              : `${provider === "braket" ? "id:secret. " : ""}Held in memory until the program ends`
          }
          isWide
          problems={problems}
        >
          {(attributes) => (
            <InputGroup
              {...attributes}
              type="password"
              autoComplete="off"
              value={draft.key}
              onValueChange={(key) => part.set({ key })}
            />
          )}
        </Field>
        {keychain ? (
          <Checkbox
            className="field-wide"
            label={`Keep the key for later starts, locked by this computer's keychain in ${keychain.file}`}
            checked={draft.keepsKey}
            disabled={draft.key.trim() === ""}
            onChange={() => part.set({ keepsKey: !draft.keepsKey })}
          />
        ) : (
          <p className="field-wide muted">
            This computer offers no keychain to keep a key in: it is filled in again at each start.
          </p>
        )}
        <OwnFields {...part} />
        <LimitFields {...part} />
        <AddressFields {...part} />
      </div>
    </FormDialog>
  );
}
