import { Button, FileInput, FormGroup, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import type { ModelSummary } from "#shared/model/model.ts";
import { isTraining, type Training } from "#shared/model/training.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { api } from "../../rpc/client.ts";
import { modelOptions } from "./model-options.ts";
import {
  type CheckedTraining,
  checkTraining,
  nameOfFile,
  newTrainDraft,
  type TrainDraft,
} from "./train-form.ts";

interface FieldsProps extends Pick<CheckedTraining, "problems"> {
  draft: TrainDraft;
  set(change: Partial<TrainDraft>): void;
  models: readonly ModelSummary[];
}

const TEXT_FIELDS = [
  { field: "name", label: "Name of the new model", help: "Lower-case letters, digits and hyphens" },
  { field: "epochs", label: "Passes, at most", help: "It ends where it learns nothing more" },
  { field: "rate", label: "Learning rate", help: "At the start; it falls to 0" },
  {
    field: "rehearsal",
    label: "Rehearsal",
    help: "Molecules of its own that it learns beside each of yours. 0: nearer to yours, more invalid strings",
  },
] as const;

function Fields({ draft, set, models, problems }: FieldsProps) {
  return (
    <div className="train-fields">
      <FormGroup label="Start from" labelFor="train-parent">
        <HTMLSelect
          id="train-parent"
          fill
          value={draft.parent}
          options={modelOptions(models)}
          onChange={({ currentTarget }) => set({ parent: currentTarget.value })}
        />
      </FormGroup>
      {TEXT_FIELDS.map(({ field, label, help }) => (
        <FormGroup
          key={field}
          label={label}
          labelFor={`train-${field}`}
          helperText={<span id={`train-${field}-help`}>{problems[field] ?? help}</span>}
          intent={problems[field] ? "danger" : "none"}
        >
          <InputGroup
            id={`train-${field}`}
            {...(field !== "name" && { type: "number", step: field === "epochs" ? 1 : "any" })}
            intent={problems[field] ? "danger" : "none"}
            aria-invalid={problems[field] !== undefined}
            aria-describedby={`train-${field}-help`}
            value={draft[field]}
            onValueChange={(text) => set({ [field]: text })}
          />
        </FormGroup>
      ))}
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
  const [draft, setDraft] = useState(newTrainDraft);
  const queries = useQueryClient();
  const { mutate, error, isPending, reset } = useMutation(
    api.models.train.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: api.models.training.key() }),
    }),
  );
  const isBusy = isPending || (training !== null && isTraining(training));
  const set = (change: Partial<TrainDraft>) => {
    setDraft({ ...draft, ...change });
    reset();
  };
  // The one that was just trained is no mistake of the form that made it.
  const others = models.filter(({ name }) => name !== training?.request.name);
  const { request, problems } = checkTraining(draft, others);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (file && request && !isBusy) mutate({ ...request, file });
  };
  const choose = (chosen: File | undefined) => {
    const isNameTyped = draft.name !== "" && draft.name !== (file && nameOfFile(file.name));
    setFile(chosen);
    if (chosen && !isNameTyped) set({ name: nameOfFile(chosen.name) });
  };
  return (
    <form className="panel" aria-label="Train your own" onSubmit={submit} noValidate>
      <h2>Train your own</h2>
      <p className="muted">
        Fine-tunes a copy of a model on your molecules: SMILES, CSV or SDF, twenty to tens of thousands. A
        tenth is held back; training ends when the loss on it no longer falls.
      </p>
      <FileInput
        text={file?.name ?? "Choose a file of molecules…"}
        hasSelection={file !== undefined}
        inputProps={{
          accept: ".smi,.smiles,.csv,.tsv,.txt,.sdf,.sd,.mol,.gz",
          "aria-label": "File of molecules",
        }}
        onInputChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
      />
      <Fields draft={draft} set={set} models={models} problems={problems} />
      <Button
        type="submit"
        intent="primary"
        text={isBusy ? "Training…" : "Train"}
        disabled={!file || !request || isBusy}
      />
      {error && <ErrorBanner error={error} />}
    </form>
  );
}
