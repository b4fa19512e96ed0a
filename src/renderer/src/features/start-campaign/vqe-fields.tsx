import { Checkbox } from "@blueprintjs/core";
import {
  type BackendName,
  isEstimator,
  isRemote,
  type RemoteName,
  simulatorOf,
  takesSetting,
} from "#shared/quantum/backend-names.ts";
import { BACKENDS } from "#shared/quantum/backends.ts";
import { NOISELESS, type NoiseSettings } from "#shared/quantum/noise.ts";
import { DEVICE_EXAMPLES } from "#shared/quantum/provider-places.ts";
import { Ansatz, ansatzTitle, isLayered, Mitigation } from "#shared/quantum/vqe.ts";
import { Field, NumberField, SelectField, TextField } from "../../components/fields.tsx";
import type { Draft } from "./form.ts";

type Evaluation = Draft["evaluation"];

interface VqeFieldsProps {
  evaluation: Evaluation;
  set(change: Partial<Evaluation>): void;
  problems: ReadonlyMap<string, string>;
}

/** pUCCD knows no unpaired electron. */
const ANSATZE = Ansatz.options.filter((ansatz) => ansatz !== "puccd");

/** The ansatz and what runs it. */
export function VqeFields({ evaluation, set, problems }: VqeFieldsProps) {
  return (
    <>
      <SelectField
        path="evaluation.ansatz"
        label="Ansatz"
        help={
          isLayered(evaluation.ansatz) ? "Random starts: slower, allow 1000 iterations" : "VQE's trial state"
        }
        problems={problems}
        options={ANSATZE.map((ansatz) => ({ value: ansatz, label: ansatzTitle(ansatz) }))}
        value={evaluation.ansatz}
        onValue={(ansatz) => set({ ansatz })}
      />
      <SelectField
        path="evaluation.backend"
        label="Run by"
        help={
          isRemote(evaluation.backend)
            ? "Its circuits leave this machine, within the limits of its provider"
            : "A simulator on this machine"
        }
        problems={problems}
        options={BACKENDS.map(({ id, title }) => ({ value: id, label: title }))}
        value={evaluation.backend}
        onValue={(backend) => set(backendChange(backend, evaluation))}
      />
      {isRemote(evaluation.backend) && (
        <TextField
          path="evaluation.sampling.qpu"
          label="Device"
          help={deviceHelp(evaluation.backend)}
          problems={problems}
          value={evaluation.sampling.qpu ?? ""}
          onValue={(qpu) => set({ sampling: withDevice(evaluation.sampling, qpu) })}
        />
      )}
    </>
  );
}

const deviceHelp = (backend: RemoteName): string =>
  `Such as ${DEVICE_EXAMPLES[backend]}${simulatorOf(backend) === undefined ? "" : "; none: its simulator"}`;

/** The device by its name; none where it is empty. */
function withDevice({ qpu: _, ...sampling }: Evaluation["sampling"], name: string): Evaluation["sampling"] {
  return name === "" ? sampling : { ...sampling, qpu: name };
}

/** Without the noise and mitigation that the backend does not take, and without the device of another. */
function backendChange(backend: BackendName, { sampling: given }: Evaluation): Partial<Evaluation> {
  const { qpu: _, deadline_s: __, ...sampling } = given;
  const noise = takesSetting(backend, "noise") ? sampling.noise : NOISELESS;
  const mitigation = isEstimator(backend) ? sampling.mitigation : [];
  return { backend, sampling: { ...sampling, noise, mitigation } };
}

const NOISE: Readonly<Record<keyof NoiseSettings, [label: string, help: string]>> = {
  depolarizing1: ["One-qubit gate error", "Depolarising, a gate"],
  depolarizing2: ["Two-qubit gate error", "Depolarising, a gate"],
  amplitudeDamping: ["Amplitude damping", "Decay of |1⟩, a gate"],
  readout01: ["Reads 1 for 0", "Probability"],
  readout10: ["Reads 0 for 1", "Probability"],
};

const MITIGATIONS: Readonly<Record<Mitigation, string>> = {
  readout: "Take out known reading errors",
  "zero-noise": "Extrapolate to zero gate noise",
};

function EstimatorFields({ evaluation, set, problems }: VqeFieldsProps) {
  const { sampling } = evaluation;
  const { noise, mitigation } = sampling;
  const change = (part: Partial<typeof sampling>) => set({ sampling: { ...sampling, ...part } });
  return (
    <>
      <NumberField
        path="evaluation.sampling.statedError_hartree"
        label="Standard error / Eh"
        help="As many shots as it takes; 0.0016 is 1 kcal/mol"
        problems={problems}
        step={0.0001}
        value={sampling.statedError_hartree}
        onValue={(statedError_hartree) => change({ statedError_hartree })}
      />
      {takesSetting(evaluation.backend, "noise") &&
        (Object.keys(NOISE) as (keyof NoiseSettings)[]).map((name) => (
          <NumberField
            key={name}
            path={`evaluation.sampling.noise.${name}`}
            label={NOISE[name][0]}
            help={NOISE[name][1]}
            problems={problems}
            step={0.001}
            value={noise[name]}
            onValue={(value) => change({ noise: { ...noise, [name]: value } })}
          />
        ))}
      <Field path="evaluation.sampling.mitigation" label="Mitigation" problems={problems}>
        {({ id }) => (
          // biome-ignore lint/a11y/useSemanticElements: the label belongs to the whole set.
          <div id={id} role="group" aria-label="Mitigation">
            {Mitigation.options.map((one) => (
              <Checkbox
                key={one}
                inline
                label={MITIGATIONS[one]}
                checked={mitigation.includes(one)}
                onChange={() =>
                  change({
                    mitigation: mitigation.includes(one)
                      ? mitigation.filter((other) => other !== one)
                      : [...mitigation, one],
                  })
                }
              />
            ))}
          </div>
        )}
      </Field>
    </>
  );
}

/** What few will change: limits, seeds, layers, shots and noise. */
export function AdvancedVqeFields({ evaluation, set, problems }: VqeFieldsProps) {
  const number = (name: "maxIterations" | "layers" | "starts" | "seed", label: string, help: string) => (
    <NumberField
      path={`evaluation.${name}`}
      label={label}
      help={help}
      problems={problems}
      value={evaluation[name]}
      onValue={(value) => set({ [name]: value })}
    />
  );
  return (
    <>
      {number("maxIterations", "VQE iterations, at most", "What has not converged by then is shown as such")}
      {number("seed", "Seed", "Of random starts and shots")}
      {isLayered(evaluation.ansatz) && number("layers", "Layers", "Repetitions of the ansatz")}
      {isLayered(evaluation.ansatz) && number("starts", "Random starts", "The lowest counts")}
      {isEstimator(evaluation.backend) && (
        <EstimatorFields evaluation={evaluation} set={set} problems={problems} />
      )}
    </>
  );
}
