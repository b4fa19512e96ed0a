import { Button, FormGroup, InputGroup } from "@blueprintjs/core";
import { Person } from "@blueprintjs/icons";
import { type ReactNode, useState } from "react";
import { useStored } from "../hooks/use-stored.ts";
import { DialogBoundary } from "./fault-boundary.tsx";
import { FormDialog } from "./form-dialog.tsx";

/** The name that verdicts are signed with, remembered by this installation. */
export const useReviewer = () => useStored("reviewer");

/** Who looks, for what a blind review hides. */
export function useViewer(): { viewer?: string } {
  const [reviewer] = useReviewer();
  return reviewer ? { viewer: reviewer } : {};
}

interface ReviewerDialogProps {
  onClose(): void;
  /** Called with the name once it is given. */
  onNamed?(name: string): void;
}

function ReviewerDialog({ onClose, onNamed }: ReviewerDialogProps) {
  const [reviewer, remember] = useReviewer();
  const [name, setName] = useState(reviewer);
  const submit = () => {
    const trimmed = name.trim();
    remember(trimmed);
    onClose();
    onNamed?.(trimmed);
  };
  return (
    <FormDialog
      title="Who is reviewing?"
      action="Use this name"
      ready={name.trim() !== ""}
      onSubmit={submit}
      onClose={onClose}
    >
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
    </FormDialog>
  );
}

/**
 * Signs with the name of who reviews, who is asked for it where it is not known.
 *
 * @returns `dialog`, which asks, to be shown
 */
export function useSigned<T>(sign: (what: T, name: string) => void): {
  give(what: T): void;
  dialog: ReactNode;
} {
  const [reviewer] = useReviewer();
  const [unsigned, setUnsigned] = useState<{ what: T }>();
  const close = () => setUnsigned(undefined);
  return {
    give: (what) => (reviewer ? sign(what, reviewer) : setUnsigned({ what })),
    dialog: unsigned && (
      <DialogBoundary of="Who is reviewing" onClose={close}>
        <ReviewerDialog onClose={close} onNamed={(name) => sign(unsigned.what, name)} />
      </DialogBoundary>
    ),
  };
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
      {open && (
        <DialogBoundary of="Who is reviewing" onClose={() => setOpen(false)}>
          <ReviewerDialog onClose={() => setOpen(false)} />
        </DialogBoundary>
      )}
    </>
  );
}
