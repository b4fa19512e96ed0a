import { Button, Callout, FileInput, TextArea } from "@blueprintjs/core";
import { type DragEvent, useState } from "react";
import { formatXyz } from "#shared/molecule/xyz.ts";
import { Field, NumberField, OptionalNumberField } from "../../components/fields.tsx";
import { Molecule3d } from "../../components/molecule-3d/molecule-3d.tsx";
import { saveFile } from "../../components/save-file.ts";
import { SketchButton } from "../../components/sketcher/sketch-button.tsx";
import { toastError } from "../../components/toaster.ts";
import { integer } from "../../text/format.ts";
import { NEW_DRAFT } from "./draft.ts";
import type { PartProps } from "./form-parts.tsx";
import { chosenFrame } from "./job.ts";
import type { AskedMolecule } from "./use-molecule.ts";

interface MoleculeSectionProps extends PartProps {
  molecule: AskedMolecule;
}

/** Longer files are none of one molecule. */
const MOST_BYTES = 50_000_000;

/** In one sentence what was understood. */
function Understood({ molecule: { given, placed } }: { molecule: AskedMolecule }) {
  if (given.kind === "hamiltonian")
    return <p className="muted">A Hamiltonian of another program: CCSD, CCSD(T), FCI, selected CI or VQE.</p>;
  if (!placed) return given.kind === "smiles" ? <p className="muted">Making a geometry…</p> : null;
  const [first] = placed.frames;
  if (!first) return null;
  const { charge, multiplicity, geometry } = first;
  const frames = placed.frames.length > 1 ? `${integer(placed.frames.length)} frames of ` : "";
  return (
    <p className="muted">
      {frames}
      {integer(geometry.symbols.length)} atoms, charge {charge}, multiplicity {multiplicity}; {placed.origin}
    </p>
  );
}

/** What is computed: typed, pasted or dropped. */
export function MoleculeSection({ draft, set, molecule, problems }: MoleculeSectionProps) {
  const { given, placed, notes, problem } = molecule;
  const [isOver, setOver] = useState(false);
  const take = async (file: File | undefined) => {
    if (!file) return;
    try {
      if (file.size > MOST_BYTES)
        throw new Error(
          `${file.name} is none of one molecule: expected at most ${integer(MOST_BYTES / 1e6)} MB, got ${integer(Math.ceil(file.size / 1e6))}.`,
        );
      set({ text: await file.text(), fileName: file.name });
    } catch (error) {
      toastError(error);
    }
  };
  const drop = (event: DragEvent) => {
    setOver(false);
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    void take(event.dataTransfer.files[0]);
  };
  const shown = placed && chosenFrame(draft, placed.frames);
  return (
    <section className="form-section" aria-label="Molecule">
      <header>
        <h2>Molecule</h2>
      </header>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: files are also chosen by the button within. */}
      <div
        className={`drop-zone ${isOver ? "drop-zone-over" : ""}`}
        onDragOver={(event) => {
          if (!event.dataTransfer.types.includes("Files")) return;
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Field
          path="calculate.text"
          label="SMILES, XYZ, molfile or FCIDUMP"
          help="Typed, pasted or dropped; a SMILES gets a geometry by force field"
          problems={new Map(problem === null ? [] : [["calculate.text", problem]])}
        >
          {(attributes) => (
            <TextArea
              {...attributes}
              fill
              spellCheck={false}
              className="molecule-text mono"
              rows={draft.text.includes("\n") ? 7 : 2}
              placeholder="e.g. c1ccccc1O"
              value={draft.text}
              onChange={({ currentTarget }) => set({ text: currentTarget.value, fileName: null })}
            />
          )}
        </Field>
        <div className="molecule-ways">
          <FileInput
            size="small"
            text={draft.fileName ?? "Choose a file…"}
            inputProps={{ "aria-label": "File of the molecule", accept: ".xyz,.sdf,.mol,.fcidump,.smi,.txt" }}
            onInputChange={({ currentTarget }) => void take(currentTarget.files?.[0])}
          />
          <SketchButton
            kind="molecule"
            label="Draw the molecule"
            words="Draw…"
            combo="mod + d"
            text={given.kind === "smiles" ? given.smiles : ""}
            onText={(text) => set({ text, fileName: null })}
          />
        </div>
      </div>
      <Understood molecule={molecule} />
      {notes.map((note) => (
        <Callout key={note} compact intent="warning">
          {note}
        </Callout>
      ))}
      {shown && (
        <Molecule3d
          structure={{ format: "xyz", text: formatXyz(shown.geometry) }}
          label={`3D structure of ${placed?.name}`}
        />
      )}
      {given.kind === "frames" && draft.fileName !== given.file.name && (
        <Button
          size="small"
          variant="minimal"
          text={`Save as ${given.file.name}, which the command reads`}
          onClick={() => saveFile(new File([given.file.text], given.file.name))}
        />
      )}
      <div className="form-fields">
        {given.kind !== "hamiltonian" && (
          <OptionalNumberField
            key={`charge ${draft.charge === null}`}
            path="charge"
            label="Charge"
            help="Empty: as the molecule says"
            problems={problems}
            value={draft.charge}
            onValue={(charge) => set({ charge })}
          />
        )}
        <OptionalNumberField
          path="multiplicity"
          label="Multiplicity"
          help="2S + 1; empty: as the file says, else 1"
          problems={problems}
          value={draft.multiplicity}
          onValue={(multiplicity) => set({ multiplicity })}
        />
        {(given.kind === "smiles" || draft.seed !== NEW_DRAFT.seed) && (
          <NumberField
            path="seed"
            label="Seed"
            help="Of a SMILES's geometry and of VQE: another may be another shape"
            problems={problems}
            value={draft.seed}
            onValue={(seed) => set({ seed })}
          />
        )}
      </div>
    </section>
  );
}
