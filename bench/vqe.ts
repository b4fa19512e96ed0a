/** VQE and CI times of this program, and with `--peers` of others on the same integrals and circuits in the same run. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { dropForbidden, packAnsatz } from "#core/quantum/ansatz.ts";
import { uccsd } from "#core/quantum/ansatz-uccsd.ts";
import { solveCasci } from "#core/quantum/ci.ts";
import { angleAt, type Circuit, packCircuit } from "#core/quantum/circuit/circuit.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { toQasm3 } from "#core/quantum/circuit/qasm3.ts";
import { type ActiveHamiltonian, sectorOptions } from "#core/quantum/hamiltonian.ts";
import { encoding } from "#core/quantum/mapping/encoding.ts";
import { mapHamiltonian } from "#core/quantum/mapping/map-hamiltonian.ts";
import { pauliLabel, pauliTerms } from "#core/quantum/mapping/pauli.ts";
import { native } from "#core/quantum/native.ts";
import { minimiseVqe } from "#core/quantum/vqe.ts";
import { peerPython } from "./peers/venv.ts";
import { MOLECULES, moleculeHamiltonian, randomCircuit } from "./problems/vqe.ts";

/** Small states are timed often, since a single run is shorter than the noise of the machine. */
const repeatsFor = (norb: number): number => (norb < 8 ? 200 : norb < 10 ? 20 : 3);
/** Programs that hold all 2^qubits amplitudes of a whole UCCSD circuit get the small molecules only. */
const STATEVECTOR_PEERS = ["H4", "LiH"];
const CIRCUIT_DEPTH = 10;

type PeerTimes = Record<string, number>;

function fastest(repeats: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < repeats; k++) {
    const begin = performance.now();
    work();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}

const milliseconds = (ms: number | undefined): string => (ms === undefined ? "–" : ms.toPrecision(3));
const against = (own: number, peer: number | undefined): string =>
  peer === undefined ? "–" : `${milliseconds(peer)} (${(peer / own).toPrecision(2)} ×)`;
