import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { SigningState } from "#shared/notebook/signing.ts";
import { FormDialog } from "../../components/form-dialog.tsx";
import { toast } from "../../components/toaster.ts";
import { api } from "../../rpc/client.ts";
import { FIRST_CHOICE, readChoice } from "./key-choice.ts";
import { KeyFields } from "./key-fields.tsx";

interface SignDialogProps {
  state: SigningState;
  onSigned(): void;
  onClose(): void;
}

/** Signs the log as it stands. */
export function SignDialog({ state, onSigned, onClose }: SignDialogProps) {
  const [choice, setChoice] = useState(FIRST_CHOICE);
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation({
    ...api.notebook.sign.mutationOptions(),
    // The passphrase is not kept once the dialog is gone.
    gcTime: 0,
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: api.notebook.key() });
      void toast({ message: "The notebook is signed", intent: "success" });
      onSigned();
      onClose();
    },
  });
  const read = readChoice(state, choice);
  return (
    <FormDialog
      title="Sign the notebook"
      action="Sign"
      ready={"request" in read}
      isPending={isPending}
      error={error}
      onSubmit={() => "request" in read && mutate(read.request)}
      onClose={onClose}
    >
      <p className="muted">
        The signature covers everything written so far. Whoever changes any of it later breaks it.
      </p>
      <KeyFields state={state} choice={choice} onChoice={setChoice} />
    </FormDialog>
  );
}
