/** Random circuits on the state-vector simulator. */
import { packCircuit, singlePrecisionBound } from "#core/quantum/circuit/circuit.ts";
import { native } from "#core/quantum/native/native.ts";
import { randomCircuit } from "../problems/vqe.ts";
import { boundGates, peer } from "./peers.ts";
import { against, fastest, header, milliseconds, print } from "./table.ts";

const CIRCUIT_DEPTH = 10;
const BYTES_PER_AMPLITUDE = 16;
/** Larger than any cache. */
const COPIED_BYTES = 2 ** 28;

/** GB/s of a copy in memory, bytes read and bytes written, as STREAM counts them. */
function copyBandwidth(): number {
  const from = new Float64Array(COPIED_BYTES / 8).fill(1);
  const to = new Float64Array(COPIED_BYTES / 8);
  return (2 * COPIED_BYTES) / fastest(5, () => to.set(from)) / 1e6;
}

export function circuitsSection(sizes: readonly number[], python: string | undefined): void {
  const copy = copyBandwidth();
  console.log(`\nA copy in memory, one thread: ${copy.toFixed(1)} GB/s.`);
  header(
    ...[
      "qubits",
      "gates",
      "double: 1 thread, ms",
      "2 threads, ms",
      "passes over memory",
      "GB/s (of a copy's)",
    ],
    ...["single: 1 thread, ms", "error of the state, at most"],
    ...["Qulacs, double", "MindQuantum, double", "MindQuantum, single", "qsim, single"],
  );
  for (const qubits of sizes) {
    const circuit = randomCircuit(qubits, CIRCUIT_DEPTH);
    const parameters = new Float64Array();
    const time = (threads: number, singlePrecision: boolean) =>
      native().benchmarkCircuit({
        ...{ ...packCircuit(circuit), parameters, threads, singlePrecision },
        ...{ control: undefined, repeats: 3 },
      });
    const [one, two, single] = [time(1, false), time(2, false), time(1, true)];
    const moved = one.passes * 2 * BYTES_PER_AMPLITUDE * 2 ** qubits;
    const rate = moved / one.wall_ms / 1e6;
    const problem = { qubits, gates: boundGates(circuit, parameters) };
    const [qulacs, mindquantum, qsim] = (["qulacs", "mindquantum", "qsim"] as const).map((name) =>
      peer(python, name, problem),
    );
    print(
      ...[qubits, circuit.gates.length, milliseconds(one.wall_ms), milliseconds(two.wall_ms), one.passes],
      `${rate.toFixed(1)} (${((100 * rate) / copy).toFixed(0)} %)`,
      ...[milliseconds(single.wall_ms), singlePrecisionBound(circuit, parameters).toExponential(1)],
      ...[against(one.wall_ms, qulacs?.circuit_ms), against(one.wall_ms, mindquantum?.circuit_ms)],
      ...[against(single.wall_ms, mindquantum?.single_ms), against(single.wall_ms, qsim?.circuit_ms)],
    );
  }
}
