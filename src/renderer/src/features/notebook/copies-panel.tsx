import { Button, Callout } from "@blueprintjs/core";
import { Duplicate, Export } from "@blueprintjs/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { useReviewer } from "../../components/reviewer.tsx";
import { saveFile } from "../../components/save-file.ts";
import { toast } from "../../components/toaster.ts";
import { api } from "../../rpc/client.ts";
import { ExportList } from "./export-list.tsx";

/** Name of an archive: the day, so that two never are taken for one. */
const archiveName = (): string => `notebook-${new Date().toISOString().slice(0, 10)}`;

/** Ways out of the app for the whole notebook. */
export function CopiesPanel() {
  const queries = useQueryClient();
  const saved = (file: File): void => {
    saveFile(file);
    void toast({ message: file.name, intent: "success" });
    void queries.invalidateQueries({ queryKey: api.notebook.exports.key() });
  };
  const archive = useMutation({ ...api.notebook.exportArchive.mutationOptions(), onSuccess: saved });
  const provenance = useMutation({ ...api.notebook.exportProvenance.mutationOptions(), onSuccess: saved });
  const backUp = useMutation(api.notebook.backUp.mutationOptions());
  const [reviewer] = useReviewer();
  const by = reviewer ? { by: reviewer } : {};
  const error = archive.error ?? provenance.error ?? backUp.error;
  return (
    <section className="panel" aria-label="Copies">
      <h2>Copies</h2>
      <p className="muted">
        The archive carries everything: structures, energies, provenance, reviews, locks and signatures. It
        can be checked without Ansatz's database, and imported again with nothing lost.
      </p>
      <div className="panel-actions">
        <Button
          icon={<Export />}
          text="Export .eln"
          loading={archive.isPending}
          onClick={() => archive.mutate({ name: archiveName(), ...by })}
        />
        <Button
          icon={<Export />}
          text="Provenance (PROV-JSON)"
          loading={provenance.isPending}
          onClick={() => provenance.mutate(by)}
        />
        <Button
          icon={<Duplicate />}
          text="Back up now"
          loading={backUp.isPending}
          onClick={() => backUp.mutate(undefined)}
        />
      </div>
      {error && <ErrorBanner error={error} />}
      <ExportList />
      {backUp.data && (
        <Callout intent="success" compact role="status">
          Backed up to <code>{backUp.data.path}</code>
        </Callout>
      )}
    </section>
  );
}
