/** The search form as typed, and the question that it makes. */

import { Verdict } from "#shared/campaign/review.ts";
import { type SearchProperty, SearchQuery, type SearchQueryInput } from "#shared/campaign/search.ts";
import { CampaignId } from "#shared/ids.ts";
import {
  DESCRIPTOR_IDS,
  DESCRIPTORS,
  type DescriptorId,
  titleWithUnit,
} from "#shared/molecule/descriptor-lists.ts";
import {
  isPropertyField,
  PROPERTY_FIELDS,
  type PropertyField,
  propertyNamed,
} from "#shared/properties/find.ts";
import { headWithUnit, UNITS } from "#shared/properties/property.ts";

export interface RangeForm {
  property: SearchProperty;
  min: string;
  max: string;
}

/** "" is no condition. */
export interface SearchForm {
  contains: string;
  similarTo: string;
  minSimilarity: string;
  text: string;
  verdict: string;
  campaignId: string;
  /** Days, yyyy-mm-dd, of this machine's calendar. */
  from: string;
  to: string;
  ranges: readonly RangeForm[];
}

const EMPTY: SearchForm = {
  contains: "",
  similarTo: "",
  minSimilarity: "0.5",
  text: "",
  verdict: "",
  campaignId: "",
  from: "",
  to: "",
  ranges: [],
};

const titleOf = (field: PropertyField): string => {
  const { name, unit } = propertyNamed(field);
  return headWithUnit(`${name.charAt(0).toUpperCase()}${name.slice(1)}`, unit, " / ");
};

/** As people read them; properties are typed in the unit that they are shown in. */
export const SEARCH_TITLES: Readonly<Record<SearchProperty, string>> = {
  ...(Object.fromEntries(PROPERTY_FIELDS.map((field) => [field, titleOf(field)])) as Record<
    PropertyField,
    string
  >),
  ...(Object.fromEntries(DESCRIPTOR_IDS.map((id) => [id, titleWithUnit(DESCRIPTORS[id])])) as Record<
    DescriptorId,
    string
  >),
};

/** How the number of a property is kept; undefined for a descriptor, which is kept as it is shown. */
const unitOf = (property: SearchProperty) =>
  isPropertyField(property) ? UNITS[propertyNamed(property).unit] : undefined;

const startOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString();
const endOf = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString();

function dayOf(iso: string | undefined): string {
  if (iso === undefined) return "";
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The bound in the notebook's unit; undefined where none was typed. */
function bound(property: SearchProperty, text: string): number | undefined {
  if (text.trim() === "") return undefined;
  return unitOf(property)?.toStored(Number(text)) ?? Number(text);
}

/** Ten digits: what was typed comes back without the noise of the conversion. */
function shown(property: SearchProperty, value: number | undefined): string {
  if (value === undefined) return "";
  const unit = unitOf(property);
  return unit ? String(Number(unit.fromStored(value).toPrecision(10))) : String(value);
}

function rangeOf({ property, min, max }: RangeForm): {
  property: SearchProperty;
  min?: number;
  max?: number;
} {
  const lower = bound(property, min);
  const upper = bound(property, max);
  return {
    property,
    ...(lower !== undefined && { min: lower }),
    ...(upper !== undefined && { max: upper }),
  };
}

/** The form that makes a question; the empty one for none. */
export function formOf(query: SearchQueryInput | null): SearchForm {
  if (!query) return EMPTY;
  const { ranges = [], minSimilarity, from, to, contains, similarTo, text, verdict, campaignId } = query;
  return {
    contains: contains ?? "",
    similarTo: similarTo ?? "",
    minSimilarity: minSimilarity === undefined ? EMPTY.minSimilarity : String(minSimilarity),
    text: text ?? "",
    verdict: verdict ?? "",
    campaignId: campaignId ?? "",
    from: dayOf(from),
    to: dayOf(to),
    ranges: ranges.map(({ property, min, max }) => ({
      property,
      min: shown(property, min),
      max: shown(property, max),
    })),
  };
}

/** The question that a form makes, or what is wrong with it. */
export function queryOf(form: SearchForm): { query: SearchQueryInput } | { problem: string } {
  const verdict = Verdict.safeParse(form.verdict);
  const campaign = CampaignId.safeParse(form.campaignId);
  const text = (value: string) => value.trim();
  const ranges = form.ranges.map(rangeOf).filter(({ min, max }) => min !== undefined || max !== undefined);
  const query: SearchQueryInput = {
    ...(text(form.contains) && { contains: text(form.contains) }),
    ...(text(form.similarTo) && {
      similarTo: text(form.similarTo),
      minSimilarity: Number(form.minSimilarity),
    }),
    ...(text(form.text) && { text: text(form.text) }),
    ...(verdict.success && { verdict: verdict.data }),
    ...(campaign.success && { campaignId: campaign.data }),
    ...(form.from && { from: startOf(form.from) }),
    ...(form.to && { to: endOf(form.to) }),
    ...(ranges.length > 0 && { ranges }),
  };
  if (Object.keys(query).length === 0) return { problem: "Give at least one condition." };
  const wrong = form.ranges.find(({ min, max }) => Number.isNaN(Number(min)) || Number.isNaN(Number(max)));
  if (wrong) return { problem: `${SEARCH_TITLES[wrong.property]}: expected numbers.` };
  const checked = SearchQuery.safeParse(query);
  if (checked.success) return { query };
  const [issue] = checked.error.issues;
  return { problem: `${issue?.path.join(".")}: ${issue?.message}` };
}
