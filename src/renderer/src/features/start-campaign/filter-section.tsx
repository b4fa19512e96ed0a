import { Checkbox, Tag } from "@blueprintjs/core";
import { AlertCatalogue } from "#shared/campaign/campaign.ts";
import { Field, NumberField } from "../../components/fields.tsx";
import { OptionalBoundFields, UsualBoundFields } from "./bound-fields.tsx";
import type { Draft } from "./form.ts";
import { Section, type SectionProps } from "./section.tsx";

const ELEMENTS = ["H", "B", "C", "N", "O", "F", "Si", "P", "S", "Cl"];
const CATALOGUES: Readonly<Record<AlertCatalogue, string>> = {
  pains: "PAINS (assay interference)",
  brenk: "Brenk (unwanted groups)",
  nih: "NIH (reactive groups)",
  reactive: "Reactive and implausible groups",
};

const toggle = <T,>(list: readonly T[], item: T): T[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];

export function FilterSection({ draft, onDraft, problems }: SectionProps) {
  const { filter } = draft;
  const set = (change: Partial<Draft["filter"]>) => onDraft({ ...draft, filter: { ...filter, ...change } });
  const number = (
    name: "minHeavyAtoms" | "maxHeavyAtoms" | "minRingSize" | "maxRingSize",
    label: string,
    help: string,
  ) => (
    <NumberField
      path={`filter.${name}`}
      label={label}
      help={help}
      problems={problems}
      value={filter[name]}
      onValue={(value) => set({ [name]: value })}
    />
  );
  return (
    <Section
      number={2}
      title="Filter"
      lead="What fails a rule is kept in the notebook with that rule, and evaluated no further."
    >
      {number("minHeavyAtoms", "Heavy atoms, from", "All but hydrogen")}
      {number("maxHeavyAtoms", "Heavy atoms, to", "Cost grows steeply with size")}
      {number("minRingSize", "Ring size, from", "")}
      {number("maxRingSize", "Ring size, to", "")}
      <UsualBoundFields filter={filter} set={set} problems={problems} />
      <Field path="filter.elements" label="Elements" problems={problems}>
        {({ id }) => (
          // biome-ignore lint/a11y/useSemanticElements: the label belongs to the whole set.
          <div className="choices" id={id} role="group" aria-label="Elements">
            {ELEMENTS.map((element) => (
              <Tag
                key={element}
                interactive
                round
                minimal={!filter.elements.includes(element)}
                intent={filter.elements.includes(element) ? "primary" : "none"}
                aria-pressed={filter.elements.includes(element)}
                onClick={() => set({ elements: toggle(filter.elements, element) })}
              >
                {element}
              </Tag>
            ))}
          </div>
        )}
      </Field>
      <Field path="filter.alerts" label="Structural alerts" problems={problems}>
        {({ id }) => (
          // biome-ignore lint/a11y/useSemanticElements: the label belongs to the whole set.
          <div id={id} role="group" aria-label="Structural alerts">
            {AlertCatalogue.options.map((catalogue) => (
              <Checkbox
                key={catalogue}
                inline
                label={CATALOGUES[catalogue]}
                checked={filter.alerts.includes(catalogue)}
                onChange={() => set({ alerts: toggle(filter.alerts, catalogue) })}
              />
            ))}
          </div>
        )}
      </Field>
      <OptionalBoundFields filter={filter} set={set} problems={problems} />
    </Section>
  );
}
