import { Button, Callout, FileInput } from "@blueprintjs/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { api } from "../../rpc/client.ts";

/** A model made elsewhere: its files, or an archive of them. */
export function ImportPanel() {
  const [files, setFiles] = useState<File[]>([]);
  const queries = useQueryClient();
  const { mutate, data, error, isPending } = useMutation(
    api.models.import.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.models.list.key() }),
    }),
  );
  return (
    <section className="panel" aria-label="A model made elsewhere">
      <h2>A model made elsewhere</h2>
      <p className="muted">
        A ZIP archive of a model's folder, or its model.json and weights.bin. Weights that do not fit their
        card by shape and hash are refused.
      </p>
      <FileInput
        text={files.map(({ name }) => name).join(", ") || "Choose files…"}
        hasSelection={files.length > 0}
        inputProps={{ multiple: true, accept: ".zip,.json,.bin,.gz", "aria-label": "Model files" }}
        onInputChange={({ currentTarget }) => setFiles([...(currentTarget.files ?? [])])}
      />
      <Button
        text="Import"
        disabled={files.length === 0}
        loading={isPending}
        onClick={() => mutate({ files })}
      />
      {error && <ErrorBanner error={error} />}
      {data && (
        <Callout intent="success" title="Imported" role="status">
          {data.title} is in the list as <code>{data.name}</code>.
        </Callout>
      )}
    </section>
  );
}
