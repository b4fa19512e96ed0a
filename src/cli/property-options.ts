/** Which property is computed, and what it asks for besides the level of theory. */
import { type Command, Option } from "commander";
import { DomainError } from "#shared/errors.ts";
import { type PropertyDefinition, readDefinition } from "#shared/properties/definition.ts";
import {
  DEFAULT_PROPERTY,
  KNOWN_PROPERTIES,
  type PropertyId,
  propertyCalled,
  propertyOfDefinition,
} from "#shared/properties/find.ts";
import { declaredSettings, type PropertySettings } from "#shared/properties/settings.ts";
import { readTextFile } from "./files.ts";
import { collect } from "./objective.ts";
import { probeDefinition } from "./probe-option.ts";

export interface PropertyOptions {
  objective?: string;
  /** What --objective was called before. */
  property?: string;
  set?: string[];
  propertyFile?: string;
  probe?: string;
}

const IDS = KNOWN_PROPERTIES.map(({ id }) => id).join(", ");

/** "NAME of PROPERTY (default: VALUE): DESCRIPTION", of all properties. */
const SETTINGS = KNOWN_PROPERTIES.flatMap((property) =>
  declaredSettings(property).map(
    ({ name, description, usual }) => `${name} of ${property.id} (default: ${usual}): ${description}`,
  ),
);

/** `--set` is there once a property has something to be set. */
export function addPropertyOptions(command: Command): Command {
  command
    .option("--objective <id>", `what is computed and ranked by: ${IDS} (default: ${DEFAULT_PROPERTY.id})`)
    .addOption(new Option("--property <id>").hideHelp())
    .option(
      "--property-file <file>",
      "compute a property of your own, in place of --objective: states and a formula, or a composite of several with what is wanted of each, as JSON (docs/science.md)",
    )
    .option(
      "--probe <file>",
      "compute how strongly molecules hold what is in an .xyz, .sdf or .mol file (charge=… and multiplicity=… in the comment of an .xyz) or what a SMILES says, in place of --objective",
    )
    .option("--list-objectives", "list what can be computed, how, and how far it may be off; starts nothing");
  if (SETTINGS.length > 0)
    command.option(
      "--set <name=value>",
      `a setting of the property; may be repeated. ${SETTINGS.join("; ")}`,
      collect,
    );
  return command;
}

const refused = (expected: string, got: string, flag = "--set"): DomainError =>
  new DomainError("invalid-input", `${flag}: expected ${expected}, got "${got}".`);

/** @throws DomainError invalid-input */
export function readSetting(
  text: string,
  known: ReturnType<typeof declaredSettings>,
  flag = "--set",
): [string, PropertySettings[string]] {
  const [name = "", ...rest] = text.split("=");
  const setting = known.find((one) => one.name === name.trim());
  if (!setting || rest.length === 0)
    throw refused(
      `name=value with one of: ${known.map((one) => one.name).join(", ") || "none, for the property has no settings"}`,
      text,
      flag,
    );
  const value = rest.join("=").trim();
  if (setting.kind === "number") {
    if (value === "" || Number.isNaN(Number(value))) throw refused(`a number for ${name}`, text, flag);
    return [setting.name, Number(value)];
  }
  if (setting.kind === "choice") {
    if (!setting.options.includes(value))
      throw refused(`one of ${setting.options.join(", ")} for ${name}`, text, flag);
    return [setting.name, value];
  }
  if (value !== "true" && value !== "false") throw refused(`true or false for ${name}`, text, flag);
  return [setting.name, value === "true"];
}

/** Members of the evaluation's settings; without flags none. @throws DomainError invalid-input */
export function propertyFromFlags({
  objective,
  property: before,
  set = [],
  propertyFile,
  probe,
}: PropertyOptions): {
  property?: PropertyId;
  propertySettings?: PropertySettings;
  definition?: PropertyDefinition;
} {
  const own = propertyFile ?? probe;
  if (own !== undefined) {
    const hasOthers = objective !== undefined || before !== undefined || set.length > 0;
    if (hasOthers || (propertyFile !== undefined && probe !== undefined))
      throw new DomainError(
        "invalid-input",
        `Expected --property-file or --probe alone, got another of --property-file, --probe, --objective and --set too: "${own}" says what is computed.`,
      );
    const definition =
      propertyFile === undefined ? probeDefinition(own) : readDefinition(readTextFile(own), own);
    return { property: propertyOfDefinition(definition), definition };
  }
  if (objective !== undefined && before !== undefined)
    throw new DomainError(
      "invalid-input",
      `Expected --objective alone, got --property "${before}" too: it is the former name of the same flag.`,
    );
  const id = objective ?? before;
  const property = id === undefined ? DEFAULT_PROPERTY : propertyCalled(id);
  if (!property) throw new DomainError("invalid-input", `--objective: expected one of ${IDS}, got "${id}".`);
  const known = declaredSettings(property);
  const settings = set.map((text) => readSetting(text, known));
  const twice = settings.find(([name], k) => settings.findIndex(([other]) => other === name) < k);
  if (twice) throw refused(`each setting once`, twice.join("="));
  return {
    ...(id !== undefined && { property: property.id }),
    ...(set.length > 0 && {
      propertySettings: Object.fromEntries(settings),
    }),
  };
}
