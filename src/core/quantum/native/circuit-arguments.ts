/** What the native functions of circuits take. */
import { all, controlBlock, doubles, flag, int32s, number, optional, wholeNumber } from "./addon-checks.ts";
import type { CircuitAddon, PackedCircuit } from "./addon-functions.ts";
import {
  type Fields,
  LARGEST_INT32,
  maxIterations,
  repeats,
  type Signatures,
  threads,
  tolerance,
} from "./addon-signatures.ts";
import { GATE_KINDS, MAX_SIMULATED_QUBITS, TWO_QUBIT_KINDS } from "./gate-kinds.ts";

const SIMULATION = { threads, control: controlBlock };
type Angles = { readonly parameters: Float64Array } | { readonly start: Float64Array };
const anglesGiven = (given: Angles): number => ("start" in given ? given.start : given.parameters).length;

/** Kind, first and second qubit, parameter or −1. */
function gateRows(value: unknown, given: Angles & { readonly qubits: number }): string | undefined {
  const gates = value as Int32Array;
  for (let i = 0; i < gates.length; i += 4) {
    // int32s found four numbers a gate.
    const [kind, first, second, parameter] = [gates[i]!, gates[i + 1]!, gates[i + 2]!, gates[i + 3]!];
    const name = GATE_KINDS[kind];
    if (name === undefined)
      return `gate ${i / 4}: expected a kind of 0 to ${GATE_KINDS.length - 1}, got ${kind}`;
    const isPlaced = first >= 0 && first < given.qubits && second >= 0 && second < given.qubits;
    if (!isPlaced || (TWO_QUBIT_KINDS.has(name) && first === second))
      return `gate ${i / 4}: expected different qubits of 0 to ${given.qubits - 1}, got ${first} and ${second}`;
    if (parameter < -1 || parameter >= anglesGiven(given))
      return `gate ${i / 4}: expected a parameter of −1 to ${anglesGiven(given) - 1}, got ${parameter}`;
  }
  return undefined;
}

type Gates = Omit<PackedCircuit, "parameters">;
const gateCount = ({ angles }: Gates): number => angles.length;
const gateFields = <G extends Gates & Angles>() =>
  ({
    qubits: wholeNumber<G>(1, MAX_SIMULATED_QUBITS),
    angles: doubles<G>(),
    scales: doubles<G>(gateCount),
    gates: all<G>(
      int32s<G>((given) => 4 * gateCount(given), -1, LARGEST_INT32),
      gateRows,
    ),
  }) satisfies Fields<Gates, G>;
const CIRCUIT: Fields<PackedCircuit> = { parameters: doubles(), ...gateFields<PackedCircuit>() };

const PAULI_SUM = {
  coefficients: doubles(),
  x: int32s<{ coefficients: Float64Array; qubits: number }>(
    ({ coefficients }) => coefficients.length,
    0,
    ({ qubits }) => 2 ** qubits - 1,
  ),
  z: int32s<{ coefficients: Float64Array; qubits: number }>(
    ({ coefficients }) => coefficients.length,
    0,
    ({ qubits }) => 2 ** qubits - 1,
  ),
};

const amplitudes = ({ qubits }: { readonly qubits: number }): number => 2 ** qubits;
const probability = number(0, 1);

export const CIRCUIT_ARGUMENTS: Signatures<CircuitAddon> = {
  sampleCircuit: {
    fields: {
      ...SIMULATION,
      ...CIRCUIT,
      singlePrecision: optional(flag),
      shots: wholeNumber(0, LARGEST_INT32),
      trajectories: wholeNumber(1, LARGEST_INT32),
      seed: wholeNumber(0, Number.MAX_SAFE_INTEGER),
      noise: {
        isOptional: false,
        fields: {
          depolarizing1: probability,
          depolarizing2: probability,
          amplitudeDamping: probability,
          readout01: probability,
          readout10: probability,
        },
      },
    },
    bytes: (given) => 24 * amplitudes(given) + 8 * given.shots,
  },
  singlePrecisionBound: { fields: CIRCUIT },
  simulateCircuit: {
    fields: { ...SIMULATION, ...CIRCUIT, singlePrecision: optional(flag) },
    bytes: (given) => 32 * amplitudes(given),
  },
  benchmarkCircuit: {
    fields: { ...SIMULATION, ...CIRCUIT, singlePrecision: optional(flag), repeats },
    bytes: (given) => 16 * amplitudes(given),
  },
  circuitEnergyAndGradient: {
    fields: { ...SIMULATION, ...CIRCUIT, ...PAULI_SUM },
    bytes: (given) => 32 * amplitudes(given),
  },
  minimiseCircuit: {
    fields: {
      ...SIMULATION,
      start: doubles(),
      ...gateFields<Gates & { start: Float64Array }>(),
      ...PAULI_SUM,
      maxIterations,
      gradientTolerance: tolerance,
    },
    bytes: (given) => 32 * amplitudes(given),
  },
};
