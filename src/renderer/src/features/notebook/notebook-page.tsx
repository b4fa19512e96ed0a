import { Button, Callout, Spinner } from "@blueprintjs/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { Verification } from "#shared/verification.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { integer, when } from "../../format.ts";
import { api } from "../../rpc/client.ts";

function Findings({ found }: { found: Verification["findings"] }) {
  return (
    <ul className="findings">
      {found.map(({ where, what }) => (
        <li key={`${where} ${what}`}>
          <b>{where}</b>
          <span>{what}</span>
        </li>
      ))}
    </ul>
  );
}

function Verdict({ result }: { result: Verification }) {
  const { ok, findings, head, signed } = result;
  const title = ok
    ? "Everything is as it was written"
    : `${integer(findings.length)} things are not as they were written`;
  return (
    <>
      <Callout intent={ok ? "success" : "danger"} title={title} role="status">
        {integer(result.events)} events, {integer(result.records)} records and {integer(result.blobs)} large
        parts were read and checked.
        <Findings found={findings} />
      </Callout>
      <dl className="facts notebook-facts">
        <dt>Last event</dt>
        <dd>
          {integer(head.seq)}, <code>{head.hash}</code>
          <p className="muted">Written down elsewhere, this hash tells later whether the end was cut off.</p>
        </dd>
        <dt>Signed</dt>
        <dd>
          {signed ? (
            <>
              up to event {integer(signed.seq)} on {when(signed.at)} by key <code>{signed.key}</code>
            </>
          ) : (
            "Not yet. Without a signature someone who can write the file could write all of it anew."
          )}
        </dd>
      </dl>
    </>
  );
}

/** The notebook itself: where it is, and whether it is as it was written. */
export function NotebookPage() {
  const system = useQuery(api.system.info.queryOptions());
  const verify = useMutation(api.notebook.verify.mutationOptions());
  if (system.error) return <ErrorBanner error={system.error} retry={() => void system.refetch()} />;
  if (!system.data) return <Spinner className="page-spinner" />;
  return (
    <div className="column notebook-page">
      <div className="column-head">
        <h1>Notebook</h1>
        <Button
          intent="primary"
          text="Verify"
          loading={verify.isPending}
          onClick={() => verify.mutate(undefined)}
        />
      </div>
      <p>
        <code>{system.data.notebookPath}</code>
      </p>
      <p className="muted">
        Every number in it is a sealed record: its hash covers what it holds and what it was made from, and
        the log chains every event to the one before. Verifying reads the file from the first byte to the last
        and names each place where something was changed, removed, inserted or moved.
      </p>
      {verify.error && <ErrorBanner error={verify.error} />}
      {verify.data && <Verdict result={verify.data} />}
    </div>
  );
}
