/** Parts of the form of the calculate page. */
import { Button, Checkbox, FileInput } from "@blueprintjs/core";
import { Cross } from "@blueprintjs/icons";
import type { ReactNode } from "react";
import { Field } from "../../components/fields.tsx";
import { toastError } from "../../components/toaster.ts";
import type { CalculateDraft, GivenFile } from "./draft.ts";
import type { Problems } from "./job.ts";

export interface PartProps {
  draft: CalculateDraft;
  set(change: Partial<CalculateDraft>): void;
  problems: Problems;
}

interface CheckFieldProps {
  label: string;
  help: string;
  checked: boolean;
  onChange(checked: boolean): void;
}

export function CheckField({ label, help, checked, onChange }: CheckFieldProps) {
  return (
    <Checkbox
      className="field-check"
      checked={checked}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    >
      {label} <span className="muted">{help}</span>
    </Checkbox>
  );
}

interface FileFieldProps {
  path: keyof CalculateDraft;
  label: string;
  help: string;
  accept: string;
  problems: Problems;
  value: GivenFile | null;
  onValue(file: GivenFile | null): void;
}

/** A file whose text the calculation takes, and whose name the command. */
export function FileField({ value, onValue, accept, ...field }: FileFieldProps) {
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      onValue({ name: file.name, text: await file.text() });
    } catch (error) {
      toastError(error);
    }
  };
  return (
    <Field {...field} isWide>
      {({ id }) => (
        <span className="file-field">
          <FileInput
            size="small"
            text={value?.name ?? "Choose a file…"}
            inputProps={{ id, accept }}
            onInputChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
          />
          {value && (
            <Button
              size="small"
              variant="minimal"
              icon={<Cross />}
              aria-label={`${field.label}: without ${value.name}`}
              onClick={() => onValue(null)}
            />
          )}
        </span>
      )}
    </Field>
  );
}

/** What few will change: folded, and open where something in it does not fit. */
export function Folded({
  title,
  fields,
  problems,
  children,
}: {
  title: string;
  fields: readonly (keyof CalculateDraft)[];
  problems: Problems;
  children: ReactNode;
}) {
  const hasProblem = fields.some((field) => problems.has(field));
  return (
    <details className="form-advanced" open={hasProblem || undefined}>
      <summary>{title}</summary>
      <div className="form-fields">{children}</div>
    </details>
  );
}
