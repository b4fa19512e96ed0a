/** Devices as graphs: which pairs of qubits a two-qubit gate may act on. */
import { DomainError } from "#shared/errors.ts";

export interface CouplingMap {
  readonly name: string;
  readonly qubits: number;
  /** Pairs of coupled qubits, from 0; the direction does not matter. */
  readonly edges: readonly (readonly [number, number])[];
}

/** Of a coupling, whichever of its qubits comes first. */
export const pairKey = (pair: readonly number[]): string => pair.toSorted((a, b) => a - b).join();

const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);
const chain = (first: number, length: number): [number, number][] =>
  range(Math.max(0, length - 1)).map((k) => [first + k, first + k + 1]);

/** A row of qubits. */
export const linearMap = (qubits: number): CouplingMap => ({
  name: `row of ${qubits}`,
  qubits,
  edges: chain(0, qubits),
});

/**
 * The part of a heavy-hexagon lattice that holds the α and the β orbitals: two rows of `norb` qubits, and a qubit between
 * the rows beside every fourth orbital. Qubit p is α of orbital p, norb + p its β, as in the circuits.
 */
export function heavyHexLadder(norb: number): CouplingMap {
  const rungs = range(norb).filter((p) => p % 4 === 0);
  const bridges = rungs.flatMap((p, k): [number, number][] => [
    [p, 2 * norb + k],
    [2 * norb + k, norb + p],
  ]);
  return {
    name: `heavy-hexagon ladder of 2 × ${norb}`,
    qubits: 2 * norb + rungs.length,
    edges: [...chain(0, norb), ...chain(norb, norb), ...bridges],
  };
}

/** Neighbours of each qubit, ascending. */
export function coupledQubits({ qubits, edges }: CouplingMap): number[][] {
  const lists: Set<number>[] = range(qubits).map(() => new Set());
  for (const [a, b] of edges) {
    lists[a]!.add(b);
    lists[b]!.add(a);
  }
  return lists.map((list) => [...list].sort((a, b) => a - b));
}

/** Steps from every qubit to every other, Infinity where there is no way. Cost: qubits × edges. */
export function distances(map: CouplingMap): number[][] {
  const next = coupledQubits(map);
  return range(map.qubits).map((from) => {
    const steps = new Array<number>(map.qubits).fill(Number.POSITIVE_INFINITY);
    steps[from] = 0;
    const queue = [from];
    for (const q of queue)
      for (const neighbour of next[q]!)
        if (steps[neighbour] === Number.POSITIVE_INFINITY) {
          steps[neighbour] = steps[q]! + 1;
          queue.push(neighbour);
        }
    return steps;
  });
}

/**
 * Refuses a device that cannot run a circuit.
 *
 * @throws DomainError `invalid-input` where the map names qubits that are not there, has fewer than `needed`, or falls into
 * parts that no gate connects.
 */
export function checkCouplingMap(map: CouplingMap, needed: number): void {
  const refuse = (reason: string, data: object): never => {
    throw new DomainError("invalid-input", `Device "${map.name}" ${reason}`, { device: map.name, ...data });
  };
  const isQubit = (q: number) => Number.isInteger(q) && q >= 0 && q < map.qubits;
  const wrong = map.edges.find(([a, b]) => !isQubit(a) || !isQubit(b) || a === b);
  if (wrong)
    refuse(
      `couples ${wrong[0]} and ${wrong[1]}: expected two different qubits from 0 to ${map.qubits - 1}.`,
      { edge: wrong },
    );
  if (map.qubits < needed)
    refuse(
      `is too small: it has ${map.qubits} qubits and the circuit needs ${needed}. Take a smaller active space or a larger device.`,
      { qubits: map.qubits, needed },
    );
  const unreachable = (distances(map)[0] ?? []).indexOf(Number.POSITIVE_INFINITY);
  if (unreachable > 0)
    refuse(
      `is not connected: no couplings lead from qubit 0 to qubit ${unreachable}; expected a way between any two. ` +
        "Add the couplings that are missing or leave out what lies apart.",
      { unreachable },
    );
}

/** Pairs of a circuit's qubits that are neighbours on the device when qubit q of the circuit lies on layout[q]. */
export const coupledPairs = (map: CouplingMap, layout: readonly number[]): [number, number][] => {
  const next = coupledQubits(map);
  return layout.flatMap((place, a) =>
    range(layout.length)
      .slice(a + 1)
      .filter((b) => next[place]!.includes(layout[b]!))
      .map((b): [number, number] => [a, b]),
  );
};

/** Orbitals whose α and β qubits are neighbours or have one qubit between them: where LUCJ can couple the spins cheaply. */
export function crossingOrbitals(map: CouplingMap, layout: readonly number[]): number[] {
  const steps = distances(map);
  const norb = layout.length / 2;
  return range(norb).filter((p) => steps[layout[p]!]![layout[norb + p]!]! <= 2);
}
