/** A circuit for a device: placed, routed and in its gates, with as few entangling gates as this finds. */
import { DomainError } from "#shared/errors.ts";
import type { GateSet } from "#shared/quantum/qubits.ts";
import type { Circuit } from "../circuit/circuit.ts";
import { type CouplingMap, checkCouplingMap } from "../circuit/coupling-map.ts";
import { CZ } from "./matrix.ts";
import type { NativeCircuit } from "./native-gates.ts";
import { type Block, blocksOf, cancelled, czsOf, type Operation } from "./operations.ts";
import { judgeOf, type Layout, type PlacedCircuit, placeCircuit } from "./placement.ts";
import { type CircuitStep, toNativeGates } from "./to-native.ts";
import { czSteps } from "./two-qubit.ts";
import { type CircuitWriter, endingInOrder, type WrittenCircuit, writersOf } from "./written-circuit.ts";

/** What a circuit is for. */
export interface TranspileTarget {
  readonly set: GateSet;
  /** Couplings; absent where every two qubits are coupled. */
  readonly map?: CouplingMap;
  /** The device's own numbers of the qubits of map, for who writes the circuit; absent: they are the same. */
  readonly numbers?: readonly number[];
  /** Errors of the couplings in the order of map.edges, and of reading each qubit, from 0 to 1; where known, layouts go by them. */
  readonly errors?: { readonly edges: readonly number[]; readonly readout: readonly number[] };
}

export interface TranspileOptions {
  /**
   * The circuit is a part of a larger one: right for every state before it, and with Rz at its end, which IQM's and IonQ's sets lack.
   * Default false: from |0…0⟩ to a measurement.
   */
  readonly isPart?: boolean;
  /** 32-bit; the same seed gives the same circuit. */
  readonly seed?: number;
  /** Placements that are tried; default 8 to 64, the more the smaller the circuit is. */
  readonly trials?: number;
}

export interface TranspiledCircuit {
  readonly native: NativeCircuit;
  /** Device qubit of each qubit of the circuit at the start. */
  readonly layout: readonly number[];
}

/** Blocks that are routed for all placements together, and bounds of the number of placements. */
const ROUTED_BLOCKS = 8000;
const [FEWEST, MOST] = [8, 64];

/** Ways to make gadgets that are tried where every two qubits are coupled. */
const UNPLACED_TRIALS = 12;

/**
 * The circuit at given parameters, from |0…0⟩ to a measurement of all qubits, in a device's gates.
 *
 * Written gate by gate, with what acts on known states made simpler, and as Pauli gadgets that are made together; each is placed and
 * routed (seeded trials), and the better kept: by its CZs and how many follow one another, or the device's fidelities. Every run of
 * gates on one pair, exchanges taken in, is made of at most three entangling gates. Cost: trials × 24 × blocks × couplings.
 *
 * @throws DomainError `invalid-input` for a device that is too small or not connected, and for no trial
 */
export function transpile(
  circuit: Circuit,
  parameters: Float64Array,
  target: TranspileTarget,
  options: TranspileOptions = {},
): TranspiledCircuit {
  const { map, set } = target;
  if (map) checkCouplingMap(map, circuit.qubits);
  const own = Array.from({ length: circuit.qubits }, (_, q) => q);
  const { isPart = false, seed } = options;
  const writers = writersOf(circuit, parameters, isPart);
  const size = writers[0](0, () => 1).blocks.length;
  const { trials = Math.min(MOST, Math.max(FEWEST, Math.ceil(ROUTED_BLOCKS / (size + 1)))) } = options;
  if (!Number.isInteger(trials) || trials < 1)
    throw new DomainError(
      "invalid-input",
      `Trials of a placement: expected a whole number from 1, got ${trials}.`,
    );
  const placed = map
    ? placeCircuit(writers, circuit.qubits, { ...target, map }, { seed, trials })
    : unplaced(writers, own, isPart);
  const { written, layout, ...routed } = placed;
  const steps: CircuitStep[] = [
    ...[...written.turns].map(([q, turn]): CircuitStep => ({ qubits: [layout[q]!], turn })),
    ...recombined(routed.blocks).flatMap(({ qubits, matrix }) => czSteps(matrix, qubits)),
  ];
  return {
    native: {
      qubits: map?.qubits ?? circuit.qubits,
      ...{
        set,
        gates: toNativeGates(steps.map(directed(target)), set, { keepPhases: isPart }),
        measured: written.ends.map((q) => routed.places[q]!),
      },
    },
    layout,
  };
}

/** The best way to write it where every two qubits are coupled, of those with no more CZs than gate by gate, by which providers are asked for a price. */
function unplaced(
  [plain, ...others]: readonly [CircuitWriter, ...CircuitWriter[]],
  own: Layout,
  isPart: boolean,
): PlacedCircuit {
  const judge = judgeOf();
  const placed = (written: WrittenCircuit): PlacedCircuit => ({
    written,
    layout: own,
    blocks: written.blocks,
    places: own,
  });
  const first = placed(plain(0, () => 1));
  const best = others
    .flatMap((write) => Array.from({ length: UNPLACED_TRIALS }, (_, trial) => placed(write(trial, () => 1))))
    .filter(({ blocks }) => countOf(blocks) <= countOf(first.blocks))
    .reduce((least, one) => (judge(one) < judge(least) ? one : least), first);
  return isPart ? best : placed(endingInOrder(best.written));
}

/** A CZ between two qubits in the order of their coupling: ecr runs in one direction. */
const directed = ({ map }: TranspileTarget) => {
  const edges = new Set(map?.edges.map(([a, b]) => `${a} ${b}`));
  return (step: CircuitStep): CircuitStep => {
    if (step.turn || !edges.has(`${step.qubits[1]} ${step.qubits[0]}`)) return step;
    return { qubits: [step.qubits[1], step.qubits[0]] };
  };
};

/** Blocks of the routed circuit, whose CZs may pass each other where the blocks of the unrouted one did not. */
function recombined(blocks: readonly Block[]): readonly Block[] {
  const operations = blocks
    .flatMap(({ qubits, matrix }) => czSteps(matrix, qubits))
    .map(({ qubits, turn }): Operation => ({ qubits, matrix: turn ?? CZ }));
  const again = blocksOf(cancelled(operations)).blocks;
  return countOf(again) < countOf(blocks) ? again : blocks;
}

const countOf = (blocks: readonly Block[]): number => blocks.reduce((sum, block) => sum + czsOf(block), 0);
