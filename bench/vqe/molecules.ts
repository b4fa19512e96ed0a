/** UCCSD energies with gradient, whole VQEs and exact CI. */
import { dropForbidden, type ProductAnsatz, packAnsatz } from "#core/quantum/ansatz/ansatz.ts";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { sectorOptions } from "#core/quantum/hamiltonian/hamiltonian.ts";
import { bitCount } from "#core/quantum/mapping/pauli.ts";
import { binomial } from "#core/quantum/native/limits.ts";
import { native } from "#core/quantum/native/native.ts";
import { minimiseVqe } from "#core/quantum/vqe/vqe.ts";
import { moleculeHamiltonian } from "../problems/vqe.ts";
import { gateProblem, integrals, peer } from "./peers.ts";
import { against, fastest, header, milliseconds, print } from "./table.ts";

/** Small states are timed often, since a single run is shorter than the noise of the machine. */
const repeatsFor = (norb: number): number => (norb < 8 ? 200 : norb < 10 ? 20 : 3);
/** Programs that hold all 2^qubits amplitudes of a whole UCCSD circuit get the small molecules only. */
const STATEVECTOR_PEERS = ["H4", "LiH"];

/** Pairs of determinants that one preparation of the state rotates. */
function rotations({ norb, nelec, factors }: ProductAnsatz): number {
  const stringPairs = (moved: number, electrons: number) =>
    binomial(norb - 2 * moved, moved === 0 ? electrons : electrons - moved);
  return factors.reduce(
    (sum, { excitation: e }) =>
      sum + stringPairs(bitCount(e.alphaCreate), nelec[0]) * stringPairs(bitCount(e.betaCreate), nelec[1]),
    0,
  );
}

/** A rotation reads and writes two amplitudes. */
const BYTES_PER_ROTATION = 32;

async function molecule(name: string, python: string | undefined): Promise<string[] | undefined> {
  const h = await moleculeHamiltonian(name);
  const full = uccsd(h.norb, h.nelec);
  const kept = dropForbidden(full, h);
  const parameters = Float64Array.from({ length: full.nParameters }, (_, k) => 0.05 * Math.cos(k));
  const repeats = repeatsFor(h.norb);
  const times = native().benchmarkVqe({
    ...{ ...sectorOptions(h, {}), ...packAnsatz(full) },
    ...{ parameters, repeats },
  });
  const own = times.energyAndGradient_ms;
  const slow = Math.ceil(repeats / 10);
  const vqe = fastest(slow, () => minimiseVqe(h, kept));
  const casci = fastest(slow, () => solveCasci(h));
  const tight = minimiseVqe(h, kept, { gradientTolerance: 1e-8 }).energy_hartree;
  const run = minimiseVqe(h, kept);
  print(
    ...[name, 2 * h.norb, full.nParameters, kept.nParameters],
    ...[milliseconds(own), milliseconds(vqe), run.iterations, milliseconds(casci)],
    (run.energy_hartree - tight).toExponential(1),
    ((rotations(full) * BYTES_PER_ROTATION) / times.prepare_ms / 1e6).toFixed(0),
  );
  if (!python) return undefined;
  const gates = STATEVECTOR_PEERS.includes(name) ? gateProblem(h, parameters) : undefined;
  const { vqe_ms, energyAndGradient_ms } = peer(python, "tencirchem", integrals(h));
  return [
    ...[name, milliseconds(own), against(own, energyAndGradient_ms), against(vqe, vqe_ms)],
    against(own, peer(python, "ffsim", integrals(h)).energy_ms),
    gates ? against(own, peer(python, "qiskit", gates).energy_ms) : "–",
    gates ? against(own, peer(python, "pennylane", gates).energyAndGradient_ms) : "–",
    against(casci, peer(python, "pyscf", integrals(h)).fci_ms),
  ];
}

export async function moleculesSection(names: readonly string[], python: string | undefined): Promise<void> {
  header(
    ...["molecule", "qubits", "parameters", "by symmetry", "energy + gradient, ms", "full VQE, ms"],
    ...["iterations", "exact CI, ms", "E − E(tight), Eh", "evolution, GB/s in cache"],
  );
  const peerRows: string[][] = [];
  for (const name of names) {
    const row = await molecule(name, python);
    if (row) peerRows.push(row);
  }
  if (peerRows.length === 0) return;
  header(
    ...["molecule", "ours: energy + gradient, ms", "TenCirChem the same", "TenCirChem full VQE"],
    ...["ffsim energy only", "Qiskit energy only", "PennyLane lightning", "PySCF FCI against ours"],
  );
  for (const row of peerRows) print(...row);
}

/** UCCSD-VQE and exact CI of 12 electrons in 12 orbitals, 24 qubits. */
export async function largeSection(): Promise<void> {
  header("(12e,12o), H12 chain", "wall, s", "CPU, s", "iterations", "gradient, Eh", "E − E(exact), mEh");
  const h = await moleculeHamiltonian("H12");
  const ansatz = dropForbidden(uccsd(h.norb, h.nelec), h);
  const timed = <T>(work: () => T) => {
    const [begin, cpu] = [performance.now(), process.cpuUsage()];
    const value = work();
    const { user, system } = process.cpuUsage(cpu);
    const seconds = [(performance.now() - begin) / 1e3, (user + system) / 1e6].map((s) => s.toPrecision(3));
    return { value, seconds };
  };
  const exact = timed(() => solveCasci(h));
  const { energy_hartree } = exact.value.states[0]!;
  const vqe = timed(() => minimiseVqe(h, ansatz, { gradientTolerance: 1e-4 }));
  const { iterations, gradientNorm } = vqe.value;
  const error = (1e3 * (vqe.value.energy_hartree - energy_hartree)).toFixed(2);
  print(`UCCSD, ${ansatz.nParameters} parameters`, ...vqe.seconds, iterations, gradientNorm.toExponential(1), error); // biome-ignore format: a row
  print("exact CI", ...exact.seconds, exact.value.iterations, "–", "0");
  console.log(`\nLargest resident set so far: ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MiB.`);
}
