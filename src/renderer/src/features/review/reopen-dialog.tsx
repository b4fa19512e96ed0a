import { Button, Dialog, DialogBody, DialogFooter, FormGroup, InputGroup } from "@blueprintjs/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { CampaignId } from "#shared/ids.ts";
import { useReviewer } from "../../app/reviewer.tsx";
import { ErrorBanner } from "../../components/error-banner.tsx";
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
  const ready = by.trim() && reason.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) mutate({ campaignId, by: by.trim(), reason: reason.trim() });
  };
  return (
    <Dialog isOpen onClose={onClose} title="Reopen the shortlist" className="narrow-dialog">
      <form onSubmit={submit}>
        <DialogBody>
          <p className="muted">
            The sign-off stays in the record; review goes on until somebody signs again.
          </p>
          <FormGroup label="Reopened by" labelFor="reopen-by">
            <InputGroup id="reopen-by" maxLength={200} value={by} onValueChange={setBy} />
          </FormGroup>
          <FormGroup label="Reason" labelFor="reopen-reason">
            <InputGroup
              id="reopen-reason"
              autoFocus
              maxLength={2000}
              value={reason}
              onValueChange={setReason}
            />
          </FormGroup>
          {error && <ErrorBanner error={error} />}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Cancel" onClick={onClose} />
              <Button type="submit" intent="warning" text="Reopen" loading={isPending} disabled={!ready} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}
