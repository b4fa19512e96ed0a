/** Ansätze that are circuits rather than products of excitations. */
import { type Determinant, lowestDeterminant } from "../hamiltonian/determinant.ts";
import { hardwareEfficient, lucj } from "./ansatz-circuits.ts";
import { type Circuit, type CircuitCost, circuitCost, cx, type Gate, rotation } from "./circuit.ts";
import { type CouplingMap, coupledPairs, crossingOrbitals } from "./coupling-map.ts";
import { givensGates } from "./excitation-circuit.ts";

/** A circuit on 2 norb Jordan–Wigner qubits, α before β, that starts from a determinant. */
export interface CircuitAnsatz {
  readonly name: string;
  readonly norb: number;
  readonly nelec: readonly [number, number];
  readonly reference: Determinant;
  readonly nParameters: number;
  readonly circuit: Circuit;
  /** Device qubit of each qubit, where it was made for a device. */
  readonly layout?: readonly number[];
  /** Whether each gate keeps the number of electrons of each spin. */
  readonly keepsElectrons: boolean;
}

interface Size {
  readonly norb: number;
  readonly nelec: readonly [number, number];
  readonly layers: number;
}

/** Where a circuit lies on a device. */
interface DevicePlace {
  readonly map: CouplingMap;
  readonly layout: readonly number[];
}

const ofCircuit = (
  { norb, nelec }: Size,
  circuit: Circuit,
): Omit<CircuitAnsatz, "name" | "keepsElectrons"> => ({
  norb,
  nelec,
  circuit,
  nParameters: circuit.nParameters,
  reference: lowestDeterminant(nelec),
});

/** LUCJ on a square lattice, where every α qubit has its β qubit as a neighbour, or on what a device couples. */
export const lucjAnsatz = (size: Size, place?: DevicePlace): CircuitAnsatz => ({
  ...ofCircuit(
    size,
    lucj({ ...size, lattice: place ? crossingOrbitals(place.map, place.layout) : "square" }),
  ),
  name: "lucj",
  keepsElectrons: true,
  ...(place && { layout: place.layout }),
});

/** CNOTs along a ladder, or on what a device couples. */
export const hardwareEfficientAnsatz = (size: Size, place?: DevicePlace): CircuitAnsatz => ({
  ...ofCircuit(
    size,
    hardwareEfficient({ ...size, ...(place && { pairs: coupledPairs(place.map, place.layout) }) }),
  ),
  name: "hardware-efficient",
  keepsElectrons: false,
  ...(place && { layout: place.layout }),
});

/** Gates that devices lack, written as two CNOTs and rotations. */
export function elementary(gate: Gate): readonly Gate[] {
  const [a, b = a] = gate.qubits;
  const theta = gate.theta ?? { angle: 0 };
  if (gate.kind === "givens") return givensGates(a, b, theta);
  if (gate.kind !== "cp") return [gate];
  const half = (sign: 1 | -1) => ({
    ...theta,
    angle: (sign * theta.angle) / 2,
    scale: (sign * (theta.scale ?? 1)) / 2,
  });
  const plus = half(1);
  return [
    ...[rotation("p", a, plus), rotation("p", b, plus)],
    ...[cx(a, b), rotation("p", b, half(-1)), cx(a, b)],
  ];
}

/** Gate counts and depth in CNOT, CZ and gates on one qubit. */
export const elementaryCost = (circuit: Circuit): CircuitCost =>
  circuitCost({ ...circuit, gates: circuit.gates.flatMap(elementary) });
