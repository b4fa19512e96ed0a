/** What molecules are to bind: a SMILES as it is typed, or a file. */
import { FileInput, InputGroup } from "@blueprintjs/core";
import { useState } from "react";
import { messageOf } from "#shared/errors.ts";
import type { PropertyDefinition } from "#shared/properties/definition.ts";
import { probeOfFile, probeOfSmiles } from "#shared/properties/read-probe.ts";
import { Field } from "../../components/fields.tsx";
import { withDefinition } from "./definition-fields.tsx";
import type { SectionProps } from "./section.tsx";

const PATH = "evaluation.probe";

const smilesOf = (definition: PropertyDefinition | undefined): string =>
  definition?.kind === "probe" ? (definition.smiles ?? "") : "";

/** The SMILES, as the definition has it until another is typed, and what becomes of what is typed or chosen. */
function useProbe({ draft, onDraft }: Pick<SectionProps, "draft" | "onDraft">) {
  const { definition } = draft.evaluation;
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const [seen, setSeen] = useState(definition);
  const follow = () => {
    setTyped(undefined);
    setProblem(undefined);
  };
  // It was changed elsewhere, or a plan was opened.
  if (definition !== seen) {
    setSeen(definition);
    follow();
  }
  const take = (read: () => PropertyDefinition) => {
    try {
      onDraft(withDefinition(draft, read(), definition));
      follow();
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  const leave = () => {
    const smiles = typed?.trim() ?? "";
    if (smiles === "" || smiles === smilesOf(definition)) follow();
    else take(() => probeOfSmiles(smiles));
  };
  return { text: typed ?? smilesOf(definition), problem, type: setTyped, leave, take };
}

/** A file of its geometry. */
function ProbeFile({
  known,
  take,
}: {
  known: string | undefined;
  take(read: () => PropertyDefinition): void;
}) {
  return (
    <FileInput
      className="field field-wide"
      text={known ? `${known}, with its geometry` : "Or a file: XYZ, SDF, mol…"}
      inputProps={{ accept: ".xyz,.sdf,.mol", "aria-label": "File of what they are to bind" }}
      onInputChange={async ({ currentTarget }) => {
        const [file] = currentTarget.files ?? [];
        if (!file) return;
        const written = await file.text();
        take(() => probeOfFile(file.name, written));
      }}
    />
  );
}

export function ProbeFields({ draft, onDraft, problems }: SectionProps) {
  const { definition } = draft.evaluation;
  const { text, problem, type, leave, take } = useProbe({ draft, onDraft });
  const known = definition?.kind === "probe" && definition.geometry ? definition.title : undefined;
  return (
    <>
      <Field
        path={PATH}
        label="What they are to bind"
        help="A SMILES, such as C#N, or below a file of its geometry"
        problems={problem === undefined ? problems : new Map([...problems, [PATH, problem]])}
      >
        {(attributes) => (
          <InputGroup
            {...attributes}
            spellCheck={false}
            placeholder={known ?? "C#N"}
            value={text}
            onValueChange={type}
            onBlur={leave}
          />
        )}
      </Field>
      <ProbeFile known={known} take={take} />
    </>
  );
}
