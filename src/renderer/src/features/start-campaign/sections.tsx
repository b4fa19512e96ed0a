import { Checkbox, HTMLSelect, Tag } from "@blueprintjs/core";
import type { ReactNode } from "react";
import { AlertCatalogue } from "#shared/campaign.ts";
import type { ModelSummary } from "#shared/system.ts";
import { basisName } from "../campaign/summary.ts";
import { Field, NumberField } from "./fields.tsx";
import type { Draft } from "./form.ts";

export interface SectionProps {
  draft: Draft;
  onDraft(draft: Draft): void;
  problems: ReadonlyMap<string, string>;
}

const BASES = ["6-31g", "sto-3g"];
const ELEMENTS = ["H", "B", "C", "N", "O", "F", "Si", "P", "S", "Cl"];
const CATALOGUES: Readonly<Record<AlertCatalogue, string>> = {
  pains: "PAINS (assay interference)",
  brenk: "Brenk (unwanted groups)",
  nih: "NIH (reactive groups)",
};

function Section({
  number,
  title,
  lead,
  children,
}: {
  number: number;
  title: string;
  lead: string;
  children: ReactNode;
}) {
  return (
    <section className="form-section">
      <header>
        <h2>
          <span className="step-number">{number}</span>
          {title}
        </h2>
        <p className="muted">{lead}</p>
      </header>
      <div className="form-fields">{children}</div>
    </section>
  );
}

const toggle = <T,>(list: readonly T[], item: T): T[] =>
  list.includes(item) ? list.filter((other) => other !== item) : [...list, item];

export function ProposeSection({
  draft,
  onDraft,
  problems,
  models,
}: SectionProps & { models: readonly ModelSummary[] }) {
  const { generation } = draft;
  const set = (change: Partial<Draft["generation"]>) =>
    onDraft({ ...draft, generation: { ...generation, ...change } });
  const chosen = models.find(({ name }) => name === generation.model);
  const options = models.map(({ name, title }) => ({ value: name, label: title }));
  if (!chosen) options.push({ value: generation.model, label: generation.model });
  return (
    <Section
      number={1}
      title="Propose"
      lead="A neural network writes molecules. The same seed gives the same molecules."
    >
      <Field
        path="generation.model"
        label="Model"
        problems={problems}
        {...(chosen && { help: chosen.description })}
      >
        {(attributes) => (
          <HTMLSelect
            {...attributes}
            fill
            options={options}
            value={generation.model}
            onChange={(event) => set({ model: event.currentTarget.value })}
          />
        )}
      </Field>
      <NumberField
        path="generation.count"
        label="Molecules"
        help="How many to propose"
        problems={problems}
        value={generation.count}
        onValue={(count) => set({ count })}
      />
      <NumberField
        path="generation.seed"
        label="Seed"
        help="Any whole number"
        problems={problems}
        value={generation.seed}
        onValue={(seed) => set({ seed })}
      />
      <NumberField
        path="generation.temperature"
        label="Temperature"
        help="Below 1 cautious, above 1 adventurous"
        problems={problems}
        step={0.05}
        value={generation.temperature}
        onValue={(temperature) => set({ temperature })}
      />
    </Section>
  );
}

export function FilterSection({ draft, onDraft, problems }: SectionProps) {
  const { filter } = draft;
  const set = (change: Partial<Draft["filter"]>) => onDraft({ ...draft, filter: { ...filter, ...change } });
  const number = (
    name: "minHeavyAtoms" | "maxHeavyAtoms" | "minRingSize" | "maxRingSize" | "maxSaScore",
    label: string,
    help: string,
  ) => (
    <NumberField
      path={`filter.${name}`}
      label={label}
      help={help}
      problems={problems}
      step={name === "maxSaScore" ? 0.5 : 1}
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
      {number("maxSaScore", "SA score, at most", "1 is easy to make, 10 hard")}
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
    </Section>
  );
}

export function EvaluateSection({ draft, onDraft, problems }: SectionProps) {
  const { evaluation, ranking } = draft;
  const set = (change: Partial<Draft["evaluation"]>) =>
    onDraft({ ...draft, evaluation: { ...evaluation, ...change } });
  const space = evaluation.activeSpace ?? { nelec: 4, norb: 4 };
  return (
    <Section
      number={3}
      title="Evaluate and rank"
      lead="The vertical ionisation energy: neutral and cation by UCCSD-VQE in one active space, checked against CASCI."
    >
      <Field
        path="evaluation.basis"
        label="Basis set"
        help="STO-3G is fast but ranks poorly"
        problems={problems}
      >
        {(attributes) => (
          <HTMLSelect
            {...attributes}
            fill
            options={BASES.map((basis) => ({ value: basis, label: basisName(basis) }))}
            value={evaluation.basis}
            onChange={(event) => set({ basis: event.currentTarget.value })}
          />
        )}
      </Field>
      <NumberField
        path="evaluation.activeSpace.nelec"
        label="Active electrons"
        help="Around the frontier"
        problems={problems}
        value={space.nelec}
        onValue={(nelec) => set({ activeSpace: { ...space, nelec } })}
      />
      <NumberField
        path="evaluation.activeSpace.norb"
        label="Active orbitals"
        help={Number.isInteger(space.norb) ? `${2 * space.norb} qubits` : "Two qubits each"}
        problems={problems}
        value={space.norb}
        onValue={(norb) => set({ activeSpace: { ...space, norb } })}
      />
      <NumberField
        path="evaluation.maxEvaluations"
        label="Evaluate at most"
        help="Molecules that passed the filter"
        problems={problems}
        value={evaluation.maxEvaluations}
        onValue={(maxEvaluations) => set({ maxEvaluations })}
      />
      <NumberField
        path="evaluation.maxIterations"
        label="VQE iterations, at most"
        help="What has not converged by then is shown as such"
        problems={problems}
        value={evaluation.maxIterations}
        onValue={(maxIterations) => set({ maxIterations })}
      />
      <Field path="ranking.direction" label="Best is" problems={problems}>
        {(attributes) => (
          <HTMLSelect
            {...attributes}
            fill
            value={ranking.direction}
            options={[
              { value: "maximise", label: "the highest ionisation energy" },
              { value: "minimise", label: "the lowest ionisation energy" },
            ]}
            onChange={(event) =>
              onDraft({
                ...draft,
                ranking: { direction: event.currentTarget.value === "minimise" ? "minimise" : "maximise" },
              })
            }
          />
        )}
      </Field>
    </Section>
  );
}
