import { type Intent, Tag } from "@blueprintjs/core";
import type { CampaignState } from "#shared/campaign/campaign.ts";
import type { Judgement, Verdict } from "#shared/campaign/review.ts";
import { useLive } from "../hooks/use-live.ts";

const CAMPAIGN: Readonly<Record<CampaignState, [Intent, string]>> = {
  queued: ["none", "Queued"],
  running: ["primary", "Running"],
  succeeded: ["success", "Finished"],
  failed: ["danger", "Failed"],
  cancelled: ["warning", "Cancelled"],
};

/** What is under way may have ended since, where nobody tells this page. */
const LAST_SEEN: Partial<Record<CampaignState, string>> = {
  queued: "Last seen queued",
  running: "Last seen running",
};

export function CampaignStateTag({ state }: { state: CampaignState }) {
  const live = useLive();
  const lastSeen = live ? undefined : LAST_SEEN[state];
  const [intent, text] = lastSeen ? (["none", lastSeen] as const) : CAMPAIGN[state];
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

/** As lists and messages name them. */
export const JUDGEMENTS: Readonly<Record<Judgement, { intent: Intent; done: string; now: string }>> = {
  shortlist: { ...VERDICTS.shortlist, now: "on your shortlist" },
  maybe: { ...VERDICTS.maybe, now: "a maybe of yours" },
  reject: { ...VERDICTS.reject, now: "rejected by you" },
  withdrawn: { intent: "none", done: "Withdrawn", now: "without a verdict of yours" },
};

export function VerdictTag({ verdict }: { verdict: Judgement }) {
  const { intent, done } = JUDGEMENTS[verdict];
  return (
    <Tag minimal round intent={intent}>
      {done}
    </Tag>
  );
}
