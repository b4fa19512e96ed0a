/** The search form as typed, and the question that it makes. */

import type { OwnProperty } from "#shared/campaign/own-properties.ts";
import { Verdict } from "#shared/campaign/review.ts";
import { type PropertyRange, SearchQuery, type SearchQueryInput } from "#shared/campaign/search.ts";
import { CampaignId } from "#shared/ids.ts";
import { type RangeChoice, titleOfChoice, unitOf } from "./range-choice.ts";

export interface RangeForm extends RangeChoice {
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

const startOf = (day: string): string => new Date(`${day}T00:00:00`).toISOString();
const endOf = (day: string): string => new Date(`${day}T23:59:59.999`).toISOString();

function dayOf(iso: string | undefined): string {
  if (iso === undefined) return "";
  const at = new Date(iso);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** What is typed and shown depends on how a person's own properties are defined. */
type Own = readonly OwnProperty[];

/** The bound in the notebook's unit; undefined where none was typed. */
function bound(choice: RangeChoice, text: string, own: Own): number | undefined {
  if (text.trim() === "") return undefined;
  return unitOf(choice, own)?.toStored(Number(text)) ?? Number(text);
}

/** Ten digits: what was typed comes back without the noise of the conversion. */
function shown(choice: RangeChoice, value: number | undefined, own: Own): string {
  if (value === undefined) return "";
  const unit = unitOf(choice, own);
  return unit ? String(Number(unit.fromStored(value).toPrecision(10))) : String(value);
}

function rangeOf({ min, max, ...choice }: RangeForm, own: Own): PropertyRange {
  const lower = bound(choice, min, own);
  const upper = bound(choice, max, own);
  return {
    ...choice,
    ...(lower !== undefined && { min: lower }),
    ...(upper !== undefined && { max: upper }),
  };
}

/** The form that makes a question; the empty one for none. */
export function formOf(query: SearchQueryInput | null, own: Own = []): SearchForm {
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
    ranges: ranges.map(({ min, max, ...choice }) => ({
      ...choice,
      min: shown(choice, min, own),
      max: shown(choice, max, own),
    })),
  };
}

/** The question that a form makes, or what is wrong with it. */
export function queryOf(form: SearchForm, own: Own = []): { query: SearchQueryInput } | { problem: string } {
  const verdict = Verdict.safeParse(form.verdict);
  const campaign = CampaignId.safeParse(form.campaignId);
  const text = (value: string) => value.trim();
  const ranges = form.ranges
    .map((range) => rangeOf(range, own))
    .filter(({ min, max }) => min !== undefined || max !== undefined);
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
  if (wrong) return { problem: `${titleOfChoice(wrong, own)}: expected numbers.` };
  const checked = SearchQuery.safeParse(query);
  if (checked.success) return { query };
  const [issue] = checked.error.issues;
  return { problem: `${issue?.path.join(".")}: ${issue?.message}` };
}
