/** Random circuits on the state-vector simulator. */
import { packCircuit } from "#core/quantum/circuit/circuit.ts";
import { native } from "#core/quantum/native.ts";
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
    ...["qubits", "gates", "1 thread, ms", "2 threads, ms", "passes over the state"],
    ...["GB/s reached (of a copy's)", "GB/s if gate by gate", "Qulacs 1 thread, ms (ratio)"],
  );
  for (const qubits of sizes) {
    const circuit = randomCircuit(qubits, CIRCUIT_DEPTH);
    const parameters = new Float64Array();
    const time = (threads: number) =>
      native().benchmarkCircuit({
        ...{ ...packCircuit(circuit), parameters, threads },
        ...{ control: undefined, repeats: 2 },
      });
    const [one, two] = [time(1), time(2)];
    const pass = 2 * BYTES_PER_AMPLITUDE * 2 ** qubits;
    const rate = (passes: number) => (passes * pass) / one.wall_ms / 1e6;
    const reached = rate(one.passes);
    const other = peer(python, "qulacs", { qubits, gates: boundGates(circuit, parameters) });
    print(
      ...[qubits, circuit.gates.length, milliseconds(one.wall_ms), milliseconds(two.wall_ms), one.passes],
      `${reached.toFixed(1)} (${((100 * reached) / copy).toFixed(0)} %)`,
      ...[rate(circuit.gates.length).toFixed(0), against(one.wall_ms, other.circuit_ms)],
    );
  }
}
