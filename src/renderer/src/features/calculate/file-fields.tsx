import { InputProgram } from "#shared/quantum/energy-request.ts";
import { SelectField } from "../../components/fields.tsx";
import { choicesOf } from "./draft.ts";
import { CheckField, Folded, type PartProps } from "./form-parts.tsx";

const NONE = "none";
const PROGRAMS: Readonly<Record<InputProgram, string>> = {
  pyscf: "PySCF",
  orca: "ORCA",
  gaussian: "Gaussian",
};

/** Files for other programs, which come with the result. */
export function FileFields({ draft, set, problems }: PartProps) {
  const has = choicesOf(draft);
  if (!has.files) return null;
  return (
    <Folded title="Files for other programs" fields={["inputFile"]} problems={problems}>
      <CheckField
        label="Molden file"
        help="orbitals for viewers"
        checked={draft.molden}
        onChange={(molden) => set({ molden })}
      />
      {has.fcidump && (
        <CheckField
          label="FCIDUMP"
          help="the Hamiltonian that was correlated"
          checked={draft.fcidump}
          onChange={(fcidump) => set({ fcidump })}
        />
      )}
      {has.device && (
        <CheckField
          label="OpenQASM 3"
          help="the circuit at its final parameters"
          checked={draft.qasm}
          onChange={(qasm) => set({ qasm })}
        />
      )}
      <SelectField
        path="inputFile"
        label="Input file"
        help="The same calculation for another program"
        problems={problems}
        options={[
          { value: NONE, label: NONE },
          ...InputProgram.options.map((value) => ({ value, label: PROGRAMS[value] })),
        ]}
        value={draft.inputFile ?? NONE}
        onValue={(name) => set({ inputFile: InputProgram.options.find((one) => one === name) ?? null })}
      />
    </Folded>
  );
}
