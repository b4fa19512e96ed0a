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
import { type Draft, type LibraryAsked, withLibrary, withoutLibrary } from "./form.ts";
import { LibraryChoices } from "./library-choices.tsx";
import { LibraryFound } from "./library-found.tsx";
import { isPlan, PASTED } from "./plan-files.ts";
import type { SectionProps } from "./section.tsx";

const ENDINGS = ".smi,.smiles,.csv,.tsv,.tab,.txt,.sdf,.sd,.mol,.xyz,.gz";

const NOTHING: LibraryAsked = { files: [], notebook: [], reading: {} };

const isSearch = (rows: NotebookRows): boolean => "search" in rows;

/** Reads what is asked for, and puts what was found into the draft. @param first what the draft's rows were read from */
function useLibrary(draft: Draft, onDraft: (draft: Draft) => void, first: LibraryAsked = NOTHING) {
  const [asked, setAsked] = useState(first);
  const read = useMutation({
    ...api.libraries.read.mutationOptions(),
    onSuccess: (summary) => onDraft(withLibrary(draft, summary)),
  });
  const ask = (change: Partial<LibraryAsked>) => {
    const next = { ...asked, ...change };
    setAsked(next);
    if (next.files.length + next.notebook.length > 0) {
      read.mutate({ files: [...next.files], notebook: [...next.notebook], reading: next.reading });
      return;
    }
    read.reset();
    onDraft(withoutLibrary(draft));
  };
  return {
    asked,
    read,
    take: (files: readonly File[]) => ask({ files, reading: {} }),
    again: (reading: LibraryReading) => ask({ reading }),
    /** A search that the form was opened with stays. */
    takeRows: (rows: NotebookRows[]) => ask({ notebook: [...asked.notebook.filter(isSearch), ...rows] }),
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
        setOver(false);
        const files = [...event.dataTransfer.files];
        // A plan is the form's.
        if (files.length === 0 || files.some(isPlan)) return;
        event.preventDefault();
        event.stopPropagation();
        onFiles(files);
      }}
    >
      <FileInput
        text={text}
        fill
        inputProps={{ multiple: true, accept: ENDINGS, "aria-label": "Files of molecules" }}
        onInputChange={({ currentTarget }) => onFiles([...(currentTarget.files ?? [])])}
      />
      <span className="muted">
        or drop them here: SMILES, CSV, TSV, SDF, XYZ, also .gz, or a plan with them
      </span>
    </div>
  );
}

interface LibraryFieldsProps extends SectionProps {
  generation: LibrarySource;
  first: LibraryAsked | undefined;
}

export function LibraryFields({ draft, onDraft, problems, generation, first }: LibraryFieldsProps) {
  const { asked, read, take, takeRows, again } = useLibrary(draft, onDraft, first);
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
          reading={asked.reading}
          summary={read.data ?? (first && summary)}
          onReading={again}
        />
      )}
      {summary && <LibraryFound summary={summary} filter={draft.filter} />}
    </>
  );
}
