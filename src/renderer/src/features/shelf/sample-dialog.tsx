/** Makes a notebook to look around in, and opens it. */
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  FormGroup,
  InputGroup,
  ProgressBar,
} from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { Progress } from "#shared/campaign/job.ts";
import { leftText } from "#shared/campaign/span-text.ts";
import { SAMPLE_QUESTION } from "#shared/notebook/shelf.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { DialogBoundary } from "../../components/fault-boundary.tsx";
import { useAskedFor } from "../../hooks/use-asked-for.ts";
import { api } from "../../rpc/client.ts";
import { useOpenNotebook } from "./open-notebook.ts";
import { unusedName } from "./sample-name.ts";
import { type Making, useSample } from "./use-sample.ts";
import { wantTour } from "./wanted-tour.ts";

const OPEN = "ansatz:sample";

/** Shows the dialog, from a page, a menu or the palette. */
export const openSample = (): boolean => window.dispatchEvent(new Event(OPEN));

function Asking({ error, make, onClose }: { error: unknown; make(name: string): void; onClose(): void }) {
  const shelf = useQuery({ ...api.shelf.list.queryOptions(), staleTime: 0 });
  const [typed, setTyped] = useState<string>();
  const name = typed ?? (shelf.data ? unusedName(shelf.data.map(({ file }) => file)) : "");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim()) make(name.trim());
  };
  return (
    <form onSubmit={submit}>
      <DialogBody>
        <p>
          {SAMPLE_QUESTION} Eleven of them are computed now, on this machine, in some ten seconds to a minute.
          Ten were measured, so that you see how far the numbers are to be trusted.
        </p>
        <FormGroup
          label="Name of the new notebook"
          labelFor="sample-name"
          helperText="It is made in the folder of the open notebook, which stays as it is; a file that exists is never written over."
        >
          <InputGroup id="sample-name" maxLength={100} value={name} onValueChange={setTyped} />
        </FormGroup>
        {error !== undefined && <ErrorBanner error={error} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Cancel" onClick={onClose} />
            <Button type="submit" intent="primary" text="Make the sample" disabled={!name.trim()} />
          </>
        }
      />
    </form>
  );
}

/** From 0 to 1; undefined while nobody knows. */
const shareOf = (progress: Progress | null): number | undefined =>
  progress?.total ? Math.min(1, progress.done / progress.total) : undefined;

function Computing({ progress, cancel }: { progress: Progress | null; cancel(): void }) {
  const share = shareOf(progress);
  const left = progress?.secondsLeft;
  return (
    <>
      <DialogBody>
        <p aria-live="polite" className="sample-progress">
          {progress ? progress.message : "Beginning"}
          {left !== undefined && <span className="muted">, {leftText(left)}</span>}
        </p>
        <ProgressBar intent="primary" aria-label="Sample" {...(share !== undefined && { value: share })} />
      </DialogBody>
      <DialogFooter actions={<Button text="Cancel" onClick={cancel} />}>
        <span className="muted">One that is cancelled leaves nothing.</span>
      </DialogFooter>
    </>
  );
}

function Made({ made, onClose }: { made: Extract<Making, { phase: "made" }>; onClose(): void }) {
  const { mutate, error, isPending } = useOpenNotebook();
  const { file, campaign } = made;
  const open = (withTour: boolean) => {
    wantTour(withTour);
    mutate({ file, route: { page: "campaign", id: campaign, candidate: null } });
  };
  return (
    <>
      <DialogBody>
        <p role="status">
          <code>{file}</code> is ready. Opening it puts it in the place of the notebook that is open; a line
          above the page leads back.
        </p>
        {error && <ErrorBanner error={error} />}
      </DialogBody>
      <DialogFooter
        actions={
          <>
            <Button text="Not now" onClick={onClose} />
            <Button text="Open it" disabled={isPending} onClick={() => open(false)} />
            <Button
              autoFocus
              intent="primary"
              text="Open it with a tour"
              loading={isPending}
              onClick={() => open(true)}
            />
          </>
        }
      />
    </>
  );
}

function SampleDialog({ onClose }: { onClose(): void }) {
  const { making, make, cancel } = useSample();
  const { phase } = making;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="A sample notebook"
      className="narrow-dialog"
      canOutsideClickClose={phase !== "making"}
    >
      {phase === "asking" && (
        <Asking error={making.error} make={(name) => void make(name)} onClose={onClose} />
      )}
      {phase === "making" && <Computing progress={making.progress} cancel={cancel} />}
      {phase === "made" && <Made made={making} onClose={onClose} />}
    </Dialog>
  );
}

/** Stands in the page and shows the dialog when it is asked for. */
export function SampleNotebook() {
  const [open, setOpen] = useAskedFor(OPEN);
  if (!open) return null;
  const close = () => setOpen(false);
  return (
    <DialogBoundary of="A sample notebook" onClose={close}>
      <SampleDialog onClose={close} />
    </DialogBoundary>
  );
}
