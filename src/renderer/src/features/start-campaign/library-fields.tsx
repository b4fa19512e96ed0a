/** A person's own molecules: files chosen, dropped or pasted, and what was found in them. */
import { FileInput, Spinner, TextArea } from "@blueprintjs/core";
import { skipToken, useQuery } from "@tanstack/react-query";
import { type DragEvent, useState } from "react";
import type { LibrarySource } from "#shared/campaign/sources/library.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { Field } from "../../components/fields.tsx";
import { SketchButton } from "../../components/sketcher/sketch-button.tsx";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { EarlierCampaignFields } from "./earlier-campaign-fields.tsx";
import { LibraryChoices } from "./library-choices.tsx";
import { LibraryFound } from "./library-found.tsx";
import { isPlan, PASTED } from "./plan-files.ts";
import type { SectionProps } from "./section.tsx";
import type { Library } from "./use-library.ts";

const isKnown = ({ library }: LibrarySource): boolean => library.length > 0;

const ENDINGS = ".smi,.smiles,.csv,.tsv,.tab,.txt,.sdf,.sd,.mol,.xyz,.gz";

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
  library: Library;
}

/** One molecule more, on a line of its own. */
const withLine = (text: string, line: string): string =>
  text.trim() === "" ? line : `${text.trimEnd()}\n${line}`;

/** Where the rows come from: files, pasted text, or candidates of this notebook. */
function SourceFields({ generation, library, problems }: Omit<LibraryFieldsProps, "draft" | "onDraft">) {
  const { name, count } = generation;
  const [pasted, setPasted] = useState("");
  const take = (text: string) => {
    setPasted(text);
    if (text.trim() !== "") library.take([new File([text], PASTED)]);
  };
  const known = isKnown(generation) ? `${name}, ${integer(count)} rows` : "";
  return (
    <>
      <Field path="generation.library" label="Files" isWide problems={problems}>
        {() => <DropZone onFiles={library.take} text={known || "Choose files…"} />}
      </Field>
      <Field path="generation.pasted" label="Or paste" isWide problems={problems}>
        {({ id }) => (
          <>
            <TextArea
              id={id}
              fill
              rows={3}
              spellCheck={false}
              placeholder={"CCO ethanol\nO=C1OCCO1 ethylene carbonate"}
              value={pasted}
              onChange={({ currentTarget: { value } }) => setPasted(value)}
              onBlur={() => take(pasted)}
            />
            <SketchButton
              kind="molecule"
              label="Draw a molecule"
              words="Draw one more…"
              combo="mod + d"
              text=""
              onText={(smiles) => take(withLine(pasted, smiles))}
            />
          </>
        )}
      </Field>
      <EarlierCampaignFields problems={problems} onRows={library.takeRows} />
    </>
  );
}

export function LibraryFields({ draft, onDraft, problems, generation, library }: LibraryFieldsProps) {
  const { asked, again, timesTaken, isOpened } = library;
  const { data, error, isPending } = library.read;
  const held = useQuery(
    api.libraries.get.queryOptions({
      input: isKnown(generation) ? { library: generation.library } : skipToken,
    }),
  );
  const summary = held.data;
  return (
    <>
      <SourceFields generation={generation} library={library} problems={problems} />
      {isPending && <Spinner size={20} aria-label="Reading" />}
      {(error ?? held.error) && <ErrorBanner error={error ?? held.error} />}
      {isKnown(generation) && (
        <LibraryChoices
          draft={draft}
          onDraft={onDraft}
          problems={problems}
          generation={generation}
          reading={asked.reading}
          summary={data ?? (isOpened ? summary : undefined)}
          timesTaken={timesTaken}
          onReading={again}
        />
      )}
      {summary && <LibraryFound summary={summary} filter={draft.filter} />}
    </>
  );
}
