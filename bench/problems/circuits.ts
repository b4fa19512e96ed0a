/** Ansatz circuits and devices of the bench of circuits. */
import { dropForbidden } from "#core/quantum/ansatz/ansatz.ts";
import { kUpCcgsd } from "#core/quantum/ansatz/pairs.ts";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { lucj } from "#core/quantum/circuit/ansatz-circuits.ts";
import type { Circuit } from "#core/quantum/circuit/circuit.ts";
import { type CouplingMap, linearMap } from "#core/quantum/circuit/coupling-map.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { activeSpaceHamiltonian, frontierActiveSpace } from "#core/quantum/space/active-space.ts";
import { MOLECULES, resources } from "./vqe.ts";

/** Electrons and orbitals around the gap, STO-3G. */
const SPACES: Readonly<Record<string, { nelec: number; norb: number }>> = {
  H2: { nelec: 2, norb: 2 },
  LiH: { nelec: 2, norb: 5 },
  H2O: { nelec: 4, norb: 4 },
  N2: { nelec: 6, norb: 6 },
};

async function hamiltonian(name: string): Promise<ActiveHamiltonian> {
  const [symbols, coordinates_angstrom] = MOLECULES[name]!;
  const basis = await loadBasisSet(resources, "sto-3g");
  using system = openSystem({
    geometry: { symbols, coordinates_angstrom },
    charge: 0,
    multiplicity: 1,
    basis,
  });
  const scf = hartreeFock(system);
  return activeSpaceHamiltonian(system, scf, frontierActiveSpace(scf, SPACES[name]!));
}

export interface AnsatzProblem {
  readonly name: string;
  readonly circuit: Circuit;
  /** As large as amplitudes are, none of them special. */
  readonly parameters: Float64Array;
}

/** UCCSD without what symmetry forbids, one layer of pair doubles and singles (k-UpCCGSD), and one of LUCJ. */
export async function ansatzProblems(): Promise<AnsatzProblem[]> {
  const problems: AnsatzProblem[] = [];
  for (const name of Object.keys(SPACES)) {
    const h = await hamiltonian(name);
    const { norb, nelec } = h;
    const circuits = {
      UCCSD: ansatzCircuit(dropForbidden(uccsd(norb, nelec), h)),
      pairs: ansatzCircuit(kUpCcgsd(norb, nelec, 1)),
      LUCJ: lucj({ norb, nelec, layers: 1, lattice: "square" }),
    };
    for (const [ansatz, circuit] of Object.entries(circuits)) {
      const parameters = Float64Array.from({ length: circuit.nParameters }, (_, k) => 0.1 * Math.cos(k + 1));
      problems.push({ name: `${name} ${ansatz}`, circuit, parameters });
    }
  }
  return problems;
}

/** A square lattice. */
const grid = (side: number): CouplingMap => ({
  name: `grid of ${side} × ${side}`,
  qubits: side * side,
  edges: Array.from({ length: side * side }, (_, q) => q).flatMap((q) => [
    ...(q % side < side - 1 ? [[q, q + 1] as const] : []),
    ...(q + side < side * side ? [[q, q + side] as const] : []),
  ]),
});

/** Two cells of a heavy-hexagon lattice, side by side. */
const heavyHex: CouplingMap = {
  name: "heavy hexagons",
  qubits: 21,
  edges: [
    ...Array.from({ length: 8 }, (_, q) => [q, q + 1] as const),
    ...Array.from({ length: 8 }, (_, q) => [12 + q, 13 + q] as const),
    ...[0, 4, 8].flatMap((q, k) => [[q, 9 + k] as const, [9 + k, 12 + q] as const]),
  ],
};

export const DEVICES: readonly CouplingMap[] = [linearMap(16), heavyHex, grid(4)];