const print = (...cells: (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);

function header(...cells: string[]): void {
  console.log("");
  print(...cells);
  print(...cells.map(() => "---"));
}

/** Runs one peer on one problem in a process of its own; its start-up is not in the times it reports. */
function peer(python: string, name: string, problem: object): PeerTimes {
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  try {
    const path = join(folder, "problem.json");
    writeFileSync(path, JSON.stringify(problem));
    const script = join(dirname(fileURLToPath(import.meta.url)), "peers", "vqe.py");
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

const tryPeer = (python: string | undefined, name: string, problem: object): PeerTimes => {
  if (!python) return {};
  try {
    return peer(python, name, problem);
  } catch (error) {
    process.stderr.write(`${name}: ${(error as Error).message.split("\n")[0]}\n`);
    return {};
  }
};

/** A flat tensor as nested arrays. */
function nested(values: Float64Array, norb: number): unknown[] {
  if (values.length === norb) return [...values];
  const size = values.length / norb;
  return Array.from({ length: norb }, (_, k) => nested(values.subarray(k * size, (k + 1) * size), norb));
}

const boundGates = ({ gates }: Circuit, parameters: Float64Array) =>
  gates.map((gate) => [gate.kind, gate.qubits, gate.theta ? angleAt(gate, parameters) : null]);

function integrals(h: ActiveHamiltonian) {
  const { norb, nelec, coreEnergy, oneBodyTensor, twoBodyTensor } = h;
  return {
    ...{ norb, nelec: nelec[0] + nelec[1], ecore: coreEnergy },
    ...{ h1: nested(oneBodyTensor, norb), h2: nested(twoBodyTensor, norb) },
  };
}

/** The UCCSD circuit at some parameters and the qubit Hamiltonian, for programs that take gates. */
function gateProblem(h: ActiveHamiltonian, parameters: Float64Array) {
  const circuit = ansatzCircuit(uccsd(h.norb, h.nelec));
  const operator = mapHamiltonian(h, encoding("jordan-wigner", 2 * h.norb), "blocked");
  const paulis = pauliTerms(operator).map((term) => [pauliLabel(term, 2 * h.norb), term.coefficient]);
  return { norb: h.norb, qasm: toQasm3(circuit, parameters), paulis, gates: boundGates(circuit, parameters) };
}

async function molecule(name: string, python: string | undefined): Promise<void> {
  const h = await moleculeHamiltonian(name);
  const full = uccsd(h.norb, h.nelec);
  const kept = dropForbidden(full, h);
  const parameters = Float64Array.from({ length: full.nParameters }, (_, k) => 0.05 * Math.cos(k));
  const repeats = repeatsFor(h.norb);
  const gradient = native().benchmarkVqe({
    ...sectorOptions(h, {}),
    ...packAnsatz(full),
    parameters,
    repeats,
  });
  const slow = Math.ceil(repeats / 10);
  const vqe = fastest(slow, () => minimiseVqe(h, kept));
  const casci = fastest(slow, () => solveCasci(h));
  const tight = minimiseVqe(h, kept, { gradientTolerance: 1e-8 }).energy_hartree;
  const run = minimiseVqe(h, kept);
  print(
    ...[name, 2 * h.norb, full.nParameters, kept.nParameters],
    ...[milliseconds(gradient.energyAndGradient_ms), milliseconds(vqe), run.iterations, milliseconds(casci)],
    (run.energy_hartree - tight).toExponential(1),
  );
  if (!python) return;
  const small = STATEVECTOR_PEERS.includes(name);
  const gates = small ? gateProblem(h, parameters) : {};
  const tencirchem = tryPeer(python, "tencirchem", integrals(h));
  const own = gradient.energyAndGradient_ms;
  peerRows.push([
    name,
    milliseconds(own),
    against(own, tencirchem.energyAndGradient_ms),
    against(vqe, tencirchem.vqe_ms),
    against(own, tryPeer(python, "ffsim", integrals(h)).energy_ms),
    small ? against(own, tryPeer(python, "qiskit", gates).energy_ms) : "–",
    small ? against(own, tryPeer(python, "pennylane", gates).energyAndGradient_ms) : "–",
    against(casci, tryPeer(python, "pyscf", integrals(h)).fci_ms),
  ]);
}

const peerRows: string[][] = [];

function circuits(sizes: readonly number[], python: string | undefined): void {
  header(
    "qubits",
    "gates",
    "1 thread, ms",
    "2 threads, ms",
    "GB/s if gate by gate",
    "Qulacs 1 thread, ms (ratio)",
  );
  for (const qubits of sizes) {
    const circuit = randomCircuit(qubits, CIRCUIT_DEPTH);
    const time = (threads: number) =>
      native().benchmarkCircuit({
        ...packCircuit(circuit),
        parameters: new Float64Array(),
        threads,
        control: undefined,
        repeats: 2,
      });
    const [one, two] = [time(1), time(2)];
    const bytes = circuit.gates.length * 2 ** qubits * 32;
    const other = tryPeer(python, "qulacs", { qubits, gates: boundGates(circuit, new Float64Array()) });
    const rate = (bytes / one / 1e6).toFixed(0);
    print(
      qubits,
      circuit.gates.length,
      milliseconds(one),
      milliseconds(two),
      rate,
      against(one, other.circuit_ms),
    );
  }
}

/** `npm run bench -- vqe [--peers] [--python path] [--molecules H4,H6] [--qubits 20,22]` */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      peers: { type: "boolean", default: false },
      python: { type: "string" },
      molecules: { type: "string", default: Object.keys(MOLECULES).join(",") },
      qubits: { type: "string", default: "20,22" },
    },
  });
  const python = values.peers ? (values.python ?? peerPython("vqe")) : undefined;
  const machine = `${cpus()[0]?.model.trim()} (${cpus().length} threads), ${native().instructionSet()}`;
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${machine}, Node ${process.version}, core ${native().buildId()}`,
  );
  header(
    ...[
      "molecule",
      "qubits",
      "parameters",
      "by symmetry",
      "energy + gradient, ms",
      "full VQE, ms",
      "iterations",
    ],
    ...["exact CI, ms", "E − E(tight), Eh"],
  );
  for (const name of values.molecules.split(",").filter((one) => one in MOLECULES))
    await molecule(name, python);
  if (python) {
    header(
      ...["molecule", "ours: energy + gradient, ms", "TenCirChem the same", "TenCirChem full VQE"],
      ...["ffsim energy only", "Qiskit energy only", "PennyLane lightning", "PySCF FCI against ours"],
    );
    for (const row of peerRows) print(...row);
  }
  circuits(values.qubits.split(",").map(Number), python);
}
