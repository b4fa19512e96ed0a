/**
 * Where a circuit's qubits lie on a device and how they come together: blocks run as soon as their qubits are neighbours, and between
 * them the exchange that brings the next blocks closest is made. G. Li, Y. Ding, Y. Xie, doi:10.1145/3297858.3304023; that an exchange costs
 * less where the pair has just been in a block, which takes it in, is counted, as is what follows from it for the choice.
 */
import { matrixOf } from "./gate-matrices.ts";
import { exchanged, type Matrix, matrixProduct } from "./matrix.ts";
import { type Block, czsOf } from "./operations.ts";

/** A device as routing sees it. */
export interface Ground {
  readonly qubits: number;
  readonly edges: readonly (readonly [number, number])[];
  readonly neighbours: readonly (readonly number[])[];
  /** Steps between two qubits. */
  readonly steps: readonly (readonly number[])[];
}

export interface RouteOptions {
  /** Numbers in [0, 1). */
  readonly random: () => number;
  /** Weight of the CZs that an exchange adds beside the steps that it saves. */
  readonly costWeight: number;
  /** How much the price of an exchange is changed by chance, relative. */
  readonly spread: number;
}

export interface Routed {
  /** On the device's qubits, exchanges taken in where a block of the same pair came just before. */
  readonly blocks: readonly Block[];
  /** Device qubit of each qubit at the end. */
  readonly places: readonly number[];
}

const AHEAD = 20;
const AHEAD_WEIGHT = 0.5;
/** What a qubit's exchange adds to the price of its next ones, until a block runs. */
const DECAY = 0.001;
const CNOT = matrixOf("cx", 0);
const SWAP = matrixProduct(matrixProduct(CNOT, exchanged(CNOT)), CNOT);

interface Made {
  qubits: readonly [number, number];
  matrix: Matrix;
  /** CZs now and after an exchange; found when asked for. */
  cost: number | undefined;
  swapped: number | undefined;
}

/** Blocks as they come to be on the device. */
class Layer {
  readonly made: Made[] = [];
  private readonly last: (Made | undefined)[];

  constructor(qubits: number) {
    this.last = new Array(qubits).fill(undefined);
  }

  private shared(a: number, b: number): Made | undefined {
    const one = this.last[a];
    return one === this.last[b] ? one : undefined;
  }

  /** CZs that an exchange adds here: 3 alone, fewer after a block of the same pair, none or less where it undoes one. */
  swapCost(a: number, b: number): number {
    const one = this.shared(a, b);
    if (!one) return 3;
    one.cost ??= czsOf(one);
    one.swapped ??= czsOf({ qubits: one.qubits, matrix: matrixProduct(SWAP, one.matrix) });
    return one.swapped - one.cost;
  }

  add(qubits: readonly [number, number], matrix: Matrix): void {
    const [a, b] = qubits;
    const one = this.shared(a, b);
    if (one) {
      one.matrix = matrixProduct(one.qubits[0] === a ? matrix : exchanged(matrix), one.matrix);
      one.cost = undefined;
      one.swapped = undefined;
      return;
    }
    const block: Made = { qubits, matrix, cost: undefined, swapped: undefined };
    this.made.push(block);
    this.last[a] = block;
    this.last[b] = block;
  }
}

/** Which blocks each waits for. */
interface Order {
  readonly following: readonly (readonly number[])[];
  readonly waiting: readonly number[];
}

export function orderOf(blocks: readonly Block[]): Order {
  const last = new Map<number, number>();
  const following: number[][] = blocks.map(() => []);
  const waiting = blocks.map(({ qubits }, k) => {
    const before = new Set(qubits.map((q) => last.get(q)).filter((b) => b !== undefined));
    for (const b of before) following[b]!.push(k);
    for (const q of qubits) last.set(q, k);
    return before.size;
  });
  return { following, waiting };
}

