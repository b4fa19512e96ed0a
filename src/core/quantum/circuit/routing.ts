/** Circuits on devices whose qubits are not all coupled. */
import { DomainError } from "#shared/errors.ts";
import { type Circuit, cx, type Gate, isTwoQubit } from "./circuit.ts";
import { type CouplingMap, checkCouplingMap, coupledQubits, distances } from "./coupling-map.ts";

export interface RoutedCircuit {
  /** On all qubits of the device; every two-qubit gate acts on coupled ones. */
  readonly circuit: Circuit;
  /** Device qubit of each qubit of the circuit at the start. */
  readonly layout: readonly number[];
  /** The same at the end, when it is measured. */
  readonly finalLayout: readonly number[];
  /** Exchanges of neighbours, three CNOTs each. */
  readonly swaps: number;
}

/** Gates ahead that a choice between exchanges looks at. */
const LOOKAHEAD = 20;

/** A depth-first walk from a qubit with the fewest neighbours: along a row, and around a lattice in long strokes. */
export function depthFirstOrder(map: CouplingMap): number[] {
  const next = coupledQubits(map);
  const start = next.reduce((best, list, q) => (list.length < next[best]!.length ? q : best), 0);
  const order: number[] = [];
  const seen = new Set<number>();
  const visit = (q: number): void => {
    if (seen.has(q)) return;
    seen.add(q);
    order.push(q);
    for (const neighbour of next[q]!) visit(neighbour);
  };
  visit(start);
  return order;
}

function checkLayout(layout: readonly number[], circuit: Circuit, map: CouplingMap): void {
  const fits = layout.every((q) => Number.isInteger(q) && q >= 0 && q < map.qubits);
  if (fits && layout.length === circuit.qubits && new Set(layout).size === layout.length) return;
  throw new DomainError(
    "invalid-input",
    `A layout names a device qubit of its own, from 0 to ${map.qubits - 1}, for each of ${circuit.qubits} qubits; ` +
      `got ${layout.join(", ")}.`,
  );
}

type Exchange = readonly [number, number];

/** Where a circuit's qubits are on a device while they move. */
interface Placement {
  /** Device qubit of each qubit of the circuit. */
  readonly places: number[];
  /** Makes a pair neighbours by exchanges, each the one that suits the gates that follow best, and returns them. */
  readonly approach: (pair: Exchange, later: readonly Exchange[]) => Exchange[];
}

function placeOn(map: CouplingMap, layout: readonly number[]): Placement {
  const next = coupledQubits(map);
  const steps = distances(map);
  const places = [...layout];
  const distance = ([a, b]: Exchange) => steps[places[a]!]![places[b]!]!;
  const exchange = ([a, b]: Exchange) => {
    for (const [q, place] of places.entries())
      if (place === a || place === b) places[q] = place === a ? b : a;
  };
  const costAfter = (one: Exchange, later: readonly Exchange[]) => {
    exchange(one);
    const cost = later.reduce((sum, pair) => sum + distance(pair), 0);
    exchange(one);
    return cost;
  };
  const towards = (from: number, to: number): Exchange[] =>
    next[from]!.filter((q) => steps[q]![to]! < steps[from]![to]!).map((q) => [from, q]);
  const approach = (pair: Exchange, later: readonly Exchange[]) => {
    const made: Exchange[] = [];
    while (distance(pair) > 1) {
      const [a, b] = pair.map((q) => places[q]!) as [number, number];
      const candidates = [...towards(a, b), ...towards(b, a)];
      const costs = candidates.map((one) => costAfter(one, later));
      const best = candidates[costs.indexOf(Math.min(...costs))]!;
      exchange(best);
      made.push(best);
    }
    return made;
  };
  return { places, approach };
}

const swapGates = ([a, b]: Exchange): Gate[] => [cx(a, b), cx(b, a), cx(a, b)];

function routeFrom(circuit: Circuit, map: CouplingMap, layout: readonly number[]): RoutedCircuit {
  const pairs = circuit.gates.filter(isTwoQubit).map(({ qubits }) => qubits);
  const placement = placeOn(map, layout);
  const gates: Gate[] = [];
  let done = 0;
  let swaps = 0;
  for (const gate of circuit.gates) {
    if (isTwoQubit(gate)) {
      const exchanges = placement.approach(gate.qubits, pairs.slice(done + 1, done + 1 + LOOKAHEAD));
      gates.push(...exchanges.flatMap(swapGates));
      swaps += exchanges.length;
      done++;
    }
    gates.push({ ...gate, qubits: gate.qubits.map((q) => placement.places[q]!) as [number, number] });
  }
  return {
    circuit: { qubits: map.qubits, nParameters: circuit.nParameters, gates },
    layout,
    finalLayout: placement.places,
    swaps,
  };
}

/**
 * The circuit on a device: before a gate on qubits that are not coupled, neighbours are exchanged along a shortest way,
 * and the exchange that suits the next gates best goes first.
 *
 * The state is that of the circuit with qubit q on finalLayout[q] and |0⟩ on the rest. Not the fewest exchanges possible,
 * which is NP-hard to find. Cost: gates × distance × 20.
 *
 * @param layout device qubit of each qubit; default the better of the device's numbering and a depth-first walk
 * @throws DomainError `invalid-input` for a device that is too small or not connected, and for a layout that does not fit.
 */
export function routeCircuit(
  circuit: Circuit,
  map: CouplingMap,
  { layout }: { readonly layout?: readonly number[] } = {},
): RoutedCircuit {
  checkCouplingMap(map, circuit.qubits);
  if (layout) {
    checkLayout(layout, circuit, map);
    return routeFrom(circuit, map, layout);
  }
  const own = Array.from({ length: circuit.qubits }, (_, q) => q);
  const walk = depthFirstOrder(map).slice(0, circuit.qubits);
  const [first, second] = [routeFrom(circuit, map, own), routeFrom(circuit, map, walk)];
  return second.swaps < first.swaps ? second : first;
}

/** Bits measured on the device → bits of the circuit's qubits. */
export const logicalBits = ({ finalLayout }: RoutedCircuit, measured: number): number =>
  finalLayout.reduce((bits, place, q) => bits | (((measured >>> place) & 1) << q), 0);
