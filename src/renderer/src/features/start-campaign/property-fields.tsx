import { readDefinition } from "#shared/properties/definition.ts";
import {
  declarationOf,
  type PropertyId,
  propertyOf,
  REGISTERED_PROPERTIES,
} from "#shared/properties/find.ts";
import { declaredSettings, type PropertySetting } from "#shared/properties/settings.ts";
import { NumberField, SelectField } from "../../components/fields.tsx";
import { exampleOf } from "./definition-examples.ts";
import { DefinitionFields, withDefinition } from "./definition-fields.tsx";
import type { Draft } from "./form.ts";
import { ProbeFields } from "./probe-fields.tsx";

interface PropertyFieldsProps {
  draft: Draft;
  onDraft(draft: Draft): void;
  problems: ReadonlyMap<string, string>;
}

const SWITCH = ["no", "yes"];

/** The draft with another property, as that is usual; a person's own begins as an example. */
function ofProperty(draft: Draft, id: PropertyId): Draft {
  const { basis, better, isDefined } = propertyOf(id);
  if (isDefined) return withDefinition(draft, readDefinition(exampleOf(id), "The example"));
  const { propertySettings: _, definition: __, ...evaluation } = draft.evaluation;
  const ranking = { direction: better };
  return { ...draft, evaluation: { ...evaluation, property: id, basis }, ranking, rungs: [] };
}

/** What is computed and ranked by, where there is a choice, and what that property asks for. */
export function PropertyFields({ draft, onDraft, problems }: PropertyFieldsProps) {
  const { evaluation } = draft;
  const property = declarationOf(evaluation);
  return (
    <>
      {REGISTERED_PROPERTIES.length > 1 && (
        <SelectField
          path="evaluation.property"
          label="Property"
          help={property.cost}
          problems={problems}
          options={REGISTERED_PROPERTIES.map(({ id, title }) => ({ value: id, label: title }))}
          value={evaluation.property}
          onValue={(id) => onDraft(ofProperty(draft, id))}
        />
      )}
      {evaluation.property === "probe-affinity" && (
        <ProbeFields draft={draft} onDraft={onDraft} problems={problems} />
      )}
      {propertyOf(evaluation.property).isDefined && (
        <DefinitionFields key={evaluation.property} draft={draft} onDraft={onDraft} problems={problems} />
      )}
      {declaredSettings(property).map((setting) => (
        <SettingField
          key={`${property.id}-${setting.name}`}
          setting={setting}
          value={evaluation.propertySettings?.[setting.name] ?? setting.usual}
          problems={problems}
          onValue={(value) => {
            const propertySettings = { ...evaluation.propertySettings, [setting.name]: value };
            onDraft({ ...draft, evaluation: { ...evaluation, propertySettings } });
          }}
        />
      ))}
    </>
  );
}

type SettingValue = PropertySetting["usual"];

interface SettingFieldProps extends Pick<PropertyFieldsProps, "problems"> {
  setting: PropertySetting;
  value: SettingValue;
  onValue(value: SettingValue): void;
}

function SettingField({ setting, value, onValue, problems }: SettingFieldProps) {
  const { name, title, description, kind, options } = setting;
  const field = { path: `evaluation.propertySettings.${name}`, label: title, help: description, problems };
  if (kind === "number") return <NumberField {...field} value={Number(value)} onValue={onValue} />;
  const isSwitch = kind === "switch";
  const words = isSwitch ? SWITCH : options;
  return (
    <SelectField
      {...field}
      options={words.map((word) => ({ value: word, label: word }))}
      value={isSwitch ? SWITCH[Number(value)]! : String(value)}
      onValue={(word) => onValue(isSwitch ? word === "yes" : word)}
    />
  );
}
