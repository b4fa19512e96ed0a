/** What a person's own property is: JSON from a file or as it is typed, checked as a file's would be. */
import { FileInput, TextArea } from "@blueprintjs/core";
import { useState } from "react";
import { messageOf } from "#shared/errors.ts";
import { type PropertyDefinition, readDefinition } from "#shared/properties/definition.ts";
import { declarationOf, propertyOfDefinition } from "#shared/properties/find.ts";
import { Field } from "../../components/fields.tsx";
import { exampleOf } from "./definition-examples.ts";
import type { Draft } from "./form.ts";

interface DefinitionFieldsProps {
  draft: Draft;
  onDraft(draft: Draft): void;
  problems: ReadonlyMap<string, string>;
}

/** As a person writes it. */
function textOf({ version: _, ...members }: PropertyDefinition): string {
  return JSON.stringify(members, null, 2);
}

const declared = (definition: PropertyDefinition) =>
  declarationOf({ property: propertyOfDefinition(definition), definition });

/**
 * The draft that computes it, with the basis set and the direction that it names.
 *
 * @param before what is edited: what both name alike stays as the person chose it
 */
export function withDefinition(
  draft: Draft,
  definition: PropertyDefinition,
  before?: PropertyDefinition,
): Draft {
  const property = propertyOfDefinition(definition);
  const { basis, better } = declared(definition);
  const was = before?.kind === definition.kind ? declared(before) : undefined;
  const { propertySettings: _, ...evaluation } = draft.evaluation;
  return {
    ...draft,
    evaluation: {
      ...evaluation,
      property,
      definition,
      basis: was?.basis === basis ? evaluation.basis : basis,
    },
    ranking: was?.better === better ? draft.ranking : { direction: better },
    rungs: property === draft.evaluation.property ? draft.rungs : [],
  };
}

/** A definition, or what is wrong with the text. */
function read(text: string): PropertyDefinition | { problem: string } {
  try {
    return readDefinition(text, "The definition");
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

/** The text that is typed, and what becomes of it: a draft, or a problem and a draft without a definition. */
function useDefinitionText({ draft, onDraft }: Pick<DefinitionFieldsProps, "draft" | "onDraft">) {
  const { definition, property } = draft.evaluation;
  const [text, setText] = useState(() => (definition ? textOf(definition) : exampleOf(property)));
  const [problem, setProblem] = useState<string>();
  /** The last that was one. */
  const [taken, setTaken] = useState(definition);
  // A plan was opened.
  if (definition && (!taken || textOf(definition) !== textOf(taken))) {
    setTaken(definition);
    setText(textOf(definition));
    setProblem(undefined);
  }
  /** @param before what was edited; absent where another was opened */
  const take = (written: string, before?: PropertyDefinition) => {
    setText(written);
    const found = read(written);
    if ("problem" in found) {
      setProblem(found.problem);
      const { definition: _, ...evaluation } = draft.evaluation;
      onDraft({ ...draft, evaluation });
      return;
    }
    setProblem(undefined);
    setTaken(found);
    onDraft(withDefinition(draft, found, before));
  };
  return { text, problem, edit: (written: string) => take(written, taken), open: take };
}

export function DefinitionFields({ draft, onDraft, problems }: DefinitionFieldsProps) {
  const { text, problem, edit, open } = useDefinitionText({ draft, onDraft });
  const path = "evaluation.definition";
  return (
    <>
      <Field
        path={path}
        label="Definition"
        help="JSON, as ansatz screen --property-file reads it; docs/science.md says what it may hold"
        isWide
        problems={problem === undefined ? problems : new Map([...problems, [path, problem]])}
      >
        {(attributes) => (
          <TextArea
            {...attributes}
            className="definition-text"
            fill
            rows={16}
            spellCheck={false}
            intent={attributes["aria-invalid"] ? "danger" : "none"}
            value={text}
            onChange={({ currentTarget }) => edit(currentTarget.value)}
          />
        )}
      </Field>
      <FileInput
        className="field field-wide"
        text="Open a definition…"
        inputProps={{ accept: ".json", "aria-label": "File of a definition" }}
        onInputChange={async ({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) open(await file.text());
        }}
      />
    </>
  );
}
