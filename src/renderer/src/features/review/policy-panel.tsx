import { Switch } from "@blueprintjs/core";
import { useMutation } from "@tanstack/react-query";
import type { ReviewPolicy } from "#shared/campaign/review-process.ts";
import type { CampaignId } from "#shared/ids.ts";
import { useReviewer } from "../../components/reviewer.tsx";
import { toastError } from "../../components/toaster.ts";
import { api } from "../../rpc/client.ts";
import { useReviewChanged } from "./queries.ts";

interface PolicyPanelProps {
  campaignId: CampaignId;
  policy: ReviewPolicy;
  /** Why the rules cannot be changed now; undefined where they can. */
  locked: string | undefined;
}

/** The campaign's rules of review; each change is a record with the name of who made it. */
export function PolicyPanel({ campaignId, policy, locked }: PolicyPanelProps) {
  const [reviewer] = useReviewer();
  const changed = useReviewChanged();
  const { mutate, isPending } = useMutation({
    ...api.reviews.setPolicy.mutationOptions(),
    onSuccess: changed,
    onError: toastError,
  });
  const why =
    locked ?? (reviewer ? undefined : "Set the reviewer above first: a rule is signed with a name.");
  const change = (part: Partial<ReviewPolicy>) =>
    mutate({ campaignId, policy: { ...policy, ...part }, by: reviewer });
  const disabled = why !== undefined || isPending;
  return (
    <section className="panel" aria-label="Rules">
      <h2>Rules</h2>
      <Switch
        checked={policy.secondReviewer}
        disabled={disabled}
        label="Two reviewers must agree"
        onChange={({ currentTarget }) => change({ secondReviewer: currentTarget.checked })}
      />
      <p className="muted panel-help">A candidate is on the shortlist once two people put it there.</p>
      <Switch
        checked={policy.blind}
        disabled={disabled}
        label="Blind review"
        onChange={({ currentTarget }) => change({ blind: currentTarget.checked })}
      />
      <p className="muted panel-help">Nobody sees others' verdicts of a candidate before giving one.</p>
      {why && <p className="panel-note">{why}</p>}
    </section>
  );
}
