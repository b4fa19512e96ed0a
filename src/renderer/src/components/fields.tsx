import { FormGroup, HTMLSelect, InputGroup } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { numberOf } from "../text/number-of.ts";

export interface FieldProps {
  /** Path of the setting, which names the field and its problem. */
  path: string;
  label: string;
  help?: string | undefined;
  /** Two columns rather than one. */
  isWide?: boolean;
  problems: ReadonlyMap<string, string>;
  children(attributes: { id: string; "aria-invalid": boolean; "aria-describedby": string }): ReactNode;
}

/** A label, a control, and beneath it what it means or what is wrong with it. */
export function Field({ path, label, help, isWide, problems, children }: FieldProps) {
  const id = path.replaceAll(".", "-");
  const problem = problems.get(path);
  return (
    <FormGroup
      className={isWide ? "field field-wide" : "field"}
      label={label}
      labelFor={id}
      intent={problem ? "danger" : "none"}
      helperText={<span id={`${id}-help`}>{problem ?? help}</span>}
    >
      {children({ id, "aria-invalid": problem !== undefined, "aria-describedby": `${id}-help` })}
    </FormGroup>
  );
}

/** Characters of an option that one column shows whole. */
const NARROW = 22;

interface SelectFieldProps<Value extends string> extends Omit<FieldProps, "children"> {
  options: readonly { value: Value; label: string }[];
  value: Value;
  onValue(value: Value): void;
}

/** One of a few; as wide as its longest option needs. */
export function SelectField<Value extends string>({
  options,
  value,
  onValue,
  ...field
}: SelectFieldProps<Value>) {
  return (
    <Field {...field} isWide={options.some(({ label }) => label.length > NARROW)}>
      {(attributes) => (
        <HTMLSelect
          {...attributes}
          fill
          options={options}
          value={value}
          onChange={({ currentTarget }) => {
            const chosen = options[currentTarget.selectedIndex];
            if (chosen) onValue(chosen.value);
          }}
        />
      )}
    </Field>
  );
}

interface TextFieldProps extends Omit<FieldProps, "children"> {
  value: string;
  onValue(value: string): void;
}

/** Text that is no prose, such as SMILES. */
export function TextField({ value, onValue, ...field }: TextFieldProps) {
  return (
    <Field {...field}>
      {(attributes) => (
        <InputGroup
          {...attributes}
          spellCheck={false}
          intent={attributes["aria-invalid"] ? "danger" : "none"}
          value={value}
          onValueChange={onValue}
        />
      )}
    </Field>
  );
}

interface NumberTextProps extends Omit<FieldProps, "children"> {
  text: string;
  onText(text: string): void;
  step?: number;
}

function NumberText({ text, onText, step = 1, ...field }: NumberTextProps) {
  return (
    <Field {...field}>
      {(attributes) => (
        <InputGroup
          {...attributes}
          type="number"
          step={step}
          inputMode="decimal"
          intent={attributes["aria-invalid"] ? "danger" : "none"}
          defaultValue={text}
          onValueChange={onText}
        />
      )}
    </Field>
  );
}

interface NumberFieldProps<Value> extends Omit<NumberTextProps, "text" | "onText"> {
  value: Value;
  onValue(value: Value): void;
}

export const NumberField = ({ value, onValue, ...field }: NumberFieldProps<number>) => (
  <NumberText {...field} text={String(value)} onText={(text) => onValue(numberOf(text))} />
);

/** A number that may be left out: an empty field is null. */
export const OptionalNumberField = ({ value, onValue, ...field }: NumberFieldProps<number | null>) => (
  <NumberText
    {...field}
    text={value === null ? "" : String(value)}
    onText={(text) => onValue(text.trim() === "" ? null : numberOf(text))}
  />
);
