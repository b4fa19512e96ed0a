import { Button, FormGroup, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { Cross, Plus, Search } from "@blueprintjs/icons";
import { type FormEvent, type ReactElement, useMemo, useState } from "react";
import type { Campaign } from "#shared/campaign/campaign.ts";
import { type OwnProperty, ownProperties } from "#shared/campaign/own-properties.ts";
import { Verdict } from "#shared/campaign/review.ts";
import type { SearchQueryInput } from "#shared/campaign/search.ts";
import { SketchButton } from "../../components/sketcher/sketch-button.tsx";
import { VERDICTS } from "../../components/state-tag.tsx";
import { formOf, queryOf, type RangeForm, type SearchForm } from "./form.ts";
import { choiceKey, rangeChoices, titleOfChoice } from "./range-choice.ts";

type Change = (part: Partial<SearchForm>) => void;
type TextKey = "contains" | "similarTo" | "minSimilarity" | "text" | "from" | "to";

interface TextProps {
  name: TextKey;
  label: string;
  form: SearchForm;
  change: Change;
  type?: "text" | "date" | "number";
  placeholder?: string;
  autoFocus?: boolean;
  rightElement?: ReactElement;
}

function Text({ name, label, form, change, type = "text", ...rest }: TextProps) {
  return (
    <FormGroup label={label} labelFor={`search-${name}`}>
      <InputGroup
        id={`search-${name}`}
        type={type}
        {...(type === "number" && { step: "0.05", min: 0, max: 1 })}
        maxLength={2000}
        value={form[name]}
        onValueChange={(value) => change({ [name]: value })}
        {...rest}
      />
    </FormGroup>
  );
}

interface ChoiceProps {
  name: "verdict" | "campaignId";
  label: string;
  none: string;
  options: readonly { value: string; label: string }[];
  form: SearchForm;
  change: Change;
}

function Choice({ name, label, none, options, form, change }: ChoiceProps) {
  return (
    <FormGroup label={label} labelFor={`search-${name}`}>
      <HTMLSelect
        id={`search-${name}`}
        fill
        options={[{ value: "", label: none }, ...options]}
        value={form[name]}
        onChange={({ currentTarget }) => change({ [name]: currentTarget.value })}
      />
    </FormGroup>
  );
}

interface RangeProps {
  range: RangeForm;
  own: readonly OwnProperty[];
  onRange(range: RangeForm | null): void;
}

function Range({ range, own, onRange }: RangeProps) {
  const name = titleOfChoice(range, own);
  const { min, max } = range;
  const choices = rangeChoices(own, [range]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's frame would say nothing here.
    <div className="search-range" role="group" aria-label={name}>
      <HTMLSelect
        aria-label="Property"
        options={choices.map((choice) => ({ value: choiceKey(choice), label: titleOfChoice(choice, own) }))}
        value={choiceKey(range)}
        onChange={({ currentTarget }) => {
          const choice = choices[currentTarget.selectedIndex];
          if (choice) onRange({ ...choice, min, max });
        }}
      />
      <InputGroup
        aria-label={`${name}, at least`}
        placeholder="at least"
        inputMode="decimal"
        value={range.min}
        onValueChange={(min) => onRange({ ...range, min })}
      />
      <InputGroup
        aria-label={`${name}, at most`}
        placeholder="at most"
        inputMode="decimal"
        value={range.max}
        onValueChange={(max) => onRange({ ...range, max })}
      />
      <Button
        variant="minimal"
        icon={<Cross />}
        aria-label={`Remove ${name}`}
        onClick={() => onRange(null)}
      />
    </div>
  );
}

interface RangesProps {
  form: SearchForm;
  own: readonly OwnProperty[];
  change: Change;
}

function Ranges({ form, own, change }: RangesProps) {
  const { ranges } = form;
  const asked = ranges.map(choiceKey);
  const unused = rangeChoices(own).find((choice) => !asked.includes(choiceKey(choice)));
  return (
    <div className="search-ranges">
      {ranges.map((range, index) => (
        <Range
          // biome-ignore lint/suspicious/noArrayIndexKey: a range has no name of its own; its property may change.
          key={index}
          range={range}
          own={own}
          onRange={(next) => change({ ranges: ranges.toSpliced(index, 1, ...(next ? [next] : [])) })}
        />
      ))}
      {unused && (
        <Button
          variant="minimal"
          icon={<Plus />}
          text="Property range"
          onClick={() => change({ ranges: [...ranges, { ...unused, min: "", max: "" }] })}
        />
      )}
    </div>
  );
}

interface SearchFormProps {
  query: SearchQueryInput | null;
  /** The notebook's, the newest first. */
  campaigns: readonly Campaign[];
  onSearch(query: SearchQueryInput): void;
}

/** The form as it is filled in, and what is wrong with it when it is sent. */
function useSearchForm({ query, onSearch }: SearchFormProps, own: readonly OwnProperty[]) {
  const [form, setForm] = useState(() => formOf(query, own));
  const [problem, setProblem] = useState("");
  const change: Change = (part) => {
    setForm((now) => ({ ...now, ...part }));
    setProblem("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const made = queryOf(form, own);
    if ("query" in made) onSearch(made.query);
    else setProblem(made.problem);
  };
  return { form, change, problem, submit };
}

/** Of which candidates: by their latest verdict, and by their campaign and its date. */
function OriginFields({
  campaigns,
  ...common
}: Pick<SearchFormProps, "campaigns"> & { form: SearchForm; change: Change }) {
  return (
    <>
      <Choice
        name="verdict"
        label="Latest verdict"
        none="Any"
        options={Verdict.options.map((value) => ({ value, label: VERDICTS[value].done }))}
        {...common}
      />
      <Choice
        name="campaignId"
        label="Campaign"
        none="All"
        options={campaigns.map(({ id, settings }) => ({ value: id, label: settings.name }))}
        {...common}
      />
      <Text name="from" label="Campaigns from" type="date" {...common} />
      <Text name="to" label="Campaigns to" type="date" {...common} />
    </>
  );
}

/** Every condition that is given must hold. */
export function SearchFields(props: SearchFormProps) {
  const { query, campaigns } = props;
  const own = useMemo(
    () => ownProperties(campaigns.map(({ settings }) => settings).toReversed()),
    [campaigns],
  );
  const { form, change, problem, submit } = useSearchForm(props, own);
  const common = { form, change };
  return (
    <form className="search-form panel" onSubmit={submit} aria-label="Search">
      <Text
        name="contains"
        label="Contains (SMARTS or SMILES)"
        placeholder="e.g. c1ccccc1 or [NX3;H2]"
        autoFocus={query === null}
        rightElement={
          <SketchButton
            kind="query"
            label="Draw the substructure"
            combo="mod + d"
            text={form.contains}
            onText={(contains) => change({ contains })}
          />
        }
        {...common}
      />
      <Text
        name="similarTo"
        label="Similar to (SMILES)"
        placeholder="e.g. CC(=O)Nc1ccccc1"
        rightElement={
          <SketchButton
            kind="molecule"
            label="Draw the molecule to be similar to"
            combo="mod + shift + d"
            text={form.similarTo}
            onText={(similarTo) => change({ similarTo })}
          />
        }
        {...common}
      />
      <Text name="minSimilarity" label="Tanimoto at least" type="number" {...common} />
      <Text name="text" label="Words in reviews" placeholder="all must occur" {...common} />
      <OriginFields campaigns={campaigns} {...common} />
      <Ranges own={own} {...common} />
      <div className="search-submit">
        <Button type="submit" intent="primary" icon={<Search />} text="Search" />
        <span className="muted" role="status">
          {problem}
        </span>
      </div>
    </form>
  );
}
