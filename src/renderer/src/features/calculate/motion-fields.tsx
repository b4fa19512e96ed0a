import { NumberField, OptionalNumberField, TextField } from "../../components/fields.tsx";
import { choicesOf } from "./draft.ts";
import { CheckField, type PartProps } from "./form-parts.tsx";

function VibrationFields({ draft, set, problems }: PartProps) {
  return (
    <>
      <OptionalNumberField
        path="temperature"
        label="Temperature / K"
        help="Empty: 298.15"
        problems={problems}
        value={draft.temperature}
        onValue={(temperature) => set({ temperature })}
      />
      <OptionalNumberField
        path="pressure"
        label="Pressure / Pa"
        help="Empty: 100,000"
        problems={problems}
        value={draft.pressure}
        onValue={(pressure) => set({ pressure })}
      />
      <TextField
        path="isotopes"
        label="Isotopes"
        help='e.g. "2=2H,1=13C"; or D and T in the file'
        problems={problems}
        value={draft.isotopes}
        onValue={(isotopes) => set({ isotopes })}
      />
      <CheckField
        label="Quasi-harmonic"
        help="soft vibrations have the entropy of rotors"
        checked={draft.quasiHarmonic}
        onChange={(quasiHarmonic) => set({ quasiHarmonic })}
      />
    </>
  );
}

/** Which frames, and how their atoms move. */
export function MotionFields({ draft, set, problems, frames }: PartProps & { frames: number }) {
  return (
    <>
      {frames > 1 && (
        <CheckField
          label={`A curve of all ${frames} frames`}
          help="each also starts from its neighbours' orbitals; jumps are named"
          checked={draft.curve}
          onChange={(curve) => set({ curve })}
        />
      )}
      {frames > 1 && !draft.curve && (
        <NumberField
          path="frame"
          label="Frame"
          help={`From 1 to ${frames}`}
          problems={problems}
          value={draft.frame}
          onValue={(frame) => set({ frame })}
        />
      )}
      <CheckField
        label="Optimise the geometry"
        help="10 to 60 gradients, each about an energy"
        checked={draft.optimise}
        onChange={(optimise) => set({ optimise })}
      />
      {draft.optimise && (
        <>
          <TextField
            path="constraints"
            isWide
            label="Hold"
            help='Distances (Å), angles, dihedrals (°) as they are or at a value: "distance 1 2 1.5; dihedral 1 2 3 4"'
            problems={problems}
            value={draft.constraints}
            onValue={(constraints) => set({ constraints })}
          />
          <TextField
            path="freeze"
            label="Atoms that stay"
            help='"1,2"; the first is 1'
            problems={problems}
            value={draft.freeze}
            onValue={(freeze) => set({ freeze })}
          />
        </>
      )}
      {choicesOf(draft).vibrations && (
        <CheckField
          label="Vibrations and thermochemistry"
          help="6 gradients an atom; of a stationary point"
          checked={draft.vibrations}
          onChange={(vibrations) => set({ vibrations })}
        />
      )}
      {choicesOf(draft).vibrations && draft.vibrations && (
        <VibrationFields draft={draft} set={set} problems={problems} />
      )}
    </>
  );
}
