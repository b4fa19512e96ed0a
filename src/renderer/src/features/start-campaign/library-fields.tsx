/** A person's own molecules: files chosen, dropped or pasted, and what was found in them. */
import { FileInput, Spinner, TextArea } from "@blueprintjs/core";
import { skipToken, useMutation, useQuery } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import type { LibraryReading, NotebookRows } from "#shared/campaign/library.ts";
import type { LibrarySource } from "#shared/campaign/sources/library.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { EarlierCampaignFields } from "./earlier-campaign-fields.tsx";
import { Field } from "./fields.tsx";
import { type Draft, withLibrary, withoutLibrary } from "./form.ts";
import { LibraryChoices } from "./library-choices.tsx";
import { LibraryFound } from "./library-found.tsx";
import { PASTED } from "./plan-files.ts";
import type { SectionProps } from "./section.tsx";

const ENDINGS = ".smi,.smiles,.csv,.tsv,.tab,.txt,.sdf,.sd,.mol,.xyz,.gz";

/** Reads files with what was said of them, and puts what was found into the draft. */
function useLibrary(draft: Draft, onDraft: (draft: Draft) => void) {
  const [files, setFiles] = useState<readonly File[]>([]);
  const [reading, setReading] = useState<LibraryReading>({});
  const [notebook, setNotebook] = useState<NotebookRows[]>([]);
  const read = useMutation({
    ...api.libraries.read.mutationOptions(),
    onSuccess: (summary) => onDraft(withLibrary(draft, summary)),
  });
  const begin = (chosen: readonly File[], how: LibraryReading, rows = notebook) => {
    setFiles(chosen);
    setReading(how);
    setNotebook(rows);
    if (chosen.length + rows.length > 0) {
      read.mutate({ files: [...chosen], notebook: rows, reading: how });
      return;
    }
    read.reset();
    onDraft(withoutLibrary(draft));
  };
  return {
    reading,
    read,
    take: (chosen: readonly File[]) => begin(chosen, {}),
    again: (how: LibraryReading) => begin(files, how),
    takeRows: (rows: NotebookRows[]) => begin(files, reading, rows),
  };
}

/** Where files are dropped; elsewhere the window would open them. */
function DropZone({ onFiles, text }: { onFiles(files: readonly File[]): void; text: string }) {
  const [over, setOver] = useState(false);
  const hold = (event: DragEvent) => {
    event.preventDefault();
    setOver(true);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button in it does the same for keys.
    <div
      className={over ? "drop-zone drop-zone-over" : "drop-zone"}
      onDragEnter={hold}
      onDragOver={hold}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      <FileInput
        text={text}
        fill
        inputProps={{ multiple: true, accept: ENDINGS, "aria-label": "Files of molecules" }}
        onInputChange={({ currentTarget }) => onFiles([...(currentTarget.files ?? [])])}
      />
      <span className="muted">or drop them here: SMILES, CSV, TSV, SDF, XYZ, also .gz</span>
    </div>
  );
}

interface LibraryFieldsProps extends SectionProps {
  generation: LibrarySource;
}

export function LibraryFields({ draft, onDraft, problems, generation }: LibraryFieldsProps) {
  const { reading, read, take, takeRows, again } = useLibrary(draft, onDraft);
  const { error, isPending } = read;
  const isKnown = generation.library.length > 0;
  const held = useQuery(
    api.libraries.get.queryOptions({ input: isKnown ? { library: generation.library } : skipToken }),
  );
  const summary = held.data;
  const known = isKnown ? `${generation.name}, ${integer(generation.count)} rows` : "";
  return (
    <>
      <Field path="generation.library" label="Files" isWide problems={problems}>
        {() => <DropZone onFiles={take} text={known || "Choose files…"} />}
      </Field>
      <Field path="generation.pasted" label="Or paste" isWide problems={problems}>
        {({ id }) => (
          <TextArea
            id={id}
            fill
            rows={3}
            spellCheck={false}
            placeholder={"CCO ethanol\nO=C1OCCO1 ethylene carbonate"}
            onBlur={({ currentTarget: { value } }) => {
              if (value.trim() !== "") take([new File([value], PASTED)]);
            }}
          />
        )}
      </Field>
      <EarlierCampaignFields problems={problems} onRows={takeRows} />
      {isPending && <Spinner size={20} aria-label="Reading" />}
      {(error ?? held.error) && <ErrorBanner error={error ?? held.error} />}
      {isKnown && (
        <LibraryChoices
          draft={draft}
          onDraft={onDraft}
          problems={problems}
          generation={generation}
          reading={reading}
          summary={read.data}
          onReading={again}
        />
      )}
      {summary && <LibraryFound summary={summary} filter={draft.filter} />}
    </>
  );
}
