/** Other programs on the same integrals and circuits, each in a process of its own. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { angleAt, type Circuit } from "#core/quantum/circuit/circuit.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { toQasm3 } from "#core/quantum/circuit/qasm3.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import { encoding } from "#core/quantum/mapping/encoding.ts";
import { mapHamiltonian } from "#core/quantum/mapping/map-hamiltonian.ts";
import { pauliLabel, pauliTerms } from "#core/quantum/mapping/pauli.ts";

type PeerTimes = Record<string, number>;

/** A flat tensor as nested arrays. */
function nested(values: Float64Array, norb: number): unknown[] {
  if (values.length === norb) return [...values];
  const size = values.length / norb;
  return Array.from({ length: norb }, (_, k) => nested(values.subarray(k * size, (k + 1) * size), norb));
}

export const boundGates = ({ gates }: Circuit, parameters: Float64Array) =>
  gates.map((gate) => [gate.kind, gate.qubits, gate.theta ? angleAt(gate, parameters) : null]);

export function integrals(h: ActiveHamiltonian) {
  const { norb, nelec, coreEnergy, oneBodyTensor, twoBodyTensor } = h;
  return {
    ...{ norb, nelec: nelec[0] + nelec[1], ecore: coreEnergy },
    ...{ h1: nested(oneBodyTensor, norb), h2: nested(twoBodyTensor, norb) },
  };
}

/** The UCCSD circuit at some parameters and the qubit Hamiltonian, for programs that take gates. */
export function gateProblem(h: ActiveHamiltonian, parameters: Float64Array) {
  const circuit = ansatzCircuit(uccsd(h.norb, h.nelec));
  const operator = mapHamiltonian(h, encoding("jordan-wigner", 2 * h.norb), "blocked");
  const paulis = pauliTerms(operator).map((term) => [pauliLabel(term, 2 * h.norb), term.coefficient]);
  return { norb: h.norb, qasm: toQasm3(circuit, parameters), paulis, gates: boundGates(circuit, parameters) };
}

function runPeer(python: string, name: string, problem: object): PeerTimes {
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  try {
    const path = join(folder, "problem.json");
    writeFileSync(path, JSON.stringify(problem));
    const script = fileURLToPath(new URL("../peers/vqe.py", import.meta.url));
    const env = { ...process.env, OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1" };
    const output = execFileSync(python, [script, name, path], {
      env,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return JSON.parse(output.trim().split("\n").at(-1)!);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Times of a peer, whose start-up is not in them; none where there is no Python or the peer fails, which is said. */
export function peer(python: string | undefined, name: string, problem: object): PeerTimes {
  if (!python) return {};
  try {
    return runPeer(python, name, problem);
  } catch (error) {
    process.stderr.write(`${name}: ${(error as Error).message.split("\n")[0]}\n`);
    return {};
  }
}
