import { ACTIVE_SPACE_EXAMPLES } from "#shared/quantum/active-space-text.ts";
import { OptionalNumberField, SelectField, TextField } from "../../components/fields.tsx";
import { choicesOf } from "./draft.ts";
import { CheckField, type PartProps } from "./form-parts.tsx";

const SOLVERS = [
  { value: "ci", label: "diagonalisation" },
  { value: "vqe", label: "VQE" },
] as const;

/** States and orbitals of what correlates in an active space. */
export function SpaceFields({ draft, set, problems, isHamiltonian }: PartProps & { isHamiltonian: boolean }) {
  const own = choicesOf(draft);
  // A Hamiltonian is of its space already, and of one molecule's electrons.
  const has = isHamiltonian ? { ...own, activeSpace: false, pt2: false, ions: false, diagnose: false } : own;
  return (
    <>
      {has.activeSpace && (
        <TextField
          path="activeSpace"
          isWide
          label="Active space"
          help={`${ACTIVE_SPACE_EXAMPLES}; empty: ${draft.method === "sci" ? "all orbitals" : "the largest of (4e,4o) and smaller that fits"}. Each orbital quadruples the determinants`}
          problems={problems}
          value={draft.activeSpace}
          onValue={(activeSpace) => set({ activeSpace })}
        />
      )}
      {has.states && (
        <TextField
          path="states"
          isWide
          label="States"
          help='A number, or by spin such as "singlet:2,triplet:1"; empty: the lowest'
          problems={problems}
          value={draft.states}
          onValue={(states) => set({ states })}
        />
      )}
      {has.solver && (
        <SelectField
          path="solver"
          label="States found by"
          help="VQE: one state, many times the time"
          problems={problems}
          options={SOLVERS}
          value={draft.solver}
          onValue={(solver) => set({ solver })}
        />
      )}
      {has.selection && (
        <>
          <OptionalNumberField
            path="determinants"
            label="Determinants"
            help="Of the largest space; empty: 300,000 or what memory holds"
            problems={problems}
            value={draft.determinants}
            onValue={(determinants) => set({ determinants })}
          />
          <OptionalNumberField
            path="memory"
            label="Memory / GiB"
            help="That it may hold; empty: 4"
            problems={problems}
            value={draft.memory}
            onValue={(memory) => set({ memory })}
          />
        </>
      )}
      {has.pt2 && (
        <CheckField
          label="NEVPT2"
          help="correlation outside the space; some times the cost"
          checked={draft.pt2}
          onChange={(pt2) => set({ pt2 })}
        />
      )}
      {has.ions && (
        <CheckField
          label="Ions in the same orbitals"
          help="ionisation energy and electron affinity; closed shells"
          checked={draft.ions.length > 0}
          onChange={(on) => set({ ions: on ? ["cation", "anion"] : [] })}
        />
      )}
      {has.diagnose && (
        <CheckField
          label="Diagnose"
          help="will one determinant do? From the lowest UHF solution: a few fields more"
          checked={draft.diagnose}
          onChange={(diagnose) => set({ diagnose })}
        />
      )}
    </>
  );
}
