import { Button, Dialog, DialogBody, DialogFooter, FormGroup, InputGroup } from "@blueprintjs/core";
import { Person } from "@blueprintjs/icons";
import { type FormEvent, useState } from "react";
import { useStored } from "./use-stored.ts";

/** The name that verdicts are signed with, remembered by this installation. */
export const useReviewer = () => useStored("reviewer");

/** Who looks, for what a blind review hides. */
export function useViewer(): { viewer?: string } {
  const [reviewer] = useReviewer();
  return reviewer ? { viewer: reviewer } : {};
}

export interface ReviewerDialogProps {
  isOpen: boolean;
  onClose(): void;
  /** Called with the name once it is given. */
  onNamed?(name: string): void;
}

export function ReviewerDialog({ isOpen, onClose, onNamed }: ReviewerDialogProps) {
  const [reviewer, remember] = useReviewer();
  const [name, setName] = useState(reviewer);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const trimmed = name.trim();
    if (!trimmed) return;
    remember(trimmed);
    onClose();
    onNamed?.(trimmed);
  };
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title="Who is reviewing?" className="narrow-dialog">
      <form onSubmit={submit}>
        <DialogBody>
          <FormGroup
            label="Your name"
            labelFor="reviewer-name"
            helperText="Written beside every verdict that you give. It stays on this machine and in the notebook."
          >
            <InputGroup
              id="reviewer-name"
              autoFocus
              maxLength={200}
              value={name}
              onValueChange={setName}
              placeholder="e.g. Ada Lovelace"
            />
          </FormGroup>
        </DialogBody>
        <DialogFooter
          actions={
            <>
              <Button text="Cancel" onClick={onClose} />
              <Button type="submit" intent="primary" text="Use this name" disabled={!name.trim()} />
            </>
          }
        />
      </form>
    </Dialog>
  );
}

export function ReviewerButton() {
  const [reviewer] = useReviewer();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button
        variant="minimal"
        icon={<Person />}
        text={reviewer || "Set reviewer"}
        title="The name that verdicts are signed with"
        onClick={() => setOpen(true)}
      />
      {open && <ReviewerDialog isOpen onClose={() => setOpen(false)} />}
    </>
  );
}
