import { Button, Dialog, DialogBody, DialogFooter } from "@blueprintjs/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { SigningState } from "#shared/signing.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if ("request" in read) mutate(read.request);
  };
  return (
    <Dialog isOpen onClose={onClose} title="Sign the notebook" className="narrow-dialog">
      <form onSubmit={submit}>
        <DialogBody>
          <p className="muted">
            The signature covers everything written so far. Whoever changes any of it later breaks it.
          </p>
          <KeyFields state={state} choice={choice} onChoice={setChoice} />
          {error && <ErrorBanner error={error} />}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Cancel" onClick={onClose} />
              <Button
                type="submit"
                intent="primary"
                text="Sign"
                loading={isPending}
                disabled={!("request" in read)}
              />
            </>
          }
        />
      </form>
    </Dialog>
  );
}
