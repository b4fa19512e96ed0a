import { Checkbox, FormGroup, InputGroup } from "@blueprintjs/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { CampaignId, CandidateId } from "#shared/ids.ts";
import { FormDialog } from "../../components/form-dialog.tsx";
import { useReviewer } from "../../components/reviewer.tsx";
import { api } from "../../rpc/client.ts";
import { FIRST_CHOICE, readChoice } from "../signing/key-choice.ts";
import { KeyFields } from "../signing/key-fields.tsx";
import { useReviewChanged } from "./queries.ts";

interface SignOffDialogProps {
  campaignId: CampaignId;
  /** The candidates that are agreed upon, as far as the person may see. */
  agreed: readonly CandidateId[];
  /** Whether there may be more that the person may not see. */
  isBlind: boolean;
  onClose(): void;
}

function useSignOff(onClose: () => void) {
  const queries = useQueryClient();
  const changed = useReviewChanged();
  return useMutation({
    ...api.reviews.signOff.mutationOptions(),
    // The passphrase is not kept once the dialog is gone.
    gcTime: 0,
    onSuccess: () => {
      changed();
      void queries.invalidateQueries({ queryKey: api.notebook.key() });
      onClose();
    },
  });
}

/** Who signs what, and with which key; the engine refuses what is not settled and says why. */
export function SignOffDialog({ campaignId, agreed, isBlind, onClose }: SignOffDialogProps) {
  const [reviewer] = useReviewer();
  const [signer, setSigner] = useState(reviewer);
  const [statement, setStatement] = useState("Approved for synthesis");
  const [withKey, setWithKey] = useState(true);
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const signing = useQuery({ ...api.notebook.signing.queryOptions(), staleTime: 0 });
  const { mutate, error, isPending } = useSignOff(onClose);
  const read = signing.data ? readChoice(signing.data, choice) : { problem: "" };
  const submit = () => {
    const key = withKey && "request" in read ? read.request : null;
    const seen = isBlind ? {} : { shortlist: [...agreed] };
    mutate({ campaignId, signer: signer.trim(), statement: statement.trim(), key, ...seen });
  };
  return (
    <FormDialog
      title="Sign off the shortlist"
      action="Sign off and lock"
      ready={signer.trim() !== "" && statement.trim() !== "" && (!withKey || "request" in read)}
      isPending={isPending}
      error={error ?? signing.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <p>
        {agreed.length === 1 ? "One candidate is" : `${agreed.length} candidates are`} locked by it: no
        verdict and no rule can change until the shortlist is reopened with a reason.
      </p>
      <FormGroup label="Signed off by" labelFor="sign-off-signer">
        <InputGroup id="sign-off-signer" autoFocus maxLength={200} value={signer} onValueChange={setSigner} />
      </FormGroup>
      <FormGroup label="Statement" labelFor="sign-off-statement">
        <InputGroup id="sign-off-statement" maxLength={2000} value={statement} onValueChange={setStatement} />
      </FormGroup>
      <Checkbox
        label="Sign the notebook with its key as well"
        checked={withKey}
        onChange={({ currentTarget }) => setWithKey(currentTarget.checked)}
      />
      {withKey && signing.data && <KeyFields state={signing.data} choice={choice} onChoice={setChoice} />}
    </FormDialog>
  );
}
