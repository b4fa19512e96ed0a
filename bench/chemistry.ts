/** Times of Hartree–Fock and CASCI, and with `--peers` of PySCF on the same geometries in the same run. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { activeSpaceHamiltonian, frontierActiveSpace } from "#core/quantum/active-space.ts";
import { loadBasisSet } from "#core/quantum/basis.ts";
import { solveCasci } from "#core/quantum/ci.ts";
import { native } from "#core/quantum/native.ts";
import { hartreeFock } from "#core/quantum/scf.ts";
import { openSystem } from "#core/quantum/system.ts";
import { peerPython } from "./peers/venv.ts";
import { hartreeFockProblems, type Problem, screeningProblems, waterRow } from "./problems/chemistry.ts";

const here = fileURLToPath(new URL(".", import.meta.url));

interface Times {
  name: string;
  energy: number;
  wall: number;
  cpu: number;
  casciWall?: number;
  casciEnergy?: number;
}

interface OwnTimes extends Times {
  nBasis: number;
  iterations: number;
  storedMB: number;
}

function timed<T>(work: () => T): { result: T; wall: number; cpu: number } {
  const wall = performance.now();
  const cpu = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(cpu);
  return { result, wall: performance.now() - wall, cpu: (user + system) / 1e3 };
}

/** One calculation as a screening would run it: the field is not tested for stability, nor is PySCF's. */
async function runOnce(problem: Problem, threads: number): Promise<OwnTimes> {
  const { symbols, coordinates_angstrom } = problem;
  const basis = await loadBasisSet(join(here, "..", "resources"), problem.basis);
  const open = () =>
    openSystem({ geometry: { symbols, coordinates_angstrom }, charge: 0, multiplicity: 1, basis, threads });
  const { result, wall, cpu } = timed(() => {
    const system = open();
    return { system, scf: hartreeFock(system, { stability: "none" }) };
  });
  using system = result.system;
  const times: OwnTimes = {
    name: problem.name,
    energy: result.scf.energy_hartree,
    wall,
    cpu,
    nBasis: system.nBasis,
    iterations: result.scf.iterations,
    storedMB: result.scf.storedIntegralBytes / 1e6,
  };
  if (!problem.casci) return times;
  const casci = timed(() => {
    const space = frontierActiveSpace(result.scf, { nelec: 4, norb: 4 });
    return solveCasci(activeSpaceHamiltonian(system, result.scf, space));
  });
  return { ...times, casciWall: casci.wall };
}

async function best(problem: Problem, threads: number): Promise<OwnTimes> {
  let fastest = await runOnce(problem, threads);
  for (let k = 1; k < problem.repeats; k++) {
    const again = await runOnce(problem, threads);
    if (again.wall < fastest.wall) fastest = again;
  }
  return fastest;
}

/** PySCF's times by problem name; its start-up is not in them. */
function peerTimes(problems: Problem[], threads: number): Map<string, Times> {
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  try {
    const path = join(folder, "problems.json");
    writeFileSync(path, JSON.stringify(problems));
    const env = { ...process.env, OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: String(threads) };
    const script = join(here, "peers", "chemistry.py");
    const output = execFileSync(peerPython("chemistry"), [script, path, String(threads)], {
      env,
      encoding: "utf8",
    });
    const rows = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Times);
    return new Map(rows.map((row) => [row.name, row]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const print = (...cells: (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);
const seconds = (ms: number): string => (ms / 1e3).toPrecision(3);

function header(...cells: string[]): void {
  console.log("");
  print(...cells);
  print(...cells.map(() => "---"));
}

async function hartreeFockTable(peers: boolean): Promise<void> {
  header(
    "RHF",
    "functions",
    "threads",
    "iterations",
    "wall s",
    "CPU s",
    "PySCF wall s",
    "PySCF CPU s",
    "ratio",
    "ΔE Eh",
  );
  for (const threads of [1, 2])
    for (const problem of hartreeFockProblems()) {
      const own = await best(problem, threads);
      const peer = peers ? peerTimes([problem], threads).get(problem.name) : undefined;
      print(
        ...[own.name, own.nBasis, threads, own.iterations, seconds(own.wall), seconds(own.cpu)],
        ...(peer
          ? [seconds(peer.wall), seconds(peer.cpu), (own.wall / peer.wall).toPrecision(2)]
          : ["–", "–", "–"]),
        peer ? (own.energy - peer.energy).toExponential(0) : "–",
      );
    }
}

async function screeningTable(peers: boolean): Promise<void> {
  const problems = screeningProblems();
  let total = 0;
  for (const problem of problems) {
    const own = await best(problem, 1);
    total += own.wall + own.casciWall!;
  }
  const perHour = (ms: number) => Math.round((3.6e6 * problems.length) / ms);
  header("RHF and CASCI(4,4) in 6-31G, ≤ 9 heavy atoms", "molecules", "molecules an hour, one thread");
  print("this program", problems.length, perHour(total));
  if (!peers) return;
  const rows = [...peerTimes(problems, 1).values()];
  print("PySCF", rows.length, perHour(rows.reduce((sum, row) => sum + row.wall + row.casciWall!, 0)));
}

/** Slope of log y over log x by least squares. */
function exponent(x: number[], y: number[]): number {
  const lx = x.map(Math.log);
  const ly = y.map(Math.log);
  const mean = (v: number[]) => v.reduce((a, b) => a + b, 0) / v.length;
  const [mx, my] = [mean(lx), mean(ly)];
  const covariance = lx.reduce((sum, value, i) => sum + (value - mx) * (ly[i]! - my), 0);
  return covariance / lx.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}

async function costLaw(): Promise<void> {
  header("cost law: rows of water in 6-31G", "functions", "iterations", "CPU s", "integrals kept MB");
  const rows: OwnTimes[] = [];
  for (const n of [2, 4, 8, 16]) {
    const own = await best(waterRow(n, "6-31g"), 1);
    rows.push(own);
    print(own.name, own.nBasis, own.iterations, seconds(own.cpu), own.storedMB.toFixed(0));
  }
  const sizes = rows.map((row) => row.nBasis);
  const time = exponent(
    sizes,
    rows.map((row) => row.cpu / row.iterations),
  );
  const memory = exponent(
    sizes,
    rows.map((row) => row.storedMB),
  );
  console.log(
    `time an iteration ∝ functions^${time.toFixed(2)}, integrals kept ∝ functions^${memory.toFixed(2)}`,
  );
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { peers: { type: "boolean", default: false } } });
  const addon = native();
  console.log(
    `${cpus()[0]?.model.trim()}, ${cpus().length} cores, ${addon.instructionSet()}, Node ${process.version}, ` +
      `build ${addon.buildId()}, ${new Date().toISOString().slice(0, 10)}`,
  );
  await hartreeFockTable(values.peers);
  await screeningTable(values.peers);
  await costLaw();
}
