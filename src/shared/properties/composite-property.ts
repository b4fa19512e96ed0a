/** The declaration that a composite's definition stands for, and its parts as properties and descriptors. */
import { DESCRIPTORS, type DescriptorId } from "../molecule/descriptor-lists.ts";
import type { CompositeDefinition, CompositePart } from "./composite-definition.ts";
import { desirabilityWords } from "./desirability.ts";
import type { FormulaDefinition } from "./formula-definition.ts";
import { functionalLevel, levelText } from "./functional-level.ts";
import { ownComposite } from "./own-composite.ts";
import { calledBy, camelCase, formulaProperty } from "./own-formula.ts";
import {
  inSentence,
  METHOD_TITLES,
  type PropertyDeclaration,
  type PropertyState,
  type PropertyValue,
  rankedValue,
  type ShownAs,
  shownAs,
} from "./property.ts";
import { PROPERTIES } from "./registry.ts";

type Warning = NonNullable<PropertyDeclaration["warning"]>;

type KnownId = NonNullable<CompositePart["property"]>;

/** A part that states are computed for, as settings ask for a property. */
export interface ComputedPart {
  readonly property: KnownId | "own-formula";
  readonly definition?: FormulaDefinition;
  readonly propertySettings: NonNullable<CompositePart["settings"]>;
  readonly declared: PropertyDeclaration;
  readonly basis: string;
  /** Key of the number that counts. */
  readonly ranked: string;
}

/** Its computed property; undefined for a descriptor. */
export function computedPart(part: CompositePart): ComputedPart | undefined {
  const { property, formula, settings = {} } = part;
  if (formula) {
    const declared = formulaProperty(formula);
    const { key: ranked } = rankedValue(declared);
    const { basis } = formula;
    return { property: "own-formula", definition: formula, propertySettings: {}, declared, basis, ranked };
  }
  const declared: PropertyDeclaration | undefined = PROPERTIES.find(({ id }) => id === property);
  if (!declared || !property) return undefined;
  const usual = Object.entries(declared.settings).map(([name, type]) => [name, type.parse(undefined)]);
  const propertySettings = { ...Object.fromEntries(usual), ...settings };
  const { key: ranked } = rankedValue(declared, propertySettings);
  return { property, propertySettings, declared, basis: part.basis ?? declared.basis, ranked };
}

/** Those of its parts that are computed: all but descriptors. */
export const computedParts = ({ parts }: Pick<CompositeDefinition, "parts">): ComputedPart[] =>
  parts.flatMap((part) => computedPart(part) ?? []);

function shownDescriptor(id: DescriptorId): ShownAs {
  const { unit = "", decimals, exportName } = DESCRIPTORS[id];
  return { unit, suffix: exportName, stored: "value", digits: decimals.export, fromStored: (value) => value };
}

/** A part's number as its columns and its limits have it. */
export interface PartNumber {
  readonly title: string;
  /** Over a column. */
  readonly symbol: string;
  /** Of the composite's values: the number, and how good it is. */
  readonly key: string;
  readonly desirability: string;
  readonly method: PropertyValue["method"];
  readonly shown: ShownAs;
  /** Before the names of its states. */
  readonly prefix: string;
}

export function partNumber(part: CompositePart, place: number): PartNumber {
  const number = place + 1;
  const names = { desirability: `desirability${number}`, prefix: `part${number}-` };
  const computed = computedPart(part);
  if (computed) {
    const value = rankedValue(computed.declared, computed.propertySettings);
    const shown = shownAs(computed.declared, value);
    const { title, symbol } = computed.declared;
    return {
      ...names,
      title: part.name ?? title,
      // Two formulas without symbols are told apart by their titles.
      symbol: part.name ?? (part.formula && !part.formula.symbol ? title : symbol),
      key: `part${number}_${shown.stored}`,
      method: value.method,
      shown,
    };
  }
  // A part that is computed of no property has a descriptor.
  const shown = shownDescriptor(part.descriptor!);
  const { title, symbol = title } = DESCRIPTORS[part.descriptor!];
  const called = { title: part.name ?? title, symbol: part.name ?? symbol };
  return { ...names, ...called, key: `part${number}_value`, method: "descriptor", shown };
}

/** The number of a part, then how good it is. */
function partValues(part: CompositePart, place: number): PropertyValue[] {
  const { symbol: title, key, desirability, method, shown } = partNumber(part, place);
  const number = place + 1;
  const shared = { treatment: "a part of the composite" };
  const dimensionless = shownAs(ownComposite);
  return [
    { ...shared, key, method, title, document: `part${number}`, column: `part_${number}`, shown },
    {
      ...shared,
      key: desirability,
      method: "desirability",
      title: `d(${title})`,
      document: desirability,
      column: `desirability_${number}`,
      shown: dimensionless,
    },
  ];
}

