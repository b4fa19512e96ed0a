/** Where a circuit lies on a device, and how its qubits move there: the best of many seeded trials. */
import { uniformNumbers } from "#shared/random.ts";
import { type CouplingMap, coupledQubits, distances, pairKey } from "../circuit/coupling-map.ts";
import { depthFirstOrder } from "../circuit/routing.ts";
import { czsOf } from "./operations.ts";
import { type Ground, orderOf, type Routed, type RouteOptions, routeBlocks } from "./sabre.ts";
import type { CircuitWriter, WrittenCircuit } from "./written-circuit.ts";

/** A device as placements are judged. */
export interface PlacementTarget {
  readonly map: CouplingMap;
  /** Errors of the couplings in the order of map.edges, and of reading each qubit, from 0 to 1; where known, layouts go by them. */
  readonly errors?: { readonly edges: readonly number[]; readonly readout: readonly number[] };
}

/** Device qubit of each qubit of a circuit. */
export type Layout = readonly number[];

export interface PlacedCircuit extends Routed {
  readonly written: WrittenCircuit;
  /** At the start. */
  readonly layout: Layout;
}

interface Found extends PlacedCircuit {
  readonly loss: number;
}

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

/** −log of the fidelity; that of a gate without errors still counts, and of one that never works is finite. */
const lossOf = (error: number): number => -Math.log1p(-Math.min(Math.max(error, 1e-6), 0.999));

/** What a qubit loses while it waits for a CZ of others, in CZs: some 2e-4 against 2e-3 on devices of 2026. */
const WAITING = 0.1;

/** −log of the fidelity: of the entangling gates, of waiting for them, and of readouts; in CZs where errors are not known. */
export function judgeOf(target?: PlacementTarget): (placed: PlacedCircuit) => number {
  const { map, errors } = target ?? {};
  const told = errors?.edges.map(lossOf) ?? [];
  const losses = new Map(map?.edges.slice(0, told.length).map((edge, k) => [pairKey(edge), told[k]!]));
  const typical = told.toSorted((a, b) => a - b)[told.length >> 1] ?? 1;
  return ({ blocks, places, written }) => {
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
    if (errors) for (const q of written.ends) loss += lossOf(errors.readout[places[q]!] ?? 0);
    return loss + WAITING * typical * places.length * Math.max(0, ...depths.values());
  };
}

/**
 * The best of several placements.
 *
 * @param writers ways to write the circuit, each tried so often; one at least
 */
export function placeCircuit(
  writers: readonly CircuitWriter[],
  qubits: number,
  target: PlacementTarget,
  { seed = 1, trials }: { seed?: number | undefined; trials: number },
): PlacedCircuit {
  const { map } = target;
  const ground = groundOf(map);
  const own = Array.from({ length: qubits }, (_, q) => q);
  const given = [own, depthFirstOrder(map).slice(0, qubits)];
  const judge = judgeOf(target);
  let best: Found | undefined;
  const keep = (
    written: WrittenCircuit,
    layout: Layout,
    options: RouteOptions,
    order = orderOf(written.blocks),
  ): Routed => {
    const routed = routeBlocks(written.blocks, order, { ground, layout }, options);
    const placed = { ...routed, written, layout };
    const loss = judge(placed);
    if (!best || loss < best.loss) best = { ...placed, loss };
    return routed;
  };
  const randomOf = (trial: number) => uniformNumbers((seed + 0x9e3779b1 * trial) >>> 0);
  const weightOf = (trial: number) => COST_WEIGHTS[trial % COST_WEIGHTS.length]!;
  for (const write of writers)
    for (let trial = 0; trial < trials; trial++) {
      const options = { random: randomOf(trial), costWeight: weightOf(trial), spread: 0 };
      const { random } = options;
      let layout: Layout = given[trial] ?? shuffled(randomPlaces(ground, qubits, random), random);
      const first = layout;
      const written = write(trial, (a, b) => ground.steps[first[a]!]![first[b]!]!);
      const order = orderOf(written.blocks);
      const reversed = [...written.blocks].reverse();
      const backwards = orderOf(reversed);
      for (let pass = 0; pass <= SETTLING; pass++) {
        const { places } = keep(written, layout, options, order);
        layout = routeBlocks(reversed, backwards, { ground, layout: places }, options).places;
      }
    }
  for (let trial = 0; trial < REFINING * trials; trial++) {
    const { written, layout } = best!; // one trial at least
    const options = {
      random: randomOf(trials + trial),
      costWeight: weightOf(trial),
      spread: 0.01 * (1 + (trial % 3)),
    };
    keep(written, layout, options);
  }
  return best!; // one trial at least
}
