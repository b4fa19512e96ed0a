/**
 * Pauli gadgets made together: in a frame that gates of Clifford's group change as they go, the next gadgets are short. Greedy, as
 * T. Goubault de Brugière, S. Martiel, arXiv:2404.03280; that gates on qubits that are still |0⟩ cost nothing, and that an
 * ansatz leaves qubits of the frame |0⟩ to its end where it keeps a symmetry, is used as well.
 */
import { bitCount } from "../../mapping/pauli.ts";
import type { Operation } from "../operations.ts";
import { makeClifford } from "./clifford.ts";
import { CliffordFrame } from "./frame.ts";
import type { Gadget, GadgetForm } from "./gadgets-of.ts";
import {
  anticommute,
  type ControlledLetters,
  letter,
  letterAt,
  type PauliString,
  qubitsOf,
} from "./pauli-string.ts";

export interface SynthesisOptions {
  /** From |0…0⟩; otherwise right for every state before it. */
  readonly isFromZero: boolean;
  /** What each gate is chosen for: so many of the gadgets that are left, each counted so much less than the one before it. */
  readonly window: number;
  readonly decay: number;
  /** Whether gadgets that take a qubit out of |0⟩, at no cost, come before others. */
  readonly opensFirst: boolean;
  /** How much a gate costs more for each gate before it on its qubits: the larger, the shallower. */
  readonly haste: number;
  /** Price of a gate on two qubits; absent: 1. */
  readonly price?: ((a: number, b: number) => number) | undefined;
}

export interface Synthesis {
  readonly operations: readonly Operation[];
  /** Qubit of the operations on which each qubit of the circuit ends. */
  readonly ends: readonly number[];
}

/** Gadgets of which the cheapest gate is looked for. */
const TARGETS = 8;

interface Waiting {
  readonly pauli: PauliString;
  readonly angle: number;
  /** Earlier gadgets that do not commute with it. */
  before: number;
  readonly after: Waiting[];
}

type Bits = Pick<PauliString, "x" | "z">;

function waitingOf(gadgets: readonly Gadget[]): Waiting[] {
  const all = gadgets.map(
    ({ pauli, angle }): Waiting => ({ pauli: { ...pauli }, angle, before: 0, after: [] }),
  );
  for (const [k, late] of all.entries())
    for (let j = 0; j < k; j++) {
      const early = all[j]!;
      if (!anticommute(early.pauli, late.pauli)) continue;
      early.after.push(late);
      late.before++;
    }
  return all;
}

/** As conjugate, without the phase. */
function turned({ x, z }: Bits, { p, q }: ControlledLetters): Bits {
  const [withP, withQ] = [anticommute({ x, z }, p), anticommute({ x, z }, q)];
  return {
    x: x ^ (withQ ? p.x : 0) ^ (withP ? q.x : 0),
    z: z ^ (withQ ? p.z : 0) ^ (withP ? q.z : 0),
  };
}

/** Price of bringing the letters of a mask of qubits onto one of them: of a cheapest tree. */
function gatheringBy(price: (a: number, b: number) => number): (mask: number) => number {
  const known = new Map<number, number>();
  const found = (mask: number): number => {
    const [first, ...left] = qubitsOf(mask);
    if (first === undefined) return 0;
    const near = left.map((q) => price(first, q));
    let sum = 0;
    while (left.length > 0) {
      const least = Math.min(...near);
      const k = near.indexOf(least);
      const q = left[k]!; // one of those left
      left.splice(k, 1);
      near.splice(k, 1);
      sum += least;
      for (const [j, other] of left.entries()) near[j] = Math.min(near[j]!, price(q, other));
    }
    return sum;
  };
  return (mask) => {
    const sum = known.get(mask) ?? found(mask);
    known.set(mask, sum);
    return sum;
  };
}

/** Gates that leave the string one letter shorter. */
function* shortening(
  pauli: PauliString,
  active: number,
): Generator<ControlledLetters & { on: readonly [number, number] }> {
  const places = qubitsOf((pauli.x | pauli.z) & active);
  for (const a of places)
    for (const b of places) {
      if (a === b) continue;
      const [own, q] = [letterAt(pauli, a), letterAt(pauli, b)];
      for (const p of [letter(a, 1, 0), letter(a, 0, 1), letter(a, 1, 1)])
        if (anticommute(p, own)) yield { p, q, on: [a, b] };
    }
}

