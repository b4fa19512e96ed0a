import { GRID_LEVELS } from "#shared/quantum/functionals.ts";
import { SOLVENTS, type SolventName } from "#shared/quantum/solvents.ts";
import { SelectField, TextField } from "../../components/fields.tsx";
import { choicesOf } from "./draft.ts";
import { CheckField, FileField, Folded, type PartProps } from "./form-parts.tsx";

const NONE = "none";
const OWN = "another";
const SOLVENT_OPTIONS = [
  { value: NONE, label: "none: the gas phase" },
  ...(Object.keys(SOLVENTS) as SolventName[]).map((name) => ({
    value: name as string,
    label: `${SOLVENTS[name].title}, ε ${SOLVENTS[name].dielectric}`,
  })),
  { value: OWN, label: "another, by its permittivity" },
];
/** What the field of a permittivity begins with. */
const SOME_PERMITTIVITY = "37.5";

function SolventFields({ draft, set, problems }: PartProps) {
  const { solvent } = draft;
  const isNamed = solvent === null || SOLVENT_OPTIONS.some(({ value }) => value === solvent);
  return (
    <>
      <SelectField
        path="solventName"
        label="Solvent"
        help="A continuum: some tens of percent of time"
        problems={problems}
        options={SOLVENT_OPTIONS}
        value={isNamed ? (solvent ?? NONE) : OWN}
        onValue={(chosen) =>
          set({ solvent: chosen === NONE ? null : chosen === OWN ? SOME_PERMITTIVITY : chosen })
        }
      />
      {!isNamed && (
        <TextField
          path="solvent"
          label="Permittivity ε"
          help="Relative, static, above 1"
          problems={problems}
          value={solvent}
          onValue={(permittivity) => set({ solvent: permittivity })}
        />
      )}
      {solvent !== null && (
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
    </>
  );
}

/** The field, what is added to its energy, and what is around the molecule. */
export function FieldFields({ draft, set, problems }: PartProps) {
  const has = choicesOf(draft);
  return (
    <>
      {has.dispersion && (
        <CheckField
          label="D3(BJ) dispersion"
          help="what the method misses of attraction; no cost"
          checked={draft.dispersion}
          onChange={(dispersion) => set({ dispersion })}
        />
      )}
      {has.frozenCore && (
        <CheckField
          label="Freeze the chemical core"
          help="inner electrons uncorrelated, as usual: cheaper"
          checked={draft.frozenCore}
          onChange={(frozenCore) => set({ frozenCore })}
        />
      )}
      {has.densityFit && (
        <CheckField
          label="Density fitting"
          help="faster beyond some 200 functions; its error is given"
          checked={draft.densityFit}
          onChange={(densityFit) => set({ densityFit })}
        />
      )}
      <SolventFields draft={draft} set={set} problems={problems} />
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
      <Folded title="Ghost atoms and charges around" fields={["ghosts", "pointCharges"]} problems={problems}>
        <TextField
          path="ghosts"
          label="Ghost atoms"
          help='Functions without a nucleus, e.g. "3,4"; or @H in the file'
          problems={problems}
          value={draft.ghosts}
          onValue={(ghosts) => set({ ghosts })}
        />
        <FileField
          path="pointCharges"
          label="Point charges"
          help="A line `charge x y z` for each, in e and Å"
          accept=".txt,.dat,.xyz,.pc"
          problems={problems}
          value={draft.pointCharges}
          onValue={(pointCharges) => set({ pointCharges })}
        />
      </Folded>
    </>
  );
}
