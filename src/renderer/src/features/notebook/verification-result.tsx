import { Callout } from "@blueprintjs/core";
import type { Verification } from "#shared/notebook/verification.ts";
import { integer, when } from "../../text/format.ts";

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

const titleOf = ({ ok, findings }: Verification): string => {
  if (ok) return "Everything is as it was written";
  return findings.length === 1
    ? "One thing is not as it was written"
    : `${integer(findings.length)} things are not as they were written`;
};

/** What a check of a notebook or of an archive found, each damaged place by its name. */
export function VerificationResult({ result }: { result: Verification }) {
  const { ok, findings, head, signed } = result;
  return (
    <>
      <Callout intent={ok ? "success" : "danger"} title={titleOf(result)} role="status">
        {integer(result.events)} events, {integer(result.records)} records and {integer(result.blobs)} large
        parts were read and checked.
        <Findings found={findings} />
      </Callout>
      {result.remarks.length > 0 && (
        <Callout compact>
          <Findings found={result.remarks} />
        </Callout>
      )}
      <dl className="facts notebook-facts">
        <dt>Not checked</dt>
        <dd>{result.notCovered.join("; ")}.</dd>
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
