/** A circuit for a device: placed, routed and in its gates, with as few entangling gates as this finds. */
import { DomainError } from "#shared/errors.ts";
import type { GateSet } from "#shared/quantum/qubits.ts";
import { uniformNumbers } from "#shared/random.ts";
import type { Circuit } from "../circuit/circuit.ts";
import {
  type CouplingMap,
  checkCouplingMap,
  coupledQubits,
  distances,
  pairKey,
} from "../circuit/coupling-map.ts";
import { depthFirstOrder } from "../circuit/routing.ts";
import { fromZero } from "./from-zero.ts";
import { CZ } from "./matrix.ts";
import type { NativeCircuit } from "./native-gates.ts";
import { type Block, blocksOf, cancelled, czsOf, type Operation, operationsOf } from "./operations.ts";
import { type Ground, orderOf, type Routed, type RouteOptions, routeBlocks } from "./sabre.ts";
import { type CircuitStep, toNativeGates } from "./to-native.ts";
import { czSteps } from "./two-qubit.ts";

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
/** Routes that are tried from the best placement, for each that was tried. */
const REFINING = 4;
/** Passes forwards and backwards that a random placement settles in. */
const SETTLING = 4;
/** Larger ones are slower and worse. */
const COST_WEIGHTS = [0.02, 0.05, 0.1, 0.2] as const;

const groundOf = (map: CouplingMap): Ground => ({
  qubits: map.qubits,
  edges: map.edges,
  neighbours: coupledQubits(map),
  steps: distances(map),
});

/** A connected part of the device that grew from one qubit, in the order of growth. */
function randomPlaces(ground: Ground, count: number, random: () => number): number[] {
  const places = [Math.floor(random() * ground.qubits)];
  while (places.length < count) {
    const rim = places.flatMap((q) => ground.neighbours[q]!).filter((q) => !places.includes(q));
    places.push(rim[Math.floor(random() * rim.length)]!); // the device is connected and large enough
  }
  return places;
}

const shuffled = <T>(list: readonly T[], random: () => number): T[] => {
  const mixed = [...list];
  for (let k = mixed.length - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [mixed[k], mixed[other]] = [mixed[other]!, mixed[k]!];
  }
  return mixed;
};

interface Found extends Routed {
  readonly layout: readonly number[];
  readonly loss: number;
  readonly depth: number;
}

/** −log of the fidelity; that of a gate without errors still counts, and of one that never works is finite. */
const lossOf = (error: number): number => -Math.log1p(-Math.min(Math.max(error, 1e-6), 0.999));

/** −log of the fidelity of the entangling gates and readouts, or the number of CZs where errors are not known; and CZs one after another. */
function judgeOn({
  map,
  errors,
}: TranspileTarget & { map: CouplingMap }): (routed: Routed) => Pick<Found, "loss" | "depth"> {
  const losses = new Map(
    map.edges.flatMap((edge, k) => {
      const error = errors?.edges[k];
      return error === undefined ? [] : [[pairKey(edge), lossOf(error)] as const];
    }),
  );
  return ({ blocks, places }) => {
    const depths = new Map<number, number>();
    let loss = 0;
    for (const block of blocks) {
      const cost = czsOf(block);
      const [a, b] = block.qubits;
      loss += cost * (errors ? (losses.get(pairKey(block.qubits)) ?? 1) : 1);
      const depth = cost + Math.max(depths.get(a) ?? 0, depths.get(b) ?? 0);
      depths.set(a, depth);
      depths.set(b, depth);
    }
    if (errors) for (const q of places) loss += lossOf(errors.readout[q] ?? 0);
    return { loss, depth: Math.max(0, ...depths.values()) };
  };
}

/** The best of several placements. */
function place(
  blocks: readonly Block[],
  qubits: number,
  target: TranspileTarget & { map: CouplingMap },
  { seed = 1, trials }: { seed?: number; trials: number },
): Found {
  const ground = groundOf(target.map);
  const order = orderOf(blocks);
  const reversed = [...blocks].reverse();
  const backwards = orderOf(reversed);
  const own = Array.from({ length: qubits }, (_, q) => q);
  const given = [own, depthFirstOrder(target.map).slice(0, qubits)];
  const judge = judgeOn(target);
  let best: Found | undefined;
  const routeFrom = (layout: readonly number[], options: RouteOptions): Routed => {
    const routed = routeBlocks(blocks, order, { ground, layout }, options);
    const found = { ...routed, layout, ...judge(routed) };
    if (!best || found.loss < best.loss || (found.loss === best.loss && found.depth < best.depth))
      best = found;
    return routed;
  };
  const randomOf = (trial: number) => uniformNumbers((seed + 0x9e3779b1 * trial) >>> 0);
  const weightOf = (trial: number) => COST_WEIGHTS[trial % COST_WEIGHTS.length]!;
  for (let trial = 0; trial < trials; trial++) {
    const options = { random: randomOf(trial), costWeight: weightOf(trial), spread: 0 };
    const { random } = options;
    let layout: readonly number[] = given[trial] ?? shuffled(randomPlaces(ground, qubits, random), random);
    for (let pass = 0; pass <= SETTLING; pass++) {
      const { places } = routeFrom(layout, options);
      layout = routeBlocks(reversed, backwards, { ground, layout: places }, options).places;
    }
  }
  for (let trial = 0; trial < REFINING * trials; trial++) {
    const options = {
      random: randomOf(trials + trial),
      costWeight: weightOf(trial),
      spread: 0.01 * (1 + (trial % 3)),
    };
    routeFrom(best!.layout, options); // one trial at least
  }
  return best!; // one trial at least
}

/**
 * The circuit at given parameters, from |0…0⟩ to a measurement of all qubits, in a device's gates.
 *
 * What acts on known states is made simpler, turns and gates that undo each other are joined, qubits placed and routed (seeded trials), and
 * every run of gates on one pair, exchanges taken in, made of at most three entangling gates. Cost: trials × 14 × blocks × couplings.
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
  const operations = operationsOf(circuit, parameters);
  const { isPart = false } = options;
  const { blocks, turns } = blocksOf(isPart ? cancelled(operations) : simplified(operations, circuit.qubits));
  const { seed, trials = Math.min(MOST, Math.max(FEWEST, Math.ceil(ROUTED_BLOCKS / (blocks.length + 1)))) } =
    options;
  if (!Number.isInteger(trials) || trials < 1)
    throw new DomainError(
      "invalid-input",
      `Trials of a placement: expected a whole number from 1, got ${trials}.`,
    );
  const { layout, ...routed } = map
    ? place(blocks, circuit.qubits, { ...target, map }, { ...(seed !== undefined && { seed }), trials })
    : { layout: own, blocks, places: own };
  const steps: CircuitStep[] = [
    ...[...turns].map(([q, turn]): CircuitStep => ({ qubits: [layout[q]!], turn })),
    ...recombined(routed.blocks).flatMap(({ qubits, matrix }) => czSteps(matrix, qubits)),
  ];
  return {
    native: {
      qubits: map?.qubits ?? circuit.qubits,
      ...{
        set,
        gates: toNativeGates(steps.map(directed(target)), set, { keepPhases: isPart }),
        measured: routed.places,
      },
    },
    layout,
  };
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
  const count = (all: readonly Block[]) => all.reduce((sum, block) => sum + czsOf(block), 0);
  return count(again) < count(blocks) ? again : blocks;
}

function simplified(operations: ReturnType<typeof operationsOf>, qubits: number) {
  return cancelled(fromZero(cancelled(fromZero(operations, qubits)), qubits));
}
