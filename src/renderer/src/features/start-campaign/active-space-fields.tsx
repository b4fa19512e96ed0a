import { InputGroup } from "@blueprintjs/core";
import type { ActiveSpaceRequest } from "#shared/quantum/active-space.ts";
import { Field, NumberField, SelectField } from "../../components/fields.tsx";

interface ActiveSpaceFieldsProps {
  value: ActiveSpaceRequest | null;
  onValue(value: ActiveSpaceRequest): void;
  problems: ReadonlyMap<string, string>;
}

type Rule = "frontier" | "natural-occupation" | "avas" | "excitations" | "orbitals";

const PATH = "evaluation.activeSpace";
const WINDOW = { nelec: 4, norb: 4 };

/** What each rule begins with. */
const FIRST: Readonly<Record<Rule, ActiveSpaceRequest>> = {
  frontier: WINDOW,
  "natural-occupation": { rule: "natural-occupation", threshold: 0.02 },
  avas: { rule: "avas", targets: ["C 2p"], threshold: 0.2 },
  excitations: { rule: "excitations", threshold: 0.05, most: 8 },
  orbitals: { rule: "orbitals", orbitals: [0] },
};

const OPTIONS: readonly { value: Rule; label: string }[] = [
  { value: "frontier", label: "Window around the frontier" },
  { value: "natural-occupation", label: "MP2 natural occupations" },
  { value: "avas", label: "Atomic valence orbitals (AVAS)" },
  { value: "excitations", label: "Orbitals of low excitations" },
];
/** Only where an earlier campaign has it. */
const LISTED = { value: "orbitals", label: "Listed orbitals" } as const;

const THRESHOLDS = {
  avas: "Weight in those atomic orbitals",
  "natural-occupation": "Occupations from here to 2 less this; the size differs by molecule",
  excitations:
    "Electrons that leave or come in the mean of three singlets and three triplets; closed shells alone",
};

const ruleOf = (value: ActiveSpaceRequest | null): Rule =>
  value !== null && "rule" in value ? value.rule : "frontier";

/** How the active orbitals of each molecule are chosen: one rule for the whole campaign. */
export function ActiveSpaceFields({ value, onValue, problems }: ActiveSpaceFieldsProps) {
  const rule = ruleOf(value);
  return (
    <>
      <SelectField
        path={PATH}
        label="Active space by"
        help="One rule for all molecules"
        problems={problems}
        options={rule === "orbitals" ? [...OPTIONS, LISTED] : OPTIONS}
        value={rule}
        onValue={(chosen) => onValue(FIRST[chosen])}
      />
      <RuleFields key={rule} value={value ?? WINDOW} onValue={onValue} problems={problems} />
    </>
  );
}

function RuleFields({ value, onValue, problems }: ActiveSpaceFieldsProps & { value: ActiveSpaceRequest }) {
  if (!("rule" in value) || value.rule === "frontier")
    return (
      <>
        <NumberField
          path={`${PATH}.nelec`}
          label="Active electrons"
          help="Around the frontier"
          problems={problems}
          value={value.nelec}
          onValue={(nelec) => onValue({ ...value, nelec })}
        />
        <NumberField
          path={`${PATH}.norb`}
          label="Active orbitals"
          help={Number.isInteger(value.norb) ? `${2 * value.norb} qubits` : "Two qubits each"}
          problems={problems}
          value={value.norb}
          onValue={(norb) => onValue({ ...value, norb })}
        />
      </>
    );
  if (value.rule === "orbitals") return null;
  return (
    <>
      {value.rule === "avas" && (
        <Field
          path={`${PATH}.targets`}
          label="Atomic orbitals"
          help='e.g. "C 2p, O 2p"; a molecule without one of them is not evaluated'
          problems={problems}
        >
          {(attributes) => (
            <InputGroup
              {...attributes}
              defaultValue={value.targets.join(", ")}
              onValueChange={(text) =>
                onValue({ ...value, targets: text.split(",").map((target) => target.trim()) })
              }
            />
          )}
        </Field>
      )}
      <NumberField
        path={`${PATH}.threshold`}
        label="Threshold"
        help={THRESHOLDS[value.rule]}
        problems={problems}
        step={0.01}
        value={value.threshold}
        onValue={(threshold) => onValue({ ...value, threshold })}
      />
    </>
  );
}
