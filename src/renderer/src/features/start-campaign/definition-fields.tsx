/** What a person's own property is: JSON from a file or as it is typed, checked as a file's would be. */
import { FileInput, TextArea } from "@blueprintjs/core";
import { useState } from "react";
import { messageOf } from "#shared/errors.ts";
import { type PropertyDefinition, readDefinition } from "#shared/properties/definition.ts";
import { declarationOf, propertyOfDefinition } from "#shared/properties/find.ts";
import { exampleOf } from "./definition-examples.ts";
import { Field } from "./fields.tsx";
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

/** The draft that computes it, with the basis set and the direction that it names. */
export function withDefinition(draft: Draft, definition: PropertyDefinition): Draft {
  const property = propertyOfDefinition(definition);
  const { basis, better } = declarationOf({ property, definition });
  const { propertySettings: _, ...evaluation } = draft.evaluation;
  return {
    ...draft,
    evaluation: { ...evaluation, property, definition, basis },
    ranking: { direction: better },
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

export function DefinitionFields({ draft, onDraft, problems }: DefinitionFieldsProps) {
  const { definition, property } = draft.evaluation;
  const [text, setText] = useState(() => (definition ? textOf(definition) : exampleOf(property)));
  const [problem, setProblem] = useState<string>();
  const outside = definition && textOf(definition);
  const [taken, setTaken] = useState(outside);
  // A plan was opened.
  if (outside !== undefined && outside !== taken) {
    setTaken(outside);
    setText(outside);
    setProblem(undefined);
  }
  const take = (written: string) => {
    setText(written);
    const found = read(written);
    if ("problem" in found) {
      setProblem(found.problem);
      const { definition: _, ...evaluation } = draft.evaluation;
      onDraft({ ...draft, evaluation });
      return;
    }
    setProblem(undefined);
    setTaken(textOf(found));
    onDraft(withDefinition(draft, found));
  };
  const path = "evaluation.definition";
  const shown = problem === undefined ? problems : new Map([...problems, [path, problem]]);
  return (
    <>
      <Field
        path={path}
        label="Definition"
        help="JSON, as ansatz screen --property-file reads it; docs/science.md says what it may hold"
        isWide
        problems={shown}
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
            onChange={({ currentTarget }) => take(currentTarget.value)}
          />
        )}
      </Field>
      <FileInput
        className="field field-wide"
        text="Open a definition…"
        inputProps={{ accept: ".json", "aria-label": "File of a definition" }}
        onInputChange={async ({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          if (file) take(await file.text());
        }}
      />
    </>
  );
}
