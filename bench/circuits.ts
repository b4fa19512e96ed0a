/** Sizes of ansatz circuits on devices, and with `--peers qiskit,tket,tket-gadgets` of theirs in the same run. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { angleAt, circuitCost, isTwoQubit } from "#core/quantum/circuit/circuit.ts";
import type { CouplingMap } from "#core/quantum/circuit/coupling-map.ts";
import { givensGates } from "#core/quantum/circuit/excitation-circuit.ts";
import type { NativeCircuit } from "#core/quantum/transpile/native-gates.ts";
import { transpile } from "#core/quantum/transpile/transpile.ts";
import { peerPython } from "./peers/venv.ts";
import { type AnsatzProblem, ansatzProblems, DEVICES } from "./problems/circuits.ts";
import { header, milliseconds, print } from "./vqe/table.ts";

interface Sizes {
  readonly twoQubitGates: number;
  readonly depth: number;
  readonly wall_ms: number;
}

const SEEDS = 20;
const PEERS = ["qiskit", "tket", "tket-gadgets"] as const;
/** A peer that takes longer has no entry. */
const PEER_MS = 600_000;

function sizesOf({ qubits, gates }: NativeCircuit): Omit<Sizes, "wall_ms"> {
  // Depth does not ask what a gate is.
  const circuit = {
    qubits,
    nParameters: 0,
    gates: gates.map((gate) => ({ kind: "cz" as const, qubits: gate.qubits })),
  };
  return circuitCost(circuit);
}

function own({ circuit, parameters }: AnsatzProblem, map: CouplingMap | undefined, isPart: boolean): Sizes {
  const begin = performance.now();
  const { native } = transpile(circuit, parameters, { set: "ibm-cz", ...(map && { map }) }, { isPart });
  return { ...sizesOf(native), wall_ms: performance.now() - begin };
}

/** The gates in names that both programs know. */
function problemOf({ circuit, parameters }: AnsatzProblem, map: CouplingMap | undefined) {
  const gates = circuit.gates.flatMap((gate) =>
    gate.kind === "givens" && isTwoQubit(gate) && gate.theta
      ? givensGates(gate.qubits[0], gate.qubits[1], gate.theta)
      : [gate],
  );
  const named = gates.map((gate) => [gate.kind, gate.qubits, gate.theta ? angleAt(gate, parameters) : null]);
  return { qubits: circuit.qubits, gates: named, edges: map?.edges ?? [], seeds: SEEDS };
}

function peer(python: string | undefined, name: string, problem: object): Sizes | undefined {
  if (!python) return undefined;
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  try {
    const path = join(folder, "problem.json");
    writeFileSync(path, JSON.stringify(problem));
    const script = fileURLToPath(new URL("./peers/circuits.py", import.meta.url));
    return JSON.parse(execFileSync(python, [script, name, path], { encoding: "utf8", timeout: PEER_MS }));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ETIMEDOUT") return undefined;
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A size, and ours over it. */
const beside = (size: number | undefined, ours: number): string =>
  size === undefined ? "–" : `${size} (${(ours / size).toFixed(2)})`;

/** `npm run bench -- circuits [--peers qiskit,tket,tket-gadgets] [--python path] [--only "N2 pairs"]` */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      peers: { type: "string", default: "" },
      python: { type: "string" },
      only: { type: "string" },
    },
  });
  const peers = values.peers.split(",");
  const python = values.peers ? (values.python ?? peerPython("circuits")) : undefined;
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim()} (${cpus().length} threads), Node ${process.version}`,
  );
  const others = [`Qiskit, best of ${SEEDS} (ours over it)`, "TKET", "TKET by gadgets"];
  header("circuit", "device", "CZs", "from any start", ...others, "depth", ...others, "ms", ...others);
  for (const problem of await ansatzProblems())
    for (const map of [undefined, ...DEVICES]) {
      if (values.only && !problem.name.startsWith(values.only)) continue;
      const [ours, any] = [own(problem, map, false), own(problem, map, true)];
      const asked = problemOf(problem, map);
      const theirs = PEERS.map((name) => (peers.includes(name) ? peer(python, name, asked) : undefined));
      print(
        ...[problem.name, map?.name ?? "all coupled", ours.twoQubitGates, any.twoQubitGates],
        ...theirs.map((one) => beside(one?.twoQubitGates, ours.twoQubitGates)),
        ...[ours.depth, ...theirs.map((one) => beside(one?.depth, ours.depth))],
        ...[ours, ...theirs].map((one) => milliseconds(one?.wall_ms)),
      );
    }
}
