import { Button, Callout, FileInput, FormGroup, InputGroup } from "@blueprintjs/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { MAX_ARCHIVE_BYTES } from "#shared/notebook/archive.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { VerificationResult } from "./verification-result.tsx";

const MEBIBYTE = 1024 * 1024;

/** A file's name as the name of a notebook. */
const stemOf = (name: string): string =>
  name
    .replace(/\.eln$/i, "")
    .replace(/[^\p{L}\p{N} _.-]/gu, "-")
    .replace(/^[^\p{L}\p{N}_]+/u, "")
    .slice(0, 100);

function Import({ archive }: { archive: File }) {
  const queries = useQueryClient();
  const [name, setName] = useState(() => stemOf(archive.name));
  const { mutate, data, error, isPending } = useMutation(
    api.notebook.importArchive.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.shelf.list.key() }),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    mutate({ archive, name: name.trim() });
  };
  return (
    <form className="archive-import" onSubmit={submit}>
      <FormGroup
        label="Name of the new notebook"
        labelFor="import-name"
        helperText="It is made in the folder of this notebook; a file that exists is never written over."
      >
        <InputGroup id="import-name" maxLength={100} value={name} onValueChange={setName} />
      </FormGroup>
      <Button type="submit" text="Import" loading={isPending} disabled={!name.trim()} />
      {error && <ErrorBanner error={error} />}
      {data && (
        <Callout intent="success" title="Imported" role="status">
          <code>{data.path}</code>
          <p>
            It is in the list below: open it there. Named in ANSATZ_NOTEBOOK, or after --notebook, it opens at
            the start.
          </p>
        </Callout>
      )}
    </form>
  );
}

function Chosen({ archive }: { archive: File }) {
  const verify = useMutation(api.notebook.verifyArchive.mutationOptions());
  const isTooLarge = archive.size > MAX_ARCHIVE_BYTES;
  if (isTooLarge)
    return (
      <Callout intent="warning" title="Too large to hand over here" role="status">
        Expected at most {integer(MAX_ARCHIVE_BYTES / MEBIBYTE)} MiB, got{" "}
        {integer(Math.ceil(archive.size / MEBIBYTE))} MiB. Use the command line: ansatz notebook verify or
        import.
      </Callout>
    );
  return (
    <>
      <Button
        text="Verify the archive"
        loading={verify.isPending}
        onClick={() => verify.mutate({ archive })}
      />
      {verify.error && <ErrorBanner error={verify.error} />}
      {verify.data && <VerificationResult result={verify.data} />}
      <Import archive={archive} />
    </>
  );
}

/** An archive from elsewhere: is it whole, and a notebook made of it. */
export function ArchivePanel() {
  const [archive, setArchive] = useState<File>();
  return (
    <section className="panel" aria-label="An archive from elsewhere">
      <h2>An archive from elsewhere</h2>
      <FileInput
        text={archive?.name ?? "Choose an .eln file…"}
        hasSelection={archive !== undefined}
        inputProps={{ accept: ".eln", "aria-label": "Archive" }}
        onInputChange={({ currentTarget }) => setArchive(currentTarget.files?.[0])}
      />
      {archive && <Chosen key={`${archive.name} ${archive.lastModified}`} archive={archive} />}
    </section>
  );
}
