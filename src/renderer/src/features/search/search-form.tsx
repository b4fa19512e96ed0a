import { Button, FormGroup, HTMLSelect, InputGroup } from "@blueprintjs/core";
import { Cross, Plus, Search } from "@blueprintjs/icons";
import { useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { Verdict } from "#shared/campaign/review.ts";
import { SearchProperty, type SearchQueryInput } from "#shared/campaign/search.ts";
import { VERDICTS } from "../../components/state-tag.tsx";
import { api } from "../../rpc/client.ts";
import { formOf, queryOf, type RangeForm, SEARCH_TITLES, type SearchForm } from "./form.ts";

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
  onRange(range: RangeForm | null): void;
}

function Range({ range, onRange }: RangeProps) {
  const name = SEARCH_TITLES[range.property];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset's frame would say nothing here.
    <div className="search-range" role="group" aria-label={name}>
      <HTMLSelect
        aria-label="Property"
        options={SearchProperty.options.map((value) => ({ value, label: SEARCH_TITLES[value] }))}
        value={range.property}
        onChange={({ currentTarget }) =>
          onRange({ ...range, property: SearchProperty.parse(currentTarget.value) })
        }
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

function Ranges({ form, change }: { form: SearchForm; change: Change }) {
  const { ranges } = form;
  const unused = SearchProperty.options.find((name) => ranges.every(({ property }) => property !== name));
  return (
    <div className="search-ranges">
      {ranges.map((range, index) => (
        <Range
          // biome-ignore lint/suspicious/noArrayIndexKey: a range has no name of its own; its property may change.
          key={index}
          range={range}
          onRange={(next) => change({ ranges: ranges.toSpliced(index, 1, ...(next ? [next] : [])) })}
        />
      ))}
      {unused && (
        <Button
          variant="minimal"
          icon={<Plus />}
          text="Property range"
          onClick={() => change({ ranges: [...ranges, { property: unused, min: "", max: "" }] })}
        />
      )}
    </div>
  );
}

interface SearchFormProps {
  query: SearchQueryInput | null;
  onSearch(query: SearchQueryInput): void;
}

/** Every condition that is given must hold. */
export function SearchFields({ query, onSearch }: SearchFormProps) {
  const [form, setForm] = useState(() => formOf(query));
  const [problem, setProblem] = useState("");
  const campaigns = useQuery(api.campaigns.list.queryOptions());
  const change: Change = (part) => {
    setForm((now) => ({ ...now, ...part }));
    setProblem("");
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const made = queryOf(form);
    if ("query" in made) onSearch(made.query);
    else setProblem(made.problem);
  };
  const common = { form, change };
  return (
    <form className="search-form panel" onSubmit={submit} aria-label="Search">
      <Text
        name="contains"
        label="Contains (SMARTS or SMILES)"
        placeholder="e.g. c1ccccc1 or [NX3;H2]"
        autoFocus={query === null}
        {...common}
      />
      <Text name="similarTo" label="Similar to (SMILES)" placeholder="e.g. CC(=O)Nc1ccccc1" {...common} />
      <Text name="minSimilarity" label="Tanimoto at least" type="number" {...common} />
      <Text name="text" label="Words in reviews" placeholder="all must occur" {...common} />
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
        options={(campaigns.data ?? []).map(({ id, settings }) => ({ value: id, label: settings.name }))}
        {...common}
      />
      <Text name="from" label="Campaigns from" type="date" {...common} />
      <Text name="to" label="Campaigns to" type="date" {...common} />
      <Ranges {...common} />
      <div className="search-submit">
        <Button type="submit" intent="primary" icon={<Search />} text="Search" />
        <span className="muted" role="status">
          {problem}
        </span>
      </div>
    </form>
  );
}
