import { Button, Dialog, DialogBody, DialogFooter, type Intent } from "@blueprintjs/core";
import type { FormEvent, ReactNode } from "react";
import { ErrorBanner } from "./error-banner.tsx";

interface FormDialogProps {
  title: string;
  /** What the button that submits says. */
  action: string;
  intent?: Intent;
  /** Whether the fields are filled in such that they can be submitted. */
  ready: boolean;
  isPending?: boolean;
  error?: Error | null;
  onSubmit(): void;
  onClose(): void;
  children: ReactNode;
}

/** A dialog that asks for a few things and does one with them, or shows why it could not. */
export function FormDialog({ title, action, ready, children, onSubmit, onClose, ...state }: FormDialogProps) {
  const { intent = "primary", isPending = false, error } = state;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onSubmit();
  };
  return (
    <Dialog isOpen onClose={onClose} title={title} className="narrow-dialog">
      <form onSubmit={submit}>
        <DialogBody>
          {children}
          {error && <ErrorBanner error={error} />}
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Cancel" onClick={onClose} />
              <Button type="submit" intent={intent} text={action} loading={isPending} disabled={!ready} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}
