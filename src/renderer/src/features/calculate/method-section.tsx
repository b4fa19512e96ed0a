import { isFunctional } from "#shared/quantum/functionals.ts";
import { HamiltonianMethod } from "#shared/quantum/hamiltonian-energy.ts";
import { SelectField } from "../../components/fields.tsx";
import { basisName } from "../../text/summary.ts";
import { BASES } from "../start-campaign/basis-fields.tsx";
import { CircuitFields } from "./circuit-fields.tsx";
import { choicesOf, NO_FILE_YET } from "./draft.ts";
import { FieldFields } from "./field-fields.tsx";
import { FileFields } from "./file-fields.tsx";
import { FileField, type PartProps } from "./form-parts.tsx";
import { METHOD_OPTIONS, METHOD_WORDS } from "./method-words.ts";
import { MotionFields } from "./motion-fields.tsx";
import { SpaceFields } from "./space-fields.tsx";

const FUNCTIONS = [
  { value: "published", label: "as published" },
  { value: "pure", label: "spherical, 5 d" },
  { value: "cartesian", label: "Cartesian, 6 d" },
] as const;

const OWN = "own";

function BasisFields({ draft, set, problems }: PartProps) {
  const { basis, basisFile, functions } = draft;
  return (
    <>
      <SelectField
        path="basis"
        label="Basis set"
        help="By cost, the cheapest first; + and aug for anions"
        problems={problems}
        options={[
          ...BASES.map((name) => ({ value: name, label: basisName(name) })),
          { value: OWN, label: "of your own" },
        ]}
        value={basisFile ? OWN : basis}
        onValue={(name) => set(name === OWN ? { basisFile: NO_FILE_YET } : { basis: name, basisFile: null })}
      />
      {basisFile && (
        <FileField
          path="basisFile"
          label="File of the basis set"
          help="Gaussian94 format (.gbs); spherical unless Cartesian is chosen"
          accept=".gbs,.txt,.bas"
          problems={problems}
          value={basisFile.name === "" ? null : basisFile}
          onValue={(file) => set({ basisFile: file ?? NO_FILE_YET })}
        />
      )}
      <SelectField
        path="functions"
        label="d and f functions"
        problems={problems}
        options={FUNCTIONS}
        value={functions ?? "published"}
        onValue={(chosen) => set({ functions: chosen === "published" ? null : chosen })}
      />
    </>
  );
}

/** How it is computed: each choice with what it costs. */
export function MethodSection({
  isHamiltonian,
  frames,
  ...part
}: PartProps & { isHamiltonian: boolean; frames: number }) {
  const { draft, set, problems } = part;
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
          onValue={(method) => set({ method, dispersion: method !== "hf-3c" && isFunctional(method) })}
        />
        {!isHamiltonian && choicesOf(draft).basis && <BasisFields {...part} />}
        <SpaceFields {...part} isHamiltonian={isHamiltonian} />
        <CircuitFields {...part} isHamiltonian={isHamiltonian} />
        {!isHamiltonian && (
          <>
            <FieldFields {...part} />
            <MotionFields {...part} frames={frames} />
            <FileFields {...part} />
          </>
        )}
      </div>
    </section>
  );
}
