import { SegmentedControl } from "@blueprintjs/core";
import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import type { ModelSummary } from "#shared/model/model.ts";
import { ofSource } from "./form.ts";
import { LibraryFields } from "./library-fields.tsx";
import { ModelFields } from "./model-fields.tsx";
import { Section, type SectionProps } from "./section.tsx";
import type { Library } from "./use-library.ts";

const LEADS: Readonly<Record<GenerationSettings["source"], string>> = {
  model: "A neural network writes molecules. The same seed gives the same molecules.",
  library: "Molecules of your own, row by row. They are kept in the notebook: the files may go.",
};

export function ProposeSection({
  draft,
  onDraft,
  problems,
  models,
  library,
}: SectionProps & { models: readonly ModelSummary[]; library: Library }) {
  const { generation } = draft;
  const put = (generation: GenerationSettings) => onDraft({ ...draft, generation });
  return (
    <Section number={1} title="Molecules" lead={LEADS[generation.source]}>
      <SegmentedControl
        className="field-wide"
        aria-label="Source"
        options={[
          { value: "model", label: "From a model" },
          { value: "library", label: "My own" },
        ]}
        value={generation.source}
        onValueChange={(source) => {
          if (source !== generation.source) library.forget();
          onDraft(ofSource(draft, source as GenerationSettings["source"]));
        }}
      />
      {generation.source === "model" ? (
        <ModelFields
          generation={generation}
          set={(change) => put({ ...generation, ...change })}
          problems={problems}
          models={models}
        />
      ) : (
        <LibraryFields
          draft={draft}
          onDraft={onDraft}
          problems={problems}
          generation={generation}
          library={library}
        />
      )}
    </Section>
  );
}
