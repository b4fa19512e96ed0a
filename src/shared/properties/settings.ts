/** What a property asks for besides the level of theory: read off its declaration by the schema, the flags and the form alike. */
import { z } from "zod";
import { type PropertyId, propertyOf } from "./find.ts";
import { levelProblem } from "./functional-level.ts";
import type { PropertyDeclaration } from "./property.ts";

/** By the names that the property declares. */
export const PropertySettings = z.record(z.string(), z.union([z.number(), z.string(), z.boolean()]));
export type PropertySettings = z.infer<typeof PropertySettings>;

/** The settings with defaults for what is not given; an issue for a name that the property does not declare. */
export const settingsSchemaOf = (id: PropertyId) =>
  z.strictObject(propertyOf(id).settings).superRefine((settings, context) => {
    const problem = levelProblem(settings);
    if (problem !== null)
      context.issues.push({ code: "custom", input: settings, path: ["solvent"], message: problem });
  });

/** With defaults for what is not given. @throws ZodError */
export const completeSettings = (id: PropertyId, given: PropertySettings = {}): PropertySettings =>
  PropertySettings.parse(settingsSchemaOf(id).parse(given));

/** As a notebook says them: what was not known when they were written is as it was done then. @throws ZodError */
export const storedSettings = (id: PropertyId, written: PropertySettings = {}): PropertySettings =>
  completeSettings(id, { ...propertyOf(id).before, ...written });

/** What a record says of settings: nothing of those that are as before there was a choice, so that earlier results are found. */
export function recordedSettings(
  id: PropertyId,
  settings: PropertySettings | undefined,
): PropertySettings | undefined {
  const { before = {} } = propertyOf(id);
  const told = Object.entries(settings ?? {}).filter(([name, value]) => value !== before[name]);
  return told.length > 0 ? Object.fromEntries(told) : undefined;
}

/** A setting as a person meets it. */
export interface PropertySetting {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: "number" | "switch" | "choice";
  /** Of a choice. */
  readonly options: readonly string[];
  readonly usual: PropertySettings[string];
}

type SettingType = PropertyDeclaration["settings"][string];

function settingOf([name, type]: [string, SettingType]): PropertySetting {
  const usual = PropertySettings.valueType.parse(type.parse(undefined));
  const inner = type.unwrap();
  const { title = name, description = "" } = type.meta() ?? {};
  const options = inner instanceof z.ZodEnum ? inner.options.map(String) : [];
  const kind = typeof usual === "number" ? "number" : typeof usual === "boolean" ? "switch" : "choice";
  return { name, title, description, kind, options, usual };
}

/** In the order of the declaration. */
export const declaredSettings = ({ settings }: Pick<PropertyDeclaration, "settings">): PropertySetting[] =>
  Object.entries<SettingType>(settings).map(settingOf);
