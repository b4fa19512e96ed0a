/** What a range may be asked of: numbers of the program, and properties of a person's own as the notebook's campaigns define them. */
import { type OwnProperty, ownProperty } from "#shared/campaign/own-properties.ts";
import { type PropertyRange, SearchProperty } from "#shared/campaign/search.ts";
import {
  DESCRIPTOR_IDS,
  DESCRIPTORS,
  type DescriptorId,
  titleWithUnit,
} from "#shared/molecule/descriptor-lists.ts";
import {
  declarationOf,
  isPropertyField,
  PROPERTY_FIELDS,
  type PropertyField,
  propertyNamed,
  propertyOf,
  propertyOfDefinition,
  type RegisteredProperty,
} from "#shared/properties/find.ts";
import { headWithUnit, type PropertyDeclaration, UNITS } from "#shared/properties/property.ts";

/** Of what; of a person's own property by its definition. */
export type RangeChoice = Pick<PropertyRange, "property" | "definition" | "version">;

const titleOf = ({ name, unit }: PropertyDeclaration): string =>
  headWithUnit(`${name.charAt(0).toUpperCase()}${name.slice(1)}`, unit, " / ");

/** As people read them; properties are typed in the unit that they are shown in. */
export const SEARCH_TITLES: Readonly<Record<SearchProperty, string>> = {
  ...(Object.fromEntries(PROPERTY_FIELDS.map((field) => [field, titleOf(propertyNamed(field))])) as Record<
    PropertyField,
    string
  >),
  ...(Object.fromEntries(DESCRIPTOR_IDS.map((id) => [id, titleWithUnit(DESCRIPTORS[id])])) as Record<
    DescriptorId,
    string
  >),
};

const declaredOwn = ({ definition }: OwnProperty): RegisteredProperty =>
  declarationOf({ property: propertyOfDefinition(definition), definition });

const ownOf = ({ definition: id, version }: RangeChoice, own: readonly OwnProperty[]) =>
  id === undefined ? undefined : ownProperty(own, { id, version });

/** How the number is kept; undefined for a descriptor, which is kept as it is shown. */
export function unitOf(choice: RangeChoice, own: readonly OwnProperty[]) {
  const defined = ownOf(choice, own);
  if (defined) return UNITS[declaredOwn(defined).unit];
  return isPropertyField(choice.property) ? UNITS[propertyNamed(choice.property).unit] : undefined;
}

/** "My gap / eV", and of several definitions of one id which: "My gap / eV (mine@1)". */
export function titleOfChoice(choice: RangeChoice, own: readonly OwnProperty[]): string {
  const defined = ownOf(choice, own);
  if (!defined) return SEARCH_TITLES[choice.property];
  const { id, title } = defined.definition;
  const isOneOfSeveral = (ownProperty(own, { id })?.version ?? 1) > 1;
  const shown = headWithUnit(title, declaredOwn(defined).unit, " / ");
  return isOneOfSeveral ? `${shown} (${id}@${defined.version})` : shown;
}

const choiceOf = ({ definition, version }: OwnProperty): RangeChoice => ({
  property: SearchProperty.parse(propertyOf(propertyOfDefinition(definition)).field),
  definition: definition.id,
  version,
});

const isOwnField = (property: SearchProperty): boolean =>
  isPropertyField(property) && propertyNamed(property).isDefined === true;

/** Tells choices apart. */
export const choiceKey = ({ property, definition, version }: RangeChoice): string =>
  definition === undefined ? property : `${property} ${definition}@${version ?? "newest"}`;

/** A person's own first, the newest before others; what all of a kind share is none of their numbers. @param asked what is chosen already */
export function rangeChoices(own: readonly OwnProperty[], asked: readonly RangeChoice[] = []): RangeChoice[] {
  const known = SearchProperty.options.filter((property) => !isOwnField(property));
  const all: RangeChoice[] = [...own.toReversed().map(choiceOf), ...known.map((property) => ({ property }))];
  const others = asked.filter((one) => all.every((other) => choiceKey(other) !== choiceKey(one)));
  return [...all, ...others];
}
