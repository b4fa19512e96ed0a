import { Checkbox } from "@blueprintjs/core";
import type { ModelSource } from "#shared/campaign/sources/model.ts";
import { type Prompt, promptNotice } from "#shared/model/generation.ts";
import { Field, type FieldProps, NumberField, SelectField, TextField } from "../../components/fields.tsx";

interface PromptFieldsProps extends Pick<FieldProps, "problems"> {
  generation: ModelSource;
  set(change: Partial<ModelSource>): void;
}

const KINDS = [
  { value: "nothing", label: "nothing: write freely" },
  { value: "decorate", label: "a scaffold to decorate" },
  { value: "link", label: "two fragments to link" },
  { value: "near", label: "a molecule to vary" },
] as const;

const EMPTY: Readonly<Record<Prompt["kind"] | "nothing", Prompt | null>> = {
  nothing: null,
  decorate: { kind: "decorate", scaffold: "" },
  link: { kind: "link", first: "", second: "" },
  near: { kind: "near", smiles: "" },
};

function PromptText({
  prompt,
  onPrompt,
  problems,
}: { prompt: Prompt; onPrompt(prompt: Prompt): void } & Pick<FieldProps, "problems">) {
  switch (prompt.kind) {
    case "decorate":
      return (
        <TextField
          path="generation.prompt.scaffold"
          label="Scaffold"
          help="SMILES; each * is filled, e.g. *c1ccc(*)cc1"
          value={prompt.scaffold}
          onValue={(scaffold) => onPrompt({ ...prompt, scaffold })}
          problems={problems}
        />
      );
    case "link":
      return (
        <>
          <TextField
            path="generation.prompt.first"
            label="First fragment"
            help="SMILES with one *, e.g. *C1CC1"
            value={prompt.first}
            onValue={(first) => onPrompt({ ...prompt, first })}
            problems={problems}
          />
          <TextField
            path="generation.prompt.second"
            label="Second fragment"
            help="SMILES with one *, e.g. *C#N"
            value={prompt.second}
            onValue={(second) => onPrompt({ ...prompt, second })}
            problems={problems}
          />
        </>
      );
    case "near":
      return (
        <TextField
          path="generation.prompt.smiles"
          label="Molecule"
          help="SMILES; its beginning is kept"
          value={prompt.smiles}
          onValue={(smiles) => onPrompt({ ...prompt, smiles })}
          problems={problems}
        />
      );
  }
}

/** What the molecules are built around; nothing for a steered model, which draws by itself. */
export function PromptFields({ generation, set, problems }: PromptFieldsProps) {
  const { prompt } = generation;
  return (
    <>
      <SelectField
        path="generation.prompt"
        label="Build around"
        help={promptNotice(prompt)}
        problems={problems}
        options={KINDS}
        value={prompt?.kind ?? "nothing"}
        onValue={(kind) => set({ prompt: EMPTY[kind] })}
      />
      {prompt && (
        <PromptText prompt={prompt} onPrompt={(changed) => set({ prompt: changed })} problems={problems} />
      )}
    </>
  );
}

/** Which share of the likely tokens may be drawn. */
export const NucleusField = ({ generation, set, problems }: PromptFieldsProps) => (
  <NumberField
    path="generation.topP"
    label="Nucleus"
    help="Likeliest tokens that make up this share; 1 draws from all"
    problems={problems}
    step={0.05}
    value={generation.topP ?? 1}
    onValue={(topP) => set({ topP: topP === 1 ? null : topP })}
  />
);

/** How many of the likely tokens may be drawn. */
export const TopKField = ({ generation, set, problems }: PromptFieldsProps) => (
  <NumberField
    path="generation.topK"
    label="Top k"
    help="So many of the likeliest tokens; 0 draws from all"
    problems={problems}
    value={generation.topK ?? 0}
    onValue={(topK) => set({ topK: topK === 0 ? null : topK })}
  />
);

/** Whether a grammar decides which tokens may follow; a scaffold or a link is always written so. */
export function GrammarField({ generation, set, problems }: PromptFieldsProps) {
  const isAlways = generation.prompt !== null && generation.prompt.kind !== "near";
  return (
    <Field path="generation.constrained" label="Grammar" problems={problems}>
      {({ id }) => (
        <Checkbox
          id={id}
          label="Only tokens that make a valid molecule"
          checked={isAlways || generation.constrained}
          disabled={isAlways}
          onChange={({ currentTarget }) => set({ constrained: currentTarget.checked })}
        />
      )}
    </Field>
  );
}
