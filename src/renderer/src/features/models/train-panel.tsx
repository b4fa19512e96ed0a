import { Button, FileInput, FormGroup, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { ModelCard, type ModelSummary } from "#shared/model.ts";
import { isTraining, type Training, TrainRequest } from "#shared/training.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { api } from "../../rpc/client.ts";

const defaults = TrainRequest.omit({ file: true, fileName: true }).parse({
  parent: "small-organics",
  name: "x",
});

/** A file's name as a model's. */
const nameOf = (file: File): string =>
  file.name
    .replace(/\.\w+$/, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);

interface Draft {
  parent: string;
  name: string;
  epochs: string;
  rate: string;
  rehearsal: string;
}

function Fields({
  draft,
  set,
  models,
}: {
  draft: Draft;
  set(change: Partial<Draft>): void;
  models: readonly ModelSummary[];
}) {
  const nameFits = ModelCard.shape.name.safeParse(draft.name).success;
  return (
    <div className="train-fields">
      <FormGroup label="Start from" labelFor="train-parent">
        <HTMLSelect
          id="train-parent"
          fill
          value={draft.parent}
          options={models.map(({ name, title }) => ({ value: name, label: title }))}
          onChange={({ currentTarget }) => set({ parent: currentTarget.value })}
        />
      </FormGroup>
      <FormGroup
        label="Name of the new model"
        labelFor="train-name"
        helperText="Lower-case letters, digits and hyphens"
        intent={draft.name && !nameFits ? "danger" : "none"}
      >
        <InputGroup id="train-name" value={draft.name} onValueChange={(name) => set({ name })} />
      </FormGroup>
      <FormGroup
        label="Passes, at most"
        labelFor="train-epochs"
        helperText="It ends where it learns nothing more"
      >
        <InputGroup
          id="train-epochs"
          type="number"
          min={1}
          value={draft.epochs}
          onValueChange={(epochs) => set({ epochs })}
        />
      </FormGroup>
      <FormGroup label="Learning rate" labelFor="train-rate" helperText="At the start; it falls to 0">
        <InputGroup
          id="train-rate"
          type="number"
          step="any"
          value={draft.rate}
          onValueChange={(rate) => set({ rate })}
        />
      </FormGroup>
      <FormGroup
        label="Rehearsal"
        labelFor="train-rehearsal"
        helperText="Molecules of its own that it learns beside each of yours. 0: nearer to yours, more invalid strings"
      >
        <InputGroup
          id="train-rehearsal"
          type="number"
          min={0}
          max={10}
          step="any"
          value={draft.rehearsal}
          onValueChange={(rehearsal) => set({ rehearsal })}
        />
      </FormGroup>
    </div>
  );
}

/** Fine-tuning on a person's own molecules. */
export function TrainPanel({
  models,
  training,
}: {
  models: readonly ModelSummary[];
  training: Training | null;
}) {
  const [file, setFile] = useState<File>();
  const [draft, setDraft] = useState<Draft>({
    parent: defaults.parent,
    name: "",
    epochs: String(defaults.epochs),
    rate: String(defaults.rate),
    rehearsal: String(defaults.rehearsal),
  });
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation(
    api.models.train.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.models.training.key() }),
    }),
  );
  const isBusy = isPending || (training !== null && isTraining(training));
  const request = TrainRequest.omit({ file: true, fileName: true }).safeParse({
    ...draft,
    epochs: Number(draft.epochs),
    rate: Number(draft.rate),
    rehearsal: draft.rehearsal === "" ? Number.NaN : Number(draft.rehearsal),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file && request.success) mutate({ ...request.data, file });
  };
  return (
    <form className="panel" aria-label="Train your own" onSubmit={submit}>
      <h2>Train your own</h2>
      <p className="muted">
        Fine-tunes a copy of a model on your molecules: SMILES, CSV or SDF, twenty to tens of thousands. A
        tenth is held back; training ends when the loss on it no longer falls.
      </p>
      <FileInput
        text={file?.name ?? "Choose a file of molecules…"}
        hasSelection={file !== undefined}
        inputProps={{
          accept: ".smi,.smiles,.csv,.tsv,.txt,.sdf,.sd,.mol",
          "aria-label": "File of molecules",
        }}
        onInputChange={({ currentTarget }) => {
          const chosen = currentTarget.files?.[0];
          setFile(chosen);
          if (chosen && !draft.name) set({ name: nameOf(chosen) });
        }}
      />
      <Fields draft={draft} set={set} models={models} />
      <Button
        type="submit"
        intent="primary"
        text={isBusy ? "Training…" : "Train"}
        disabled={!file || !request.success || isBusy}
      />
      {error && <ErrorBanner error={error} />}
    </form>
  );
}
