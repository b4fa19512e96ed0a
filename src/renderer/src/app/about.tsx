import { Button, Dialog, DialogBody, Spinner } from "@blueprintjs/core";
import { Cross, InfoSign, Tick } from "@blueprintjs/icons";
import { useQuery } from "@tanstack/react-query";
import type { SystemInfo } from "#shared/host/system.ts";
import { ErrorBanner } from "../components/error-banner.tsx";
import { DialogBoundary } from "../components/fault-boundary.tsx";
import { useAskedFor } from "../hooks/use-asked-for.ts";
import { api } from "../rpc/client.ts";

function Facts({ info }: { info: SystemInfo }) {
  return (
    <>
      <dl className="facts">
        <dt>Version</dt>
        <dd>{info.version}</dd>
        <dt>Core build</dt>
        <dd className="mono">{info.build}</dd>
        <dt>Notebook</dt>
        <dd className="mono">{info.notebookPath}</dd>
      </dl>
      <ul className="checks" aria-label="Checks">
        {info.checks.map((check) => (
          <li key={check.name} className={check.ok ? "check-ok" : "check-bad"}>
            {check.ok ? <Tick title="ok" /> : <Cross title="failed" />}
            <b>{check.name}</b>
            <span className="muted">{check.detail}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function AboutDialog({ onClose }: { onClose(): void }) {
  const { data, error } = useQuery({ ...api.system.info.queryOptions(), staleTime: 0 });
  return (
    <Dialog isOpen onClose={onClose} title="This installation" className="about-dialog">
      <DialogBody>
        {error ? <ErrorBanner error={error} /> : data ? <Facts info={data} /> : <Spinner size={24} />}
      </DialogBody>
    </Dialog>
  );
}

const OPEN = "ansatz:about";

/** Shows it, from a menu or the palette. */
export const openAbout = (): boolean => window.dispatchEvent(new Event(OPEN));

export function AboutButton() {
  const [open, setOpen] = useAskedFor(OPEN);
  return (
    <>
      <Button
        variant="minimal"
        icon={<InfoSign />}
        aria-label="About this installation"
        title="This installation"
        onClick={() => setOpen(true)}
      />
      {open && (
        <DialogBoundary of="This installation" onClose={() => setOpen(false)}>
          <AboutDialog onClose={() => setOpen(false)} />
        </DialogBoundary>
      )}
    </>
  );
}
