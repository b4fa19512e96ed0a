import { type Intent, Tag } from "@blueprintjs/core";
import type { CampaignState } from "#shared/campaign.ts";
import type { Verdict } from "#shared/review.ts";

const CAMPAIGN: Readonly<Record<CampaignState, [Intent, string]>> = {
  queued: ["none", "Queued"],
  running: ["primary", "Running"],
  succeeded: ["success", "Finished"],
  failed: ["danger", "Failed"],
  cancelled: ["warning", "Cancelled"],
};

export function CampaignStateTag({ state }: { state: CampaignState }) {
  const [intent, text] = CAMPAIGN[state];
  return (
    <Tag minimal round intent={intent} className="state-tag">
      {text}
    </Tag>
  );
}

export const VERDICTS: Readonly<
  Record<Verdict, { intent: Intent; text: string; done: string; key: string }>
> = {
  shortlist: { intent: "success", text: "Shortlist", done: "Shortlisted", key: "s" },
  maybe: { intent: "warning", text: "Maybe", done: "Maybe", key: "m" },
  reject: { intent: "danger", text: "Reject", done: "Rejected", key: "r" },
};

export function VerdictTag({ verdict }: { verdict: Verdict }) {
  const { intent, done } = VERDICTS[verdict];
  return (
    <Tag minimal round intent={intent}>
      {done}
    </Tag>
  );
}