/**
 * The gadgets in an order that exactly commuting ones allow, and the Clifford after them. Cost: gadgets² + gates × window × 500.
 */
export function synthesised(form: GadgetForm, options: SynthesisOptions): Synthesis {
  const { isFromZero, window, decay, opensFirst, haste, price } = options;
  const qubits = form.images.length;
  const images = form.images.map(({ x, z }) => ({ x: { ...x }, z: { ...z } }));
  let waiting = waitingOf(form.gadgets);
  const followed = [...waiting.map(({ pauli }) => pauli), ...images.flatMap(({ x, z }) => [x, z])];
  const frame = new CliffordFrame(isFromZero ? 2 ** qubits - 1 : 0, followed);
  const gathering = price ? gatheringBy(price) : (mask: number) => Math.max(0, bitCount(mask) - 1);
  const lengthOf = ({ x, z }: Bits, zero: number) => bitCount((x | z) & ~zero);
  const opens = ({ pauli }: Waiting) => (pauli.x & frame.zero) !== 0;

  const make = (one: Waiting) => {
    frame.gadget(one.pauli, one.angle);
    for (const next of one.after) next.before--;
    waiting = waiting.filter((other) => other !== one);
  };
  /** What the next gadgets would cost after these gates. */
  const scoreOf = (gates: readonly ControlledLetters[], zero: number): number => {
    let [sum, weight] = [0, 1];
    const count = Math.min(window, waiting.length);
    for (let k = 0; k < count; k++) {
      let bits: Bits = waiting[k]!.pauli;
      for (const gate of gates) bits = turned(bits, gate);
      sum += weight * (bits.x & zero ? 1 : gathering((bits.x | bits.z) & ~zero));
      weight *= decay;
    }
    return sum;
  };
  const open = (candidates: readonly Waiting[]) => {
    let best: { gates: ControlledLetters[]; one: Waiting } | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const one of candidates)
      for (const pivot of qubitsOf(one.pauli.x & frame.zero)) {
        const rest = (one.pauli.x | (one.pauli.z & ~frame.zero)) & ~(1 << pivot);
        const gates = qubitsOf(rest).map((q) => ({ p: letter(pivot, 0, 1), q: letterAt(one.pauli, q) }));
        const score = scoreOf(gates, frame.zero & ~(1 << pivot));
        if (score < least) {
          least = score;
          best = { gates, one };
        }
      }
    const { gates, one } = best!; // a candidate at least, and it has a pivot
    for (const gate of gates) frame.controlled(gate);
    make(one);
  };
  const shorten = (candidates: readonly Waiting[]) => {
    let best: ControlledLetters | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const { pauli } of candidates)
      for (const gate of shortening(pauli, ~frame.zero)) {
        const [a, b] = gate.on;
        const level = Math.max(frame.levels[a]!, frame.levels[b]!);
        const score = (price?.(a, b) ?? 1) + haste * level + scoreOf([gate], frame.zero);
        if (score < least) {
          least = score;
          best = gate;
        }
      }
    frame.controlled(best!); // a candidate has two letters at least
  };

  while (waiting.length > 0) {
    const front = waiting.filter(({ before }) => before === 0);
    const ready = front.find((one) => !opens(one) && lengthOf(one.pauli, frame.zero) <= 1);
    if (ready) {
      make(ready);
      continue;
    }
    const opening = front.filter(opens);
    const closed = front.filter((one) => !opens(one));
    if (opening.length > 0 && (opensFirst || closed.length === 0)) {
      open(opening.slice(0, TARGETS));
      continue;
    }
    // The shortest gets shorter with every gate, so that each comes to its turn.
    const lengths = closed.map(({ pauli }) => lengthOf(pauli, frame.zero));
    const least = Math.min(...lengths);
    shorten(closed.filter((_, k) => lengths[k] === least).slice(0, TARGETS));
  }
  const ends = makeClifford(images, frame);
  return { operations: frame.operations, ends };
}
