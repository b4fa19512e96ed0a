/** The basis set of the energies, and its functions. */

import { SelectField } from "../../components/fields.tsx";
import { basisName } from "../../text/summary.ts";
import type { Draft } from "./form.ts";
import type { SectionProps } from "./section.tsx";

/** Those that the engine ships, by cost. */
export const BASES = [
  ...["sto-3g", "6-31g", "6-31+g", "6-31g*", "6-31g**", "6-31+g*", "6-31+g**", "6-31++g*", "6-31++g**"],
  ...["def2-svp", "6-311g**", "cc-pvdz", "def2-svpd", "def2-tzvp", "aug-cc-pvdz", "cc-pvtz", "aug-cc-pvtz"],
];

const FUNCTIONS = [
  { value: "published", label: "as published" },
  { value: "pure", label: "spherical, 5 d" },
  { value: "cartesian", label: "Cartesian, 6 d" },
] as const;

export function BasisFields({ draft, onDraft, problems }: SectionProps) {
  const { evaluation } = draft;
  const set = (change: Partial<Draft["evaluation"]>) =>
    onDraft({ ...draft, evaluation: { ...evaluation, ...change } });
  return (
    <>
      {evaluation.definition?.kind !== "composite" && (
        <SelectField
          path="evaluation.basis"
          label="Basis set"
          help="By cost; STO-3G is fast but ranks poorly"
          problems={problems}
          options={BASES.map((basis) => ({ value: basis, label: basisName(basis) }))}
          value={evaluation.basis}
          onValue={(basis) => set({ basis })}
        />
      )}
      <SelectField
        path="evaluation.functions"
        label="d and f functions"
        help="Those of the basis set, unless chosen"
        problems={problems}
        options={FUNCTIONS}
        value={evaluation.functions ?? "published"}
        onValue={(functions) => set({ functions: functions === "published" ? null : functions })}
      />
    </>
  );
}
