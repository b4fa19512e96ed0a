/** The molecules and circuits of the VQE bench. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Circuit, Gate } from "#core/quantum/circuit/circuit.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { activeSpaceHamiltonian, frontierActiveSpace } from "#core/quantum/space/active-space.ts";
import { uniformNumbers } from "#shared/random.ts";

export const resources = join(fileURLToPath(new URL("../..", import.meta.url)), "resources");

const chain = (n: number): [string[], number[]] => [
  new Array(n).fill("H"),
  Array.from({ length: n }, (_, i) => [0, 0, 0.8 * i]).flat(),
];

/** Symbols and coordinates in Å; all electrons and orbitals of STO-3G are active. */
export const MOLECULES: Record<string, [string[], number[]]> = {
  H2: chain(2),
  H4: chain(4),
  H6: chain(6),
  H8: chain(8),
  H10: chain(10),
  H12: chain(12),
  LiH: [
    ["Li", "H"],
    [0, 0, 0, 0, 0, 1.595],
  ],
  BeH2: [
    ["Be", "H", "H"],
    [0, 0, 0, 0, 0, 1.3264, 0, 0, -1.3264],
  ],
  H2O: [
    ["O", "H", "H"],
    [0, 0, 0.1173, 0, 0.7572, -0.4692, 0, -0.7572, -0.4692],
  ],
  N2: [
    ["N", "N"],
    [0, 0, 0, 0, 0, 1.0977],
  ],
};

/** Full-space Hamiltonian of one of MOLECULES in STO-3G and RHF orbitals. */
export async function moleculeHamiltonian(name: string): Promise<ActiveHamiltonian> {
  const [symbols, coordinates_angstrom] = MOLECULES[name]!;
  const basis = await loadBasisSet(resources, "sto-3g");
  const geometry = { symbols, coordinates_angstrom };
  using system = openSystem({ geometry, charge: 0, multiplicity: 1, basis });
  const scf = hartreeFock(system);
  const all = { nelec: 2 * scf.nelec[0], norb: scf.orbitalEnergies_hartree[0]!.length };
  return activeSpaceHamiltonian(system, scf, frontierActiveSpace(scf, all));
}

/** `depth` rounds of Rx, Ry, Rz on every qubit and CNOTs on alternating neighbours. */
export function randomCircuit(qubits: number, depth: number): Circuit {
  const random = uniformNumbers(1);
  const gates: Gate[] = [];
  for (let round = 0; round < depth; round++) {
    for (let q = 0; q < qubits; q++)
      for (const kind of ["rx", "ry", "rz"] as const)
        gates.push({ kind, qubits: [q], theta: { angle: 2 * Math.PI * random() } });
    for (let q = round % 2; q + 1 < qubits; q += 2) gates.push({ kind: "cx", qubits: [q, q + 1] });
  }
  return { qubits, nParameters: 0, gates };
}
