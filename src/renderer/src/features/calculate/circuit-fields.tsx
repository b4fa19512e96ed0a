/** How a VQE is run, and what its circuit is on a device. */
import { Callout } from "@blueprintjs/core";
import { LOCAL_BACKENDS } from "#shared/quantum/backend-names.ts";
import { GateSet, Mapping, NamedDevice } from "#shared/quantum/qubits.ts";
import { Ansatz, ansatzTitle, Mitigation } from "#shared/quantum/vqe.ts";
import { OptionalNumberField, SelectField, TextField } from "../../components/fields.tsx";
import { type CalculateDraft, choicesOf, NO_FILE_YET } from "./draft.ts";
import { CheckField, FileField, Folded, type PartProps } from "./form-parts.tsx";

const NONE = "none";
const FILE = "a file";

const MITIGATIONS: Readonly<Record<Mitigation, string>> = {
  readout: "Take out known reading errors",
  "zero-noise": "Extrapolate to zero gate noise",
};

/** Of a menu whose first entry stands for nothing. */
const optional = (options: readonly string[]) => [NONE, ...options].map((value) => ({ value, label: value }));

type NumberName = "layers" | "starts" | "maxIterations" | "shots" | "statedError" | "sqd";

function Count({
  name,
  label,
  help,
  draft,
  set,
  problems,
}: PartProps & { name: NumberName; label: string; help: string }) {
  return (
    <OptionalNumberField
      path={name}
      label={label}
      help={help}
      problems={problems}
      value={draft[name]}
      onValue={(value) => set({ [name]: value })}
    />
  );
}

function ShotFields(props: PartProps) {
  const { draft, set, problems } = props;
  const has = choicesOf(draft);
  const { mitigation } = draft;
  return (
    <>
      {draft.shots === null && (
        <Count
          {...props}
          name="statedError"
          label="Standard error / Eh"
          help="Empty: 0.001, in as many shots"
        />
      )}
      <Count {...props} name="shots" label="Shots" help="Empty: as many as the error needs" />
      {has.noise && (
        <TextField
          path="noise"
          isWide
          label="Noise"
          help='Probabilities, e.g. "depolarizing1=1e-4,depolarizing2=1e-3,readout01=0.02"'
          problems={problems}
          value={draft.noise}
          onValue={(noise) => set({ noise })}
        />
      )}
      {has.mitigation &&
        Mitigation.options.map((one) => (
          <CheckField
            key={one}
            label={MITIGATIONS[one]}
            help="mitigation"
            checked={mitigation.includes(one)}
            onChange={(on) =>
              set({ mitigation: on ? [...mitigation, one] : mitigation.filter((other) => other !== one) })
            }
          />
        ))}
      {problems.has("mitigation") && (
        <Callout compact intent="danger">
          {problems.get("mitigation")}
        </Callout>
      )}
      {has.precision && (
        <CheckField
          label="Single precision"
          help="half the memory and time; its error is bounded"
          checked={draft.precision === "single"}
          onChange={(on) => set({ precision: on ? "single" : "double" })}
        />
      )}
      <Count
        {...props}
        name="sqd"
        label="Diagonalise in shots"
        help="Strings of each spin; empty: not done"
      />
    </>
  );
}

/** Counts of qubits, couplings and gates of a device. */
function DeviceFields({ draft, set, problems }: PartProps) {
  const has = choicesOf(draft);
  const { device, gateSet, mapping } = draft;
  const isFile = device !== null && typeof device !== "string";
  const chosen = device === null ? NONE : typeof device === "string" ? device : FILE;
  const devices: Readonly<Record<string, CalculateDraft["device"]>> = {
    ...Object.fromEntries(NamedDevice.options.map((name) => [name, name])),
    [FILE]: NO_FILE_YET,
  };
  return (
    <>
      {has.mapping && (
        <SelectField
          path="mapping"
          label="Count qubits by"
          help="Qubits and Pauli strings, also after tapering"
          problems={problems}
          options={optional(Mapping.options)}
          value={mapping ?? NONE}
          onValue={(name) => set({ mapping: Mapping.options.find((one) => one === name) ?? null })}
        />
      )}
      {has.device && (
        <>
          <SelectField
            path="couplings"
            label="Couplings"
            help="Routes the circuit on a device"
            problems={problems}
            options={optional([...NamedDevice.options, FILE])}
            value={chosen}
            onValue={(name) => set({ device: devices[name] ?? null })}
          />
          {isFile && (
            <FileField
              path="device"
              label="File of couplings"
              help="JSON, such as [[0,1],[1,2]]"
              accept=".json"
              problems={problems}
              value={device.name === "" ? null : device}
              onValue={(file) => set({ device: file ?? NO_FILE_YET })}
            />
          )}
          <SelectField
            path="gateSet"
            label="Gates"
            help="Transpiles the circuit to a device's own"
            problems={problems}
            options={optional(GateSet.options)}
            value={gateSet ?? NONE}
            onValue={(name) => set({ gateSet: GateSet.options.find((one) => one === name) ?? null })}
          />
        </>
      )}
    </>
  );
}

export function CircuitFields({ isHamiltonian, ...props }: PartProps & { isHamiltonian: boolean }) {
  const { draft, set, problems } = props;
  const has = choicesOf(draft);
  return (
    <>
      {has.ansatz && (
        <SelectField
          path="ansatz"
          label="Ansatz"
          help="VQE's trial state"
          problems={problems}
          options={[
            { value: "usual", label: "the usual one" },
            ...Ansatz.options.map((value) => ({ value, label: ansatzTitle(value) })),
          ]}
          value={draft.ansatz ?? "usual"}
          onValue={(name) => set({ ansatz: Ansatz.options.find((one) => one === name) ?? null })}
        />
      )}
      {has.backend && (
        <SelectField
          path="backend"
          label="Run by"
          help="A simulator here; devices elsewhere by the command line, which has their keys"
          problems={problems}
          options={LOCAL_BACKENDS.map(({ id, title }) => ({ value: id, label: title }))}
          value={draft.backend}
          onValue={(backend) => set({ backend })}
        />
      )}
      {has.shots && <ShotFields {...props} />}
      {has.ansatz && (
        <Folded
          title="Layers, starts, iterations"
          fields={["layers", "starts", "maxIterations"]}
          problems={problems}
        >
          {has.layers && <Count {...props} name="layers" label="Layers" help="Repetitions; empty: 2" />}
          {has.starts && (
            <Count {...props} name="starts" label="Random starts" help="The lowest counts; empty: 4" />
          )}
          <Count
            {...props}
            name="maxIterations"
            label="Iterations, at most"
            help="Empty: 200, with layers 1,000"
          />
        </Folded>
      )}
      {!isHamiltonian && (has.mapping || has.device) && (
        <Folded title="Qubits and devices" fields={["mapping", "device", "gateSet"]} problems={problems}>
          <DeviceFields {...props} />
        </Folded>
      )}
    </>
  );
}
