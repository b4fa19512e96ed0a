/** What molecules are to bind: a SMILES as it is typed, or a file. */
import { FileInput, InputGroup } from "@blueprintjs/core";
import { useState } from "react";
import { messageOf } from "#shared/errors.ts";
import type { PropertyDefinition } from "#shared/properties/definition.ts";
import { probeOfFile, probeOfSmiles } from "#shared/properties/read-probe.ts";
import { withDefinition } from "./definition-fields.tsx";
import { Field } from "./fields.tsx";
import type { SectionProps } from "./section.tsx";

const PATH = "evaluation.probe";

const smilesOf = (definition: PropertyDefinition | undefined): string =>
  definition?.kind === "probe" ? (definition.smiles ?? "") : "";

export function ProbeFields({ draft, onDraft, problems }: SectionProps) {
  const { definition } = draft.evaluation;
  const [text, setText] = useState(smilesOf(definition));
  const [problem, setProblem] = useState<string>();
  const take = (read: () => PropertyDefinition) => {
    try {
      const found = read();
      setText(smilesOf(found));
      setProblem(undefined);
      onDraft(withDefinition(draft, found, definition));
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
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
            onValueChange={setText}
            onBlur={() => {
              const smiles = text.trim();
              if (smiles !== "" && smiles !== smilesOf(definition)) take(() => probeOfSmiles(smiles));
            }}
          />
        )}
      </Field>
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
    </>
  );
}
