/** Programs that other programs have read: `node programs.ts` prints them for bench/peers/openqasm_reference.py. */
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import type { Circuit } from "#core/quantum/circuit/circuit.ts";
import { linearMap } from "#core/quantum/circuit/coupling-map.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { toQasm3 } from "#core/quantum/circuit/qasm3.ts";
import { nativeQasm3 } from "#core/quantum/transpile/native-qasm3.ts";
import { toNativeGates } from "#core/quantum/transpile/to-native.ts";
import { transpile } from "#core/quantum/transpile/transpile.ts";
import { GateSet } from "#shared/quantum/qubits.ts";
import { randomCircuit } from "../circuit/slow-circuit.ts";
import { stepsOf } from "./steps-of.ts";

const ansatz = uccsd(2, [1, 1]);
const h2: Circuit = ansatzCircuit(ansatz);
const amplitudes = Float64Array.from({ length: ansatz.nParameters }, (_, k) => 0.3 + 0.1 * k);
const none = new Float64Array();
const any = randomCircuit(3, 60, 11);
/** Device qubit of each of the three. */
const MEASURED = [2, 0, 1];

interface Program {
  readonly name: string;
  readonly circuit: Circuit;
  readonly parameters: Float64Array;
  readonly text: string;
  /** Who reads it. */
  readonly reader: "qiskit" | "braket";
}

const dialects = (["standard", "braket"] as const).flatMap((dialect): Program[] =>
  [
    { name: "sixty gates of every kind", circuit: any, parameters: none },
    { name: "UCCSD of two electrons", circuit: h2, parameters: amplitudes },
  ].map(({ name, circuit, parameters }) => ({
    ...{ name: `${name}, ${dialect}`, circuit, parameters },
    text: toQasm3(circuit, parameters, { dialect, measure: true }),
    reader: dialect === "standard" ? "qiskit" : "braket",
  })),
);

const onDevice: Circuit = {
  ...any,
  gates: any.gates.map((gate) => ({
    ...gate,
    qubits: gate.qubits.map((q) => MEASURED[q]!) as [number, number],
  })),
};

const natives = GateSet.options.map(
  (set): Program => ({
    ...{ name: `sixty gates of every kind, ${set}`, circuit: any, parameters: none },
    text: nativeQasm3({
      ...{ set, qubits: 3, measured: MEASURED },
      gates: toNativeGates(stepsOf(onDevice, none), set),
    }),
    reader: set.startsWith("ibm") ? "qiskit" : "braket",
  }),
);

const placed = (["ibm-cz", "iqm"] as const).map(
  (set): Program => ({
    ...{ name: `UCCSD of two electrons on a row of five, ${set}`, circuit: h2, parameters: amplitudes },
    text: nativeQasm3(transpile(h2, amplitudes, { set, map: linearMap(5) }).native),
    reader: set === "iqm" ? "braket" : "qiskit",
  }),
);

export const PROGRAMS: readonly Program[] = [...dialects, ...natives, ...placed];

if (import.meta.main)
  console.log(JSON.stringify(PROGRAMS.map(({ name, text, reader }) => ({ name, text, reader }))));
