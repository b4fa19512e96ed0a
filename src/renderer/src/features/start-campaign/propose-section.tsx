import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import type { ModelSummary } from "#shared/model/model.ts";
import { ModelFields } from "./model-fields.tsx";
import { Section, type SectionProps } from "./section.tsx";

export function ProposeSection({
  draft,
  onDraft,
  problems,
  models,
}: SectionProps & { models: readonly ModelSummary[] }) {
  const { generation } = draft;
  const put = (generation: GenerationSettings) => onDraft({ ...draft, generation });
  return (
    <Section
      number={1}
      title="Propose"
      lead="A neural network writes molecules. The same seed gives the same molecules."
    >
      {generation.source === "model" && (
        <ModelFields
          generation={generation}
          set={(change) => put({ ...generation, ...change })}
          problems={problems}
          models={models}
        />
      )}
    </Section>
  );
}
