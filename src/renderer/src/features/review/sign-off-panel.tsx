import { Button, Callout } from "@blueprintjs/core";
import { Endorsed, Lock } from "@blueprintjs/icons";
import { useState } from "react";
import type { ReviewStanding, SignOff } from "#shared/campaign/review-process.ts";
import type { CampaignId } from "#shared/ids.ts";
import { DialogBoundary } from "../../components/fault-boundary.tsx";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { integer, when } from "../../text/format.ts";
import { ReopenDialog } from "./reopen-dialog.tsx";
import { SignOffDialog } from "./sign-off-dialog.tsx";

interface SignOffPanelProps {
  campaignId: CampaignId;
  standings: readonly ReviewStanding[];
  isBlind: boolean;
  signedOff: SignOff | null;
}

function Signed({ campaignId, signedOff }: { campaignId: CampaignId; signedOff: SignOff }) {
  const [reopening, setReopening] = useState(false);
  const readOnly = useReadOnly();
  return (
    <>
      <Callout intent="success" icon={<Lock />} title="Signed off and locked" role="status">
        <p>“{signedOff.statement}”</p>
        <p>
          {signedOff.signer}, {when(signedOff.at)}: {integer(signedOff.shortlist.length)} on the shortlist.
        </p>
      </Callout>
      <Button text="Reopen…" disabled={readOnly} onClick={() => setReopening(true)} />
      {reopening && (
        <DialogBoundary of="Reopening" onClose={() => setReopening(false)}>
          <ReopenDialog campaignId={campaignId} onClose={() => setReopening(false)} />
        </DialogBoundary>
      )}
    </>
  );
}

/** What still stands in the way, as far as it can be seen here; the engine has the last word. */
function obstacle(standings: readonly ReviewStanding[]): string | undefined {
  const disagreements = standings.filter(({ state }) => state === "disagreement").length;
  if (disagreements > 0)
    return disagreements === 1
      ? "One disagreement must be settled first."
      : `${disagreements} disagreements must be settled first.`;
  const waiting = standings.filter(
    ({ state, verdicts }) =>
      state === "awaiting-second" && verdicts.some(({ verdict }) => verdict === "shortlist"),
  ).length;
  if (waiting === 0) return undefined;
  return `${integer(waiting)} of the shortlist ${waiting === 1 ? "waits" : "wait"} for a second reviewer.`;
}

/** The end of a review: the shortlist as it stands, signed and locked, or what it still lacks. */
export function SignOffPanel({ campaignId, standings, isBlind, signedOff }: SignOffPanelProps) {
  const [signing, setSigning] = useState(false);
  const readOnly = useReadOnly();
  const agreed = standings.flatMap(({ verdict, candidateId }) =>
    verdict === "shortlist" ? [candidateId] : [],
  );
  // A blind review may hide what is on the shortlist.
  const isEmpty = agreed.length === 0 && !isBlind;
  const why = readOnly ? "The notebook is open read-only." : obstacle(standings);
  return (
    <section className="panel" aria-label="Sign-off">
      <h2>Sign-off</h2>
      {signedOff ? (
        <Signed campaignId={campaignId} signedOff={signedOff} />
      ) : (
        <>
          <p>
            {agreed.length === 0
              ? "Nothing is on the shortlist yet."
              : `${integer(agreed.length)} on the shortlist.`}
          </p>
          {why && <p className="panel-note">{why}</p>}
          <Button
            intent="primary"
            icon={<Endorsed />}
            text="Sign off…"
            disabled={why !== undefined || isEmpty}
            onClick={() => setSigning(true)}
          />
        </>
      )}
      {signing && (
        <DialogBoundary of="Signing off" onClose={() => setSigning(false)}>
          <SignOffDialog
            campaignId={campaignId}
            agreed={agreed}
            isBlind={isBlind}
            onClose={() => setSigning(false)}
          />
        </DialogBoundary>
      )}
    </section>
  );
}
