import { FormGroup, InputGroup } from "@blueprintjs/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { CampaignId } from "#shared/ids.ts";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useReviewer } from "../../components/reviewer.tsx";
import { api } from "../../rpc/client.ts";
import { useReviewChanged } from "./queries.ts";

/** Unlocks a signed shortlist; who did it and why is written down. */
export function ReopenDialog({ campaignId, onClose }: { campaignId: CampaignId; onClose(): void }) {
  const [reviewer] = useReviewer();
  const [by, setBy] = useState(reviewer);
  const [reason, setReason] = useState("");
  const changed = useReviewChanged();
  const { mutate, error, isPending } = useMutation({
    ...api.reviews.reopen.mutationOptions(),
    onSuccess: () => {
      changed();
      onClose();
    },
  });
  return (
    <FormDialog
      title="Reopen the shortlist"
      action="Reopen"
      intent="warning"
      ready={by.trim() !== "" && reason.trim() !== ""}
      isPending={isPending}
      error={error}
      onSubmit={() => mutate({ campaignId, by: by.trim(), reason: reason.trim() })}
      onClose={onClose}
    >
      <p className="muted">The sign-off stays in the record; review goes on until somebody signs again.</p>
      <FormGroup label="Reopened by" labelFor="reopen-by">
        <InputGroup id="reopen-by" maxLength={200} value={by} onValueChange={setBy} />
      </FormGroup>
      <FormGroup label="Reason" labelFor="reopen-reason">
        <InputGroup id="reopen-reason" autoFocus maxLength={2000} value={reason} onValueChange={setReason} />
      </FormGroup>
    </FormDialog>
  );
}