/** @param layout device qubit of each qubit at the start */
export function routeBlocks(
  blocks: readonly Block[],
  order: Order,
  { ground, layout }: { ground: Ground; layout: readonly number[] },
  { random, costWeight, spread }: RouteOptions,
): Routed {
  const places = [...layout];
  const holds = new Int32Array(ground.qubits).fill(-1);
  for (const [q, place] of places.entries()) holds[place] = q;
  const waiting = [...order.waiting];
  let front = waiting.flatMap((count, k) => (count === 0 ? [k] : []));
  const layer = new Layer(ground.qubits);
  const decay = new Float64Array(ground.qubits).fill(1);
  let idle = 0;

  const place = (q: number): number => places[q]!;
  const distance = (k: number): number => {
    const [a, b] = blocks[k]!.qubits;
    return ground.steps[place(a)]![place(b)]!;
  };
  const swap = (a: number, b: number) => {
    const [p, q] = [holds[a]!, holds[b]!];
    holds[a] = q;
    holds[b] = p;
    if (p >= 0) places[p] = b;
    if (q >= 0) places[q] = a;
  };
  const runReady = (): boolean => {
    let hasRun = false;
    for (
      let ready = front.filter((k) => distance(k) === 1);
      ready.length > 0;
      ready = front.filter((k) => distance(k) === 1)
    ) {
      hasRun = true;
      const next = front.filter((k) => !ready.includes(k));
      for (const k of ready) {
        const { qubits: [a, b], matrix } = blocks[k]!; // biome-ignore format: one line
        layer.add([place(a), place(b)], matrix);
        for (const f of order.following[k]!) if (--waiting[f]! === 0) next.push(f);
      }
      front = next;
    }
    return hasRun;
  };
  /** The blocks after the front, nearest first. */
  const ahead = (): number[] => {
    const found: number[] = [];
    const seen = new Set(front);
    const queue = [...front];
    for (const k of queue)
      for (const f of order.following[k]!)
        if (!seen.has(f) && found.length < AHEAD) {
          seen.add(f);
          found.push(f);
          queue.push(f);
        }
    return found;
  };
  /** One step along a shortest way for the block that is nearest: when choices have gone in circles. */
  const force = () => {
    const k = front.reduce((best, one) => (distance(one) < distance(best) ? one : best));
    const [from, to] = blocks[k]!.qubits.map(place) as [number, number];
    const next = ground.neighbours[from]!.find((n) => ground.steps[n]![to]! < ground.steps[from]![to]!)!; // connected: there is a way
    layer.add([from, next], SWAP);
    swap(from, next);
  };

  runReady();
  while (front.length > 0) {
    const later = ahead();
    const used = new Set(front.flatMap((k) => blocks[k]!.qubits.map(place)));
    let best: (readonly [number, number])[] = [];
    let lowest = Number.POSITIVE_INFINITY;
    for (const edge of ground.edges) {
      const [a, b] = edge;
      if (!used.has(a) && !used.has(b)) continue;
      const added = layer.swapCost(a, b);
      swap(a, b);
      let [near, far] = [0, 0];
      for (const k of front) near += distance(k);
      for (const k of later) far += distance(k);
      swap(a, b);
      const steps = near / front.length + (later.length > 0 ? (AHEAD_WEIGHT * far) / later.length : 0);
      const chance = spread === 0 ? 1 : 1 + spread * random();
      const score = chance * (Math.max(decay[a]!, decay[b]!) * steps + costWeight * added);
      if (score < lowest - 1e-9) {
        lowest = score;
        best = [edge];
      } else if (score < lowest + 1e-9) best.push(edge);
    }
    if (++idle > 3 * ground.qubits) force();
    else {
      const [a, b] = best[Math.floor(random() * best.length)]!; // the front has qubits, and those neighbours
      layer.add([a, b], SWAP);
      swap(a, b);
      decay[a]! += DECAY;
      decay[b]! += DECAY;
    }
    if (runReady()) {
      decay.fill(1);
      idle = 0;
    }
  }
  return { blocks: layer.made, places };
}
