import { Button, Spinner } from "@blueprintjs/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { api } from "../../rpc/client.ts";
import { ArchivePanel } from "./archive-panel.tsx";
import { CopiesPanel } from "./copies-panel.tsx";
import { ShelfPanel } from "./shelf-panel.tsx";
import { SignaturePanel } from "./signature-panel.tsx";
import { VerificationResult } from "./verification-result.tsx";

/** The notebook itself: where it is, whether it is as it was written, its key, its copies. */
export function NotebookPage() {
  const system = useQuery(api.system.info.queryOptions());
  const verify = useMutation(api.notebook.verify.mutationOptions());
  if (system.error) return <ErrorBanner error={system.error} retry={() => void system.refetch()} />;
  if (!system.data) return <Spinner className="page-spinner" />;
  return (
    <div className="column notebook-page">
      <div className="column-head">
        <h1>Notebook</h1>
        <Button
          intent="primary"
          text="Verify"
          loading={verify.isPending}
          onClick={() => verify.mutate(undefined)}
        />
      </div>
      <p>
        <code>{system.data.notebookPath}</code>
      </p>
      <p className="muted">
        Every number in it is a sealed record: its hash covers what it holds and what it was made from, and
        the log chains every event to the one before. Verifying reads the file from the first byte to the last
        and names each place where something was changed, removed, inserted or moved.
      </p>
      {verify.error && <ErrorBanner error={verify.error} />}
      {verify.data && <VerificationResult result={verify.data} />}
      {/* What was verified before a signature says that there is none. */}
      <SignaturePanel onSigned={() => verify.data && verify.mutate(undefined)} />
      <CopiesPanel />
      <ArchivePanel />
      <ShelfPanel />
    </div>
  );
}
