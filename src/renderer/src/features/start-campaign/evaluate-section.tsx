import { HTMLSelect } from "@blueprintjs/core";
import { AcquisitionStrategy } from "#shared/campaign.ts";
import { basisName } from "../campaign/summary.ts";
import { ActiveSpaceFields } from "./active-space-fields.tsx";
import { Field, NumberField } from "./fields.tsx";
import type { Draft } from "./form.ts";
import { Section, type SectionProps } from "./section.tsx";
import { AdvancedVqeFields, VqeFields } from "./vqe-fields.tsx";

/** Those that the engine ships, by cost. */
const BASES = ["sto-3g", "6-31g", "6-31g*", "6-31g**", "def2-svp", "6-311g**", "cc-pvdz", "def2-tzvp"];

/** Settings that lie in the folded part. */
const ADVANCED = /^evaluation\.(maxIterations|seed|layers|starts|sampling)/;

export function EvaluateSection({ draft, onDraft, problems }: SectionProps) {
  const { evaluation, ranking } = draft;
  const set = (change: Partial<Draft["evaluation"]>) =>
    onDraft({ ...draft, evaluation: { ...evaluation, ...change } });
  const hasHiddenProblem = [...problems.keys()].some((path) => ADVANCED.test(path));
  return (
    <Section
      number={3}
      title="Evaluate and rank"
      lead="The vertical ionisation energy: neutral and cation by VQE in one active space, checked against CASCI."
    >
      <Field
        path="evaluation.basis"
        label="Basis set"
        help="By cost; STO-3G is fast but ranks poorly"
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
      <ActiveSpaceFields
        value={evaluation.activeSpace}
        onValue={(activeSpace) => set({ activeSpace })}
        problems={problems}
      />
      <VqeFields evaluation={evaluation} set={set} problems={problems} />
      <NumberField
        path="evaluation.maxEvaluations"
        label="Evaluate at most"
        help="Molecules that passed the filter"
        problems={problems}
        value={evaluation.maxEvaluations}
        onValue={(maxEvaluations) => set({ maxEvaluations })}
      />
      <Field
        path="acquisition.strategy"
        label="Choose them by"
        help="A surrogate learns from every evaluation in the notebook"
        problems={problems}
      >
        {(attributes) => (
          <HTMLSelect
            {...attributes}
            fill
            value={draft.acquisition.strategy}
            options={[
              { value: "none", label: "order of proposal" },
              { value: "greedy", label: "surrogate: best expected" },
              { value: "expected-improvement", label: "surrogate: expected improvement" },
              { value: "thompson", label: "surrogate: Thompson sampling" },
            ]}
            onChange={({ currentTarget }) => {
              const strategy = AcquisitionStrategy.parse(currentTarget.value);
              onDraft({ ...draft, acquisition: { ...draft.acquisition, strategy } });
            }}
          />
        )}
      </Field>
      {draft.acquisition.strategy !== "none" && (
        <NumberField
          path="acquisition.batchSize"
          label="At a time"
          help="Evaluated before the next choice"
          problems={problems}
          value={draft.acquisition.batchSize}
          onValue={(batchSize) => onDraft({ ...draft, acquisition: { ...draft.acquisition, batchSize } })}
        />
      )}
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
      <details className="form-advanced" open={hasHiddenProblem || undefined}>
        <summary>Advanced: iterations, seed, layers, shots and noise</summary>
        <div className="form-fields">
          <AdvancedVqeFields evaluation={evaluation} set={set} problems={problems} />
        </div>
      </details>
    </Section>
  );
}
