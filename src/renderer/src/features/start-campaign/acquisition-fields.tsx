/** Which molecules are evaluated first. */
import { NumberField, SelectField } from "../../components/fields.tsx";
import type { SectionProps } from "./section.tsx";

const STRATEGIES = [
  { value: "none", label: "order of proposal" },
  { value: "greedy", label: "surrogate: best expected" },
  { value: "expected-improvement", label: "surrogate: expected improvement" },
  { value: "thompson", label: "surrogate: Thompson sampling" },
] as const;

export function AcquisitionFields({ draft, onDraft, problems }: SectionProps) {
  return (
    <>
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
    </>
  );
}