function partStates(part: CompositePart, place: number): PropertyState[] {
  const number = partNumber(part, place);
  const { prefix } = number;
  const { states = [] } = computedPart(part)?.declared ?? {};
  return states.map((state) => ({
    ...state,
    name: `${prefix}${state.name}`,
    title: partName(number, state.title),
  }));
}

/** "vertical ionisation energy by MP2/def2-svp". */
function levelled(part: CompositePart, place: number): string {
  const { title, method } = partNumber(part, place);
  const computed = computedPart(part);
  const level = functionalLevel(computed?.propertySettings);
  return computed
    ? `${inSentence(title)} by ${level ? levelText(level, computed.basis) : `${METHOD_TITLES[method]}/${computed.basis}`}`
    : inSentence(title);
}

/** "vertical ionisation energy by MP2/def2-svp, weight 2: 0 up to 8, 1 from 11 on (eV), limits at least 7". */
function describedPart(part: CompositePart, place: number): string {
  const { shown } = partNumber(part, place);
  const { least, most } = part.limits ?? {};
  const limits = [
    ...(least === undefined ? [] : [`at least ${least}`]),
    ...(most === undefined ? [] : [`at most ${most}`]),
  ];
  const unit = shown.unit === "" ? "" : ` (${shown.unit})`;
  return [
    `${levelled(part, place)}, weight ${part.weight}: ${desirabilityWords(part.desirability)}${unit}`,
    ...(limits.length > 0 ? [`limits ${limits.join(" and ")}`] : []),
  ].join(", ");
}

/** "Bond dissociation energy: C1–C2", of a part what it calls "C1–C2" itself. */
export const partName = ({ title }: PartNumber, own: string): string => `${title}: ${own}`;

/** A part's own warning, from its states, the one number of it that is kept and what that was chosen without. */
function partWarning(
  part: CompositePart,
  place: number,
  ...[numbers, states, alternatives = []]: Parameters<Warning["of"]>
): string | null {
  const computed = computedPart(part);
  const number = partNumber(part, place);
  const { key, prefix } = number;
  if (!computed?.declared.warning) return null;
  const before = partName(number, "");
  const own = Object.entries(states).flatMap(([name, state]) =>
    name.startsWith(prefix) ? [[name.slice(prefix.length), state]] : [],
  );
  const told = computed.declared.warning.of(
    { [computed.ranked]: numbers[key] ?? null },
    Object.fromEntries(own),
    alternatives.flatMap(({ name, ...rest }) =>
      name.startsWith(before) ? [{ ...rest, name: name.slice(before.length) }] : [],
    ),
  );
  return told === null ? null : partName(number, told);
}

/** undefined where no part has one. */
function partsWarning(parts: readonly CompositePart[]): Warning | undefined {
  if (!parts.some((part) => computedPart(part)?.declared.warning)) return undefined;
  return {
    document: "partsWarning",
    column: "parts_warning",
    of(...result) {
      const told = parts.flatMap((part, k) => partWarning(part, k, ...result) ?? []);
      return told.length > 0 ? told.join(" ") : null;
    },
  };
}

export function compositeProperty(
  definition: CompositeDefinition,
): PropertyDeclaration & { id: "own-composite" } {
  const { id, title, parts } = definition;
  const described = parts.map(describedPart).join("; ");
  const [overall] = ownComposite.values;
  const treatment = `weighted geometric mean over ${parts.map(levelled).join(", ")}`;
  const first = parts.map(computedPart).find((part) => part !== undefined);
  const warning = partsWarning(parts);
  return {
    ...ownComposite,
    ...(warning && { warning }),
    ...(parts.some((part) => computedPart(part)?.declared.takesMarks) && { takesMarks: true }),
    ...calledBy(definition, { symbol: ownComposite.symbol, stored: "dimensionless" }),
    basis: first?.basis ?? ownComposite.basis,
    // A definition has a part with states.
    states: parts.flatMap(partStates) as [PropertyState, ...PropertyState[]],
    values: [
      { ...overall, title, document: camelCase(id), column: id.replaceAll("-", "_"), treatment },
      ...parts.flatMap(partValues),
    ],
    definition: ownComposite.definition,
    lead: `${treatment}.`,
    method: () =>
      `weighted geometric mean of desirabilities, 0 to 1 (doi:10.1080/00224065.1980.11980968), of ${described}. What is outside a limit is listed apart, what has no number of a part too`,
  };
}
