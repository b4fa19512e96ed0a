import { HTMLSelect } from "@blueprintjs/core";
import { basisName } from "../campaign/summary.ts";
import { Field, NumberField } from "./fields.tsx";
import type { Draft } from "./form.ts";
import { Section, type SectionProps } from "./section.tsx";

/** Those that the engine ships, by cost. */
const BASES = ["sto-3g", "6-31g", "6-31g*", "6-31g**", "def2-svp", "6-311g**", "cc-pvdz", "def2-tzvp"];

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
