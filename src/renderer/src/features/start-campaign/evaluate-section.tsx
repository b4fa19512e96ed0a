import { declarationOf } from "#shared/properties/find.ts";
import { asksActiveSpace } from "#shared/properties/method-title.ts";
import { inSentence } from "#shared/properties/property.ts";
import { basisName } from "../../text/summary.ts";
import { ActiveSpaceFields } from "./active-space-fields.tsx";
import { NumberField, OptionalNumberField, SelectField } from "./fields.tsx";
import type { Draft } from "./form.ts";
import { PropertyFields } from "./property-fields.tsx";
import { RungFields } from "./rung-fields.tsx";
import { Section, type SectionProps } from "./section.tsx";
import { AdvancedVqeFields, VqeFields } from "./vqe-fields.tsx";

/** Those that the engine ships, by cost. */
const BASES = [
  ...["sto-3g", "6-31g", "6-31+g", "6-31g*", "6-31g**", "6-31+g*", "6-31+g**", "6-31++g*", "6-31++g**"],
  ...["def2-svp", "6-311g**", "cc-pvdz", "def2-svpd", "def2-tzvp", "aug-cc-pvdz", "cc-pvtz", "aug-cc-pvtz"],
];

const FUNCTIONS = [
  { value: "published", label: "as published" },
  { value: "pure", label: "spherical, 5 d" },
  { value: "cartesian", label: "Cartesian, 6 d" },
] as const;

const STRATEGIES = [
  { value: "none", label: "order of proposal" },
  { value: "greedy", label: "surrogate: best expected" },
  { value: "expected-improvement", label: "surrogate: expected improvement" },
  { value: "thompson", label: "surrogate: Thompson sampling" },
] as const;

const DIRECTIONS = [
  { value: "maximise", label: "the highest" },
  { value: "minimise", label: "the lowest" },
] as const;

const GEOMETRIES = [
  { value: "as-made", label: "as made or given" },
  { value: "hartree-fock", label: "relaxed by Hartree–Fock/6-31G*" },
] as const;

/** Settings that lie in the folded part. */
const ADVANCED = /^evaluation\.(maxIterations|seed|layers|starts|sampling)/;

export function EvaluateSection({ draft, onDraft, problems }: SectionProps) {
  const { evaluation, ranking } = draft;
  const { title, name, lead } = declarationOf(evaluation);
  const set = (change: Partial<Draft["evaluation"]>) =>
    onDraft({ ...draft, evaluation: { ...evaluation, ...change } });
  const hasSpace = asksActiveSpace(evaluation);
  const hasHiddenProblem = [...problems.keys()].some((path) => ADVANCED.test(path));
  return (
    <Section number={3} title="Evaluate and rank" lead={`The ${inSentence(title)}: ${lead}`}>
      <PropertyFields draft={draft} onDraft={onDraft} problems={problems} />
      {evaluation.definition?.kind !== "composite" && (
        <SelectField
          path="evaluation.basis"
          label="Basis set"
          help="By cost; STO-3G is fast but ranks poorly"
          problems={problems}
          options={BASES.map((basis) => ({ value: basis, label: basisName(basis) }))}
          value={evaluation.basis}
          onValue={(basis) => set({ basis })}
        />
      )}
      <SelectField
        path="evaluation.functions"
        label="d and f functions"
        help="Those of the basis set, unless chosen"
        problems={problems}
        options={FUNCTIONS}
        value={evaluation.functions ?? "published"}
        onValue={(functions) => set({ functions: functions === "published" ? null : functions })}
      />
      {hasSpace && (
        <>
          <ActiveSpaceFields
            value={evaluation.activeSpace}
            onValue={(activeSpace) => set({ activeSpace })}
            problems={problems}
          />
          <VqeFields evaluation={evaluation} set={set} problems={problems} />
        </>
      )}
      <NumberField
        path="evaluation.maxEvaluations"
        label="Evaluate at most"
        help="Molecules that passed the filter"
        problems={problems}
        value={evaluation.maxEvaluations}
        onValue={(maxEvaluations) => set({ maxEvaluations })}
      />
      <SelectField
        path="evaluation.relaxed"
        label="Geometry"
        help="As it was made or given, or from there to the Hartree–Fock minimum; properties of relaxed structures look for that anyway"
        problems={problems}
        options={GEOMETRIES}
        value={evaluation.relaxed ?? "as-made"}
        onValue={(choice) => {
          const { relaxed: _, ...others } = evaluation;
          const chosen = choice === "as-made" ? others : { ...others, relaxed: "hartree-fock" as const };
          onDraft({ ...draft, evaluation: chosen });
        }}
      />
      <NumberField
        path="evaluation.conformers"
        label="Conformers"
        help="Shapes of each molecule over which its numbers are averaged, at most"
        problems={problems}
        value={evaluation.conformers ?? 1}
        onValue={(conformers) => set({ conformers })}
      />
      <SelectField
        path="acquisition.strategy"
        label="Choose them by"
        help="A surrogate learns from every evaluation in the notebook"
        problems={problems}
        options={STRATEGIES}
        value={draft.acquisition.strategy}
        onValue={(strategy) => onDraft({ ...draft, acquisition: { ...draft.acquisition, strategy } })}
      />
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
      <SelectField
        path="ranking.direction"
        label={`Best ${name}`}
        problems={problems}
        options={DIRECTIONS}
        value={ranking.direction}
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
      <RungFields draft={draft} onDraft={onDraft} problems={problems} bases={BASES} />
      {hasSpace && (
        <details className="form-advanced" open={hasHiddenProblem || undefined}>
          <summary>Advanced: iterations, seed, layers, shots and noise</summary>
          <div className="form-fields">
            <AdvancedVqeFields evaluation={evaluation} set={set} problems={problems} />
          </div>
        </details>
      )}
    </Section>
  );
}
