import type { ReactNode } from "react";
import type { CampaignId } from "#shared/ids.ts";
import { hashOf } from "../../hooks/route.ts";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { when } from "../../text/format.ts";
import { useSignedOff } from "./queries.ts";

/** Why no verdict can be given in a campaign now, for people; undefined where one can. */
export function useVerdictLock(campaignId: CampaignId): ReactNode {
  const readOnly = useReadOnly();
  const { data: signedOff } = useSignedOff(campaignId);
  if (readOnly) return "The notebook is open read-only: no verdict can be given here.";
  if (!signedOff) return undefined;
  return (
    <>
      The shortlist was signed off by {signedOff.signer} on {when(signedOff.at)} and is locked.{" "}
      <a href={hashOf({ page: "review", id: campaignId })}>Reopen it</a> to review on.
    </>
  );
}
