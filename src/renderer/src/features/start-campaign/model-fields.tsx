import type { ModelSource } from "#shared/campaign/sources/model.ts";
import type { ModelSummary } from "#shared/model/model.ts";
import { NumberField, SelectField } from "../../components/fields.tsx";
import { modelOptions } from "../models/model-options.ts";
import { GrammarField, NucleusField, PromptFields, TopKField } from "./prompt-fields.tsx";
import type { SectionProps } from "./section.tsx";
import { SteeringFields } from "./steering-fields.tsx";

interface ModelFieldsProps extends Pick<SectionProps, "problems"> {
  generation: ModelSource;
  set(change: Partial<ModelSource>): void;
  models: readonly ModelSummary[];
}

/** What a model is asked for. */
export function ModelFields({ generation, set, problems, models }: ModelFieldsProps) {
  const chosen = models.find(({ name }) => name === generation.model);
  const options = modelOptions(models);
  if (!chosen) options.push({ value: generation.model, label: generation.model });
  return (
    <>
      <SelectField
        path="generation.model"
        label="Model"
        help={chosen?.description}
        problems={problems}
        options={options}
        value={generation.model}
        onValue={(model) => set({ model })}
      />
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
      {!generation.steering && (
        <>
          <NumberField
            path="generation.temperature"
            label="Temperature"
            help="Below 1 cautious, above 1 adventurous"
            problems={problems}
            step={0.05}
            value={generation.temperature}
            onValue={(temperature) => set({ temperature })}
          />
          <PromptFields generation={generation} set={set} problems={problems} />
        </>
      )}
      <details className="form-advanced" open={generation.steering !== null || undefined}>
        <summary>Advanced: nucleus, top k, grammar, steering</summary>
        <div className="form-fields">
          {!generation.steering && <NucleusField generation={generation} set={set} problems={problems} />}
          {!generation.steering && <TopKField generation={generation} set={set} problems={problems} />}
          <GrammarField generation={generation} set={set} problems={problems} />
          <SteeringFields generation={generation} set={set} problems={problems} />
        </div>
      </details>
    </>
  );
}
