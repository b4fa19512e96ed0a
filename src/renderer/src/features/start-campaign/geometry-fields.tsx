/** At which geometries a molecule is computed. */
import { NumberField, SelectField } from "../../components/fields.tsx";
import type { SectionProps } from "./section.tsx";

const GEOMETRIES = [
  { value: "as-made", label: "as made or given" },
  { value: "hartree-fock", label: "relaxed by Hartree–Fock/6-31G*" },
] as const;

export function GeometryFields({ draft, onDraft, problems }: SectionProps) {
  const { evaluation } = draft;
  return (
    <>
      <SelectField
        path="evaluation.relaxed"
        label="Geometry"
        help="As it was made or given, or from there to the Hartree–Fock minimum; properties of relaxed structures look for that anyway"
        problems={problems}
        options={GEOMETRIES}
        value={evaluation.relaxed ?? "as-made"}
        onValue={(choice) => {
          const { relaxed: _, ...others } = evaluation;
          const chosen = choice === "as-made" ? others : { ...others, relaxed: "hartree-fock" as const };
          onDraft({ ...draft, evaluation: chosen });
        }}
      />
      <NumberField
        path="evaluation.conformers"
        label="Conformers"
        help="Shapes of each molecule over which its numbers are averaged, at most"
        problems={problems}
        value={evaluation.conformers ?? 1}
        onValue={(conformers) => onDraft({ ...draft, evaluation: { ...evaluation, conformers } })}
      />
    </>
  );
}
