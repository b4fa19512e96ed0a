import type { ComponentProps } from "react";
import { declarationOf } from "#shared/properties/find.ts";
import { asksActiveSpace, asksVqe } from "#shared/properties/method-title.ts";
import { inSentence } from "#shared/properties/property.ts";
import { NumberField, OptionalNumberField, SelectField } from "../../components/fields.tsx";
import { AcquisitionFields } from "./acquisition-fields.tsx";
import { ActiveSpaceFields } from "./active-space-fields.tsx";
import { BASES, BasisFields } from "./basis-fields.tsx";
import type { Draft } from "./form.ts";
import { GeometryFields } from "./geometry-fields.tsx";
import { PropertyFields } from "./property-fields.tsx";
import { RungFields } from "./rung-fields.tsx";
import { Section, type SectionProps } from "./section.tsx";
import { AdvancedVqeFields, VqeFields } from "./vqe-fields.tsx";

const DIRECTIONS = [
  { value: "maximise", label: "the highest" },
  { value: "minimise", label: "the lowest" },
] as const;

/** Settings that lie in the folded part. */
const ADVANCED = /^evaluation\.(maxIterations|seed|layers|starts|sampling)/;

/** What is best, and when the campaign ends. */
function EndFields({ draft, onDraft, problems }: SectionProps) {
  return (
    <>
      <SelectField
        path="ranking.direction"
        label={`Best ${declarationOf(draft.evaluation).name}`}
        problems={problems}
        options={DIRECTIONS}
        value={draft.ranking.direction}
        onValue={(direction) => onDraft({ ...draft, ranking: { direction } })}
      />
      <OptionalNumberField
        path="limits.hours"
        label="Hours of computing at most"
        help="Then it ends, and can go on with more"
        problems={problems}
        value={draft.limits.hours}
        onValue={(hours) => onDraft({ ...draft, limits: { hours } })}
      />
    </>
  );
}

function FoldedFields({ evaluation, set, problems }: ComponentProps<typeof AdvancedVqeFields>) {
  const hasHiddenProblem = [...problems.keys()].some((path) => ADVANCED.test(path));
  return (
    <details className="form-advanced" open={hasHiddenProblem || undefined}>
      <summary>Advanced: iterations, seed, layers, shots and noise</summary>
      <div className="form-fields">
        <AdvancedVqeFields evaluation={evaluation} set={set} problems={problems} />
      </div>
    </details>
  );
}

export function EvaluateSection({ draft, onDraft, problems }: SectionProps) {
  const { evaluation } = draft;
  const { title, lead } = declarationOf(evaluation);
  const set = (change: Partial<Draft["evaluation"]>) =>
    onDraft({ ...draft, evaluation: { ...evaluation, ...change } });
  const hasVqe = asksVqe(evaluation);
  return (
    <Section number={3} title="Evaluate and rank" lead={`The ${inSentence(title)}: ${lead}`}>
      <PropertyFields draft={draft} onDraft={onDraft} problems={problems} />
      <BasisFields draft={draft} onDraft={onDraft} problems={problems} />
      {asksActiveSpace(evaluation) && (
        <ActiveSpaceFields
          value={evaluation.activeSpace}
          onValue={(activeSpace) => set({ activeSpace })}
          problems={problems}
        />
      )}
      {hasVqe && <VqeFields evaluation={evaluation} set={set} problems={problems} />}
      <NumberField
        path="evaluation.maxEvaluations"
        label="Evaluate at most"
        help="Molecules that passed the filter"
        problems={problems}
        value={evaluation.maxEvaluations}
        onValue={(maxEvaluations) => set({ maxEvaluations })}
      />
      <GeometryFields draft={draft} onDraft={onDraft} problems={problems} />
      <AcquisitionFields draft={draft} onDraft={onDraft} problems={problems} />
      <EndFields draft={draft} onDraft={onDraft} problems={problems} />
      <RungFields draft={draft} onDraft={onDraft} problems={problems} bases={BASES} />
      {hasVqe && <FoldedFields evaluation={evaluation} set={set} problems={problems} />}
    </Section>
  );
}
