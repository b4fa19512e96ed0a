import type { ModelSource } from "#shared/campaign/sources/model.ts";
import type { Objective } from "#shared/model/generation.ts";
import { type FieldProps, NumberField, SelectField, TextField } from "../../components/fields.tsx";

interface SteeringFieldsProps extends Pick<FieldProps, "problems"> {
  generation: ModelSource;
  set(change: Partial<ModelSource>): void;
}

const FIRST: Readonly<Record<Objective["kind"], Objective>> = {
  qed: { kind: "qed" },
  "sa-score": { kind: "sa-score" },
  logp: { kind: "logp", minimum: 0, maximum: 3 },
  similarity: { kind: "similarity", to: "" },
  substructure: { kind: "substructure", smarts: "" },
};

const KINDS = [
  { value: "nothing", label: "nothing" },
  { value: "qed", label: "drug-likeness (QED)" },
  { value: "sa-score", label: "ease of synthesis (SA score)" },
  { value: "logp", label: "a window of logP" },
  { value: "similarity", label: "similarity to a molecule" },
  { value: "substructure", label: "a substructure" },
] as const;

/** A steered model draws by itself: what it does not follow goes back to its default. */
const steeredBy = (objective: Objective): Partial<ModelSource> => ({
  steering: [objective],
  temperature: 1,
  topP: null,
  topK: null,
  prompt: null,
});

function Arguments({
  objective,
  onObjective,
  problems,
}: { objective: Objective; onObjective(objective: Objective): void } & Pick<FieldProps, "problems">) {
  if (objective.kind === "logp")
    return (
      <>
        <NumberField
          path="generation.steering.0.minimum"
          label="logP, from"
          problems={problems}
          step={0.5}
          value={objective.minimum}
          onValue={(minimum) => onObjective({ ...objective, minimum })}
        />
        <NumberField
          path="generation.steering.0.maximum"
          label="logP, to"
          problems={problems}
          step={0.5}
          value={objective.maximum}
          onValue={(maximum) => onObjective({ ...objective, maximum })}
        />
      </>
    );
  if (objective.kind !== "similarity" && objective.kind !== "substructure") return null;
  const isSimilarity = objective.kind === "similarity";
  return (
    <TextField
      path={`generation.steering.0.${isSimilarity ? "to" : "smarts"}`}
      label={isSimilarity ? "Molecule" : "Substructure"}
      help={isSimilarity ? "SMILES" : "SMARTS"}
      problems={problems}
      value={isSimilarity ? objective.to : objective.smarts}
      onValue={(text) =>
        onObjective(isSimilarity ? { ...objective, to: text } : { kind: "substructure", smarts: text })
      }
    />
  );
}

/** What the model learns to write more of while it proposes. */
export function SteeringFields({ generation, set, problems }: SteeringFieldsProps) {
  const objective = generation.steering?.[0];
  return (
    <>
      <SelectField
        path="generation.steering"
        label="Steer towards"
        help="The model learns from each molecule; some hundreds show it"
        problems={problems}
        options={KINDS}
        value={objective?.kind ?? "nothing"}
        onValue={(kind) => set(kind === "nothing" ? { steering: null } : steeredBy(FIRST[kind]))}
      />
      {objective && (
        <Arguments
          objective={objective}
          onObjective={(changed) => set({ steering: [changed] })}
          problems={problems}
        />
      )}
    </>
  );
}
