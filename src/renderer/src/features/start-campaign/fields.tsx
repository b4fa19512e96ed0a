import { FormGroup, InputGroup } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { numberOf } from "./form.ts";

export interface FieldProps {
  /** Path of the setting, which names the field and its problem. */
  path: string;
  label: string;
  help?: string;
  problems: ReadonlyMap<string, string>;
  children(attributes: { id: string; "aria-invalid": boolean; "aria-describedby": string }): ReactNode;
}

/** A label, a control, and beneath it what it means or what is wrong with it. */
export function Field({ path, label, help, problems, children }: FieldProps) {
  const id = path.replaceAll(".", "-");
  const problem = problems.get(path);
  return (
    <FormGroup
      className="field"
      label={label}
      labelFor={id}
      intent={problem ? "danger" : "none"}
      helperText={<span id={`${id}-help`}>{problem ?? help}</span>}
    >
      {children({ id, "aria-invalid": problem !== undefined, "aria-describedby": `${id}-help` })}
    </FormGroup>
  );
}

export interface NumberFieldProps extends Omit<FieldProps, "children"> {
  value: number;
  onValue(value: number): void;
  step?: number;
}

export function NumberField({ value, onValue, step = 1, ...field }: NumberFieldProps) {
  return (
    <Field {...field}>
      {(attributes) => (
        <InputGroup
          {...attributes}
          type="number"
          step={step}
          inputMode="decimal"
          intent={attributes["aria-invalid"] ? "danger" : "none"}
          defaultValue={String(value)}
          onValueChange={(text) => onValue(numberOf(text))}
        />
      )}
    </Field>
  );
}
