import { Checkbox } from "@blueprintjs/core";
import { ACTIVE_SPACE_EXAMPLES } from "#shared/quantum/active-space-text.ts";
import { GRID_LEVELS, isFunctional } from "#shared/quantum/functionals.ts";
import { HamiltonianMethod } from "#shared/quantum/hamiltonian-energy.ts";
import { SOLVENTS, type SolventName } from "#shared/quantum/solvents.ts";
import { Ansatz, ansatzTitle } from "#shared/quantum/vqe.ts";
import { SelectField, TextField } from "../../components/fields.tsx";
import { basisName } from "../../text/summary.ts";
import { BASES } from "../start-campaign/basis-fields.tsx";
import { type CalculateDraft, choicesOf } from "./draft.ts";
import { METHOD_OPTIONS, METHOD_WORDS } from "./method-words.ts";

interface MethodSectionProps {
  draft: CalculateDraft;
  set(change: Partial<CalculateDraft>): void;
  problems: ReadonlyMap<string, string>;
  isHamiltonian: boolean;
  frames: number;
}

const FUNCTIONS = [
  { value: "published", label: "as published" },
  { value: "pure", label: "spherical, 5 d" },
  { value: "cartesian", label: "Cartesian, 6 d" },
] as const;

const SOLVENT_OPTIONS = [
  { value: "", label: "none: the gas phase" },
  ...(Object.keys(SOLVENTS) as SolventName[]).map((name) => ({
    value: name as string,
    label: `${SOLVENTS[name].title}, ε ${SOLVENTS[name].dielectric}`,
  })),
];

interface CheckProps {
  label: string;
  help: string;
  checked: boolean;
  onChange(checked: boolean): void;
}

function Check({ label, help, checked, onChange }: CheckProps) {
  return (
    <Checkbox
      className="field-check"
      checked={checked}
      onChange={({ currentTarget }) => onChange(currentTarget.checked)}
    >
      {label} <span className="muted">{help}</span>
    </Checkbox>
  );
}

/** States and orbitals of what correlates in an active space. */
function SpaceFields({ draft, set, problems, isHamiltonian }: MethodSectionProps) {
  const own = choicesOf(draft);
  // A Hamiltonian is of its space already, and of one molecule's electrons.
  const has = isHamiltonian ? { ...own, activeSpace: false, pt2: false, ions: false } : own;
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
          options={[
            { value: "ci", label: "diagonalisation" },
            { value: "vqe", label: "VQE" },
          ]}
          value={draft.solver}
          onValue={(solver) => set({ solver })}
        />
      )}
      {has.ansatz && (
        <SelectField
          path="ansatz"
          label="Ansatz"
          help="VQE's trial state, by an exact simulator"
          problems={problems}
          options={[
            { value: "usual", label: "the usual one" },
            ...Ansatz.options.map((value) => ({ value, label: ansatzTitle(value) })),
          ]}
          value={draft.ansatz ?? "usual"}
          onValue={(ansatz) => set({ ansatz: ansatz === "usual" ? null : (ansatz as Ansatz) })}
        />
      )}
      {has.pt2 && (
        <Check
          label="NEVPT2"
          help="correlation outside the space; some times the cost"
          checked={draft.pt2}
          onChange={(pt2) => set({ pt2 })}
        />
      )}
      {has.ions && (
        <Check
          label="Ions in the same orbitals"
          help="ionisation energy and electron affinity; closed shells"
          checked={draft.ions.length > 0}
          onChange={(on) => set({ ions: on ? ["cation", "anion"] : [] })}
        />
      )}
    </>
  );
}

function FieldFields({ draft, set, problems }: MethodSectionProps) {
  const has = choicesOf(draft);
  return (
    <>
      {has.dispersion && (
        <Check
          label="D3(BJ) dispersion"
          help="what the method misses of attraction; no cost"
          checked={draft.dispersion}
          onChange={(dispersion) => set({ dispersion })}
        />
      )}
      {has.frozenCore && (
        <Check
          label="Freeze the chemical core"
          help="inner electrons uncorrelated, as usual: cheaper"
          checked={draft.frozenCore}
          onChange={(frozenCore) => set({ frozenCore })}
        />
      )}
      {has.densityFit && (
        <Check
          label="Density fitting"
          help="faster beyond some 200 functions; its error is given"
          checked={draft.densityFit}
          onChange={(densityFit) => set({ densityFit })}
        />
      )}
      <SelectField
        path="solvent"
        label="Solvent"
        help="A continuum: some tens of percent of time"
        problems={problems}
        options={SOLVENT_OPTIONS}
        value={draft.solvent}
        onValue={(solvent) => set({ solvent })}
      />
      {draft.solvent !== "" && (
        <SelectField
          path="solventModel"
          label="Solvent model"
          help="Factors (ε−1)/ε or (ε−1)/(ε+½)"
          problems={problems}
          options={[
            { value: "c-pcm", label: "C-PCM" },
            { value: "cosmo", label: "COSMO" },
          ]}
          value={draft.solventModel}
          onValue={(solventModel) => set({ solventModel })}
        />
      )}
      {has.grid && (
        <SelectField
          path="grid"
          label="Grid"
          help="Its error is given with the energy"
          problems={problems}
          options={GRID_LEVELS.map((value) => ({ value, label: value }))}
          value={draft.grid}
          onValue={(grid) => set({ grid })}
        />
      )}
    </>
  );
}

function GeometryFields({ draft, set, frames }: MethodSectionProps) {
  return (
    <>
      {frames > 1 && (
        <Check
          label={`A curve of all ${frames} frames`}
          help="each also starts from its neighbours' orbitals; jumps are named"
          checked={draft.curve}
          onChange={(curve) => set({ curve })}
        />
      )}
      <Check
        label="Optimise the geometry"
        help="10 to 60 gradients, each about an energy"
        checked={draft.optimise}
        onChange={(optimise) => set({ optimise })}
      />
      {!draft.curve && (
        <Check
          label="Vibrations and thermochemistry"
          help="6 gradients an atom; of a stationary point"
          checked={draft.vibrations}
          onChange={(vibrations) => set({ vibrations })}
        />
      )}
    </>
  );
}

/** How it is computed: each choice with what it costs. */
export function MethodSection(props: MethodSectionProps) {
  const { draft, set, problems, isHamiltonian } = props;
  const options = isHamiltonian
    ? METHOD_OPTIONS.filter(({ value }) => HamiltonianMethod.safeParse(value).success)
    : METHOD_OPTIONS;
  return (
    <section className="form-section" aria-label="Method">
      <header>
        <h2>Method</h2>
      </header>
      <div className="form-fields">
        <SelectField
          path="method"
          label="Method"
          help={METHOD_WORDS[draft.method].help}
          problems={problems}
          options={options}
          value={draft.method}
          onValue={(method) => set({ method, dispersion: isFunctional(method) })}
        />
        {!isHamiltonian && (
          <>
            <SelectField
              path="basis"
              label="Basis set"
              help="By cost, the cheapest first; + and aug for anions"
              problems={problems}
              options={BASES.map((basis) => ({ value: basis, label: basisName(basis) }))}
              value={draft.basis}
              onValue={(basis) => set({ basis })}
            />
            <SelectField
              path="functions"
              label="d and f functions"
              problems={problems}
              options={FUNCTIONS}
              value={draft.functions ?? "published"}
              onValue={(functions) => set({ functions: functions === "published" ? null : functions })}
            />
          </>
        )}
        <SpaceFields {...props} />
        {!isHamiltonian && <FieldFields {...props} />}
        {!isHamiltonian && <GeometryFields {...props} />}
      </div>
    </section>
  );
}
