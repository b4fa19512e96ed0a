import { Button, FormGroup, InputGroup, Tag } from "@blueprintjs/core";
import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { simulatorOf } from "#shared/quantum/backend-names.ts";
import { BACKENDS } from "#shared/quantum/backends.ts";
import type { ProviderStanding } from "#shared/quantum/device-room.ts";
import { DeviceName } from "#shared/quantum/devices.ts";
import { DEVICE_EXAMPLES } from "#shared/quantum/provider-places.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { DialogBoundary } from "../../components/fault-boundary.tsx";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { api } from "../../rpc/client.ts";
import { integer, NONE, typeset } from "../../text/format.ts";
import { EnableDialog } from "./enable-dialog.tsx";
import { TrialDialog } from "./trial-dialog.tsx";

const TRIAL_SHOTS = 100;
const usd = (value: number): string => `${typeset(value, 2)} USD`;

/** What it may cost while it is enabled, and what it cost, which stays said when it is not. */
function Money({ access, committed, jobs }: Pick<ProviderStanding, "access" | "committed" | "jobs">) {
  if (!access && jobs === 0) return null;
  return (
    <dl className="facts">
      {access && (
        <>
          <dt>Address</dt>
          <dd>
            <code>{access.baseUrl}</code>
          </dd>
          <dt>Limits</dt>
          <dd>
            {usd(access.limits.job_usd)} a job, {usd(access.limits.campaign_usd)} a campaign or calculation,{" "}
            {usd(access.limits.day_usd)} a day, {usd(access.limits.account_usd)} in all
          </dd>
        </>
      )}
      <dt>Spent or reserved</dt>
      <dd>
        {usd(committed.day_usd)} today, {usd(committed.account_usd)} in all
      </dd>
    </dl>
  );
}

/** How a device is just now: asked of the provider when a person asks. */
function Device({ provider, hasKey }: Pick<ProviderStanding, "provider" | "hasKey">) {
  const [name, setName] = useState(simulatorOf(provider) ?? "");
  const [asked, setAsked] = useState<string>();
  const [trial, setTrial] = useState(false);
  const field = useId();
  const isName = DeviceName.safeParse(name).success;
  const { data, error, isFetching, refetch } = useQuery({
    ...api.qpu.status.queryOptions({ input: asked === undefined ? skipToken : { provider, device: asked } }),
    staleTime: 0,
  });
  const ask = (event: FormEvent) => {
    event.preventDefault();
    if (asked === name) void refetch();
    else setAsked(name);
  };
  return (
    <form className="device-ask" onSubmit={ask}>
      <FormGroup label="Device" labelFor={field} helperText={`Such as ${DEVICE_EXAMPLES[provider]}`}>
        <InputGroup id={field} value={name} onValueChange={setName} spellCheck={false} />
      </FormGroup>
      <Button type="submit" text="Ask how it is" loading={isFetching} disabled={!isName || !hasKey} />
      <Button text="A first circuit…" disabled={!isName || !hasKey} onClick={() => setTrial(true)} />
      {error && <ErrorBanner error={error} />}
      {data && !error && (
        <p role="status">
          {data.device}: {data.status}, {integer(data.qubits)} qubits; queue{" "}
          {data.queue_ms === null ? NONE : `${typeset(data.queue_ms / 60_000, 0)} min`},{" "}
          {integer(data.queue_jobs)} jobs wait; calibration {data.calibrationId ?? NONE}
        </p>
      )}
      {trial && (
        <DialogBoundary of="A first circuit" onClose={() => setTrial(false)}>
          <TrialDialog
            asked={{ provider, device: name, shots: TRIAL_SHOTS }}
            onClose={() => setTrial(false)}
          />
        </DialogBoundary>
      )}
    </form>
  );
}

function Prices({ prices }: Pick<ProviderStanding, "prices">) {
  if (prices.length === 0) return null;
  return (
    <details>
      <summary>Prices</summary>
      <dl className="facts">
        {prices.map(({ device, words, source, grade, date }) => (
          <div key={device}>
            <dt>{device === "*" ? "every device" : device}</dt>
            <dd>
              {words}, USD{" "}
              <span className="muted">
                ({source}; {grade}, {date})
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** A provider: whether it may be asked, what it may cost, and how its devices are. */
export function ProviderCard({ standing }: { standing: ProviderStanding }) {
  const { provider, access, hasKey, keychain, jobs } = standing;
  const [enabling, setEnabling] = useState(false);
  const readOnly = useReadOnly();
  const queries = useQueryClient();
  const disable = useMutation({
    ...api.qpu.disable.mutationOptions(),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.qpu.key() }),
  });
  const forget = useMutation({
    ...api.qpu.forgetKey.mutationOptions(),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.qpu.key() }),
  });
  const title = BACKENDS.find(({ id }) => id === provider)?.title ?? provider;
  return (
    <section className="panel device-card" aria-label={title}>
      <div className="device-head">
        <h2>{title}</h2>
        <Tag minimal intent={access ? "success" : "none"}>
          {access ? "enabled" : "not enabled"}
        </Tag>
        <span className="muted">
          {integer(jobs)} {jobs === 1 ? "job" : "jobs"} sent{access && !hasKey ? "; no key at hand" : ""}
        </span>
      </div>
      <Money {...standing} />
      {access && <Device provider={provider} hasKey={hasKey} />}
      <Prices {...standing} />
      {keychain?.isKept && (
        <p className="muted">
          The key is kept in <code>{keychain.file}</code>, which this computer’s keychain opens.
        </p>
      )}
      {forget.error && <ErrorBanner error={forget.error} />}
      {disable.error && <ErrorBanner error={disable.error} />}
      <div className="panel-actions">
        <Button
          intent={access ? "none" : "primary"}
          text={access ? "Change limits or key…" : "Enable…"}
          disabled={readOnly}
          onClick={() => setEnabling(true)}
        />
        {keychain?.isKept && (
          <Button
            text="Forget the key"
            loading={forget.isPending}
            onClick={() => forget.mutate({ provider })}
          />
        )}
        {access && (
          <Button
            text="Disable"
            disabled={readOnly}
            loading={disable.isPending}
            title="Nothing more is sent; jobs that were sent may still run and cost"
            onClick={() => disable.mutate({ provider })}
          />
        )}
      </div>
      {enabling && (
        <DialogBoundary of="Enabling a provider" onClose={() => setEnabling(false)}>
          <EnableDialog standing={standing} onClose={() => setEnabling(false)} />
        </DialogBoundary>
      )}
    </section>
  );
}
